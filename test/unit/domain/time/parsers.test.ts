import assert from 'node:assert/strict';
import { parseSources, parseTracking } from '../../../../src/domain/time/chrony';
import { hostPtpClock, linuxClock } from '../../../../src/domain/time/linuxClock';
import { clockOffset, parseUnixTime } from '../../../../src/domain/time/offset';
import { isNotStarted, parsePeers, parseW32Source, parseW32Status } from '../../../../src/domain/time/w32tm';
import type { W32Status } from '../../../../src/domain/time/w32tm';
import { windowsClock } from '../../../../src/domain/time/windowsClock';
import * as samples from '../../../support/timeSamples';

describe('What w32tm prints', () => {
  const cases: readonly (readonly [string, string, W32Status, unknown])[] = [
    ['English, the host', samples.englishHost, { leap: 0, stratum: 1, referenceId: 0 }, { kind: 'hostService' }],
    [
      'German, a time server',
      samples.germanServer,
      { leap: 0, stratum: 4, referenceId: 0x0d5f41fb },
      { kind: 'server', name: 'time.windows.com' },
    ],
    ['French, the host', samples.frenchHost, { leap: 0, stratum: 4, referenceId: 0x564d5450 }, { kind: 'hostService' }],
    [
      'Japanese, the host',
      samples.japaneseHost,
      { leap: 0, stratum: 2, referenceId: 0x564d4943 },
      { kind: 'hostService' },
    ],
    [
      'Japanese, an address',
      samples.japaneseServer,
      { leap: 0, stratum: 3, referenceId: 0x0a000003 },
      { kind: 'server', name: '10.30.0.3' },
    ],
    [
      'Japanese in the wrong code page',
      samples.mojibake,
      { leap: 0, stratum: 2, referenceId: 0x564d5450 },
      { kind: 'hostService' },
    ],
    ['English, nobody', samples.englishCmos, { leap: 3, stratum: 0, referenceId: 0 }, { kind: 'local' }],
    ['German, free running', samples.germanFree, { leap: 0, stratum: 1, referenceId: 0x4c4f434c }, { kind: 'local' }],
  ];
  for (const [name, { status, source }, expected, follows] of cases.map(
    ([name, sample, expected, follows]) => [name, samples.split(sample), expected, follows] as const,
  )) {
    it(`is understood by place and shape: ${name}`, () => {
      const parsed = parseW32Status(status);
      assert.deepEqual(parsed, expected);
      assert.deepEqual(parseW32Source(source, parsed), follows);
    });
  }

  it('is not guessed at when it is something else', () => {
    const nothing = { leap: null, stratum: null, referenceId: null };
    for (const text of [
      '',
      'one line',
      '0x00000000',
      samples.notStarted,
      'a: 9\nb: x\nc: 0x00000000',
      'a: 0\nb: 1\nc: 0x123',
    ])
      assert.deepEqual(parseW32Status(text), nothing, text);
    for (const text of [
      '',
      'Lokale CMOS-Uhr',
      'ローカル CMOS クロック',
      'The following error occurred: Access is denied.',
      'a.b\nc.d',
      '-oProxyCommand=x',
    ])
      assert.deepEqual(parseW32Source(text, nothing), { kind: 'unknown' }, text);
  });

  it('says by a number that its service does not run', () => {
    assert.equal(isNotStarted(samples.notStarted), true);
    assert.equal(isNotStarted(samples.germanNotStarted), true);
    assert.equal(isNotStarted('', 'x'), false);
    const clock = windowsClock({ source: samples.germanNotStarted, status: samples.germanNotStarted, running: true });
    assert.deepEqual([clock.running, clock.source], [false, { kind: 'unknown' }]);
  });

  it('names servers with flags, of which the names count', () => {
    assert.deepEqual(parsePeers('time.windows.com,0x9 10.0.0.1,0x8  '), ['time.windows.com', '10.0.0.1']);
    assert.deepEqual(parsePeers('$(x) <b>'), []);
  });
});

describe('The probe of a Windows clock', () => {
  it('takes what it knows and calls the rest unknown', () => {
    const { status, source } = samples.split(samples.englishHost);
    const known = windowsClock({
      source,
      status,
      running: true,
      type: 'NT5DS',
      peers: '',
      provider: 1,
      role: 5,
      build: 20348,
    });
    assert.deepEqual(
      { ...known, raw: known.raw.map(({ command }) => command) },
      {
        kind: 'windows',
        source: { kind: 'hostService' },
        stratum: 1,
        unsynchronized: false,
        running: true,
        clientType: 'domain',
        peers: [],
        hostProvider: true,
        domainRole: 5,
        build: 20_348,
        raw: ['w32tm /query /source', 'w32tm /query /status'],
      },
    );
    for (const answer of [
      null,
      undefined,
      'x',
      [],
      { source: 7, role: 9, provider: 'x', build: -1, type: 'x', running: 1 },
    ]) {
      const { raw, ...clock } = windowsClock(answer);
      assert.deepEqual(raw, []);
      assert.deepEqual(clock, {
        kind: 'windows',
        source: { kind: 'unknown' },
        stratum: null,
        unsynchronized: null,
        running: null,
        clientType: null,
        peers: [],
        hostProvider: null,
        domainRole: null,
        build: null,
      });
    }
  });
});

describe('What chrony prints', () => {
  it('names whom it follows, its stratum and whether it follows anybody', () => {
    assert.deepEqual(parseTracking(samples.trackingPhc), { reference: 'PHC0', stratum: 3, synchronized: true });
    assert.deepEqual(parseTracking(samples.trackingServer), { reference: '192.0.2.1', stratum: 3, synchronized: true });
    assert.deepEqual(parseTracking(samples.trackingNobody), { reference: null, stratum: 0, synchronized: false });
    for (const text of ['', '506 Cannot talk to daemon', 'a,b,c', 'PHC0,1,2,3,4,5,6,7,8,9,10,11,12,13'])
      assert.equal(parseTracking(text), null, text);
  });

  it('lists its sources with what it does with each', () => {
    assert.deepEqual(parseSources(`${samples.sourcesBoth}\nrubbish\n#,*,`), [
      { mode: '#', used: true, selected: true, name: 'PHC0' },
      { mode: '^', used: true, selected: false, name: '192.0.2.1' },
      { mode: '^', used: false, selected: false, name: '192.0.2.2' },
    ]);
  });
});

describe('What a Linux guest prints', () => {
  it('is read section by section', () => {
    const clock = linuxClock(samples.linuxPhc.split('\n'));
    assert.deepEqual(
      { ...clock, raw: clock.raw.map(({ command }) => command) },
      {
        kind: 'linux',
        daemons: ['chronyd'],
        chrony: { reference: 'PHC0', stratum: 3, synchronized: true },
        sources: [{ mode: '#', used: true, selected: true, name: 'PHC0' }],
        timesyncServer: null,
        synchronized: true,
        ptpClocks: [{ device: '/dev/ptp0', name: 'hyperv' }],
        stableName: true,
        kernel: '6.8.0-48-generic',
        raw: [
          'chronyc -c tracking',
          'chronyc -c sources',
          'timedatectl show',
          '/sys/class/ptp/*/clock_name',
          '/dev/ptp_hyperv',
        ],
      },
    );
    assert.equal(hostPtpClock(clock), '/dev/ptp0');
  });

  it('is not known where a section is missing, and none where it is empty', () => {
    const nothing = linuxClock(['Welcome!', '@@ rubbish section', 'chronyd']);
    assert.deepEqual(
      [nothing.daemons, nothing.ptpClocks, nothing.stableName, nothing.kernel],
      [null, null, null, null],
    );
    const empty = linuxClock(['@@ daemons', '@@ ptp', '@@ link', '@@ end']);
    assert.deepEqual([empty.daemons, empty.ptpClocks, empty.stableName], [[], [], false]);
  });
});

describe('The offset of two clocks', () => {
  it('is that of the midpoint of the shortest round trip, give or take half of it', () => {
    const samplesTaken = [
      { sentMs: 1_000, guestMs: 3_050, receivedMs: 1_400 },
      { sentMs: 2_000, guestMs: 4_010, receivedMs: 2_040 },
      // The clock was set in between.
      { sentMs: 3_000, guestMs: 5_000, receivedMs: 2_990 },
    ];
    assert.deepEqual(clockOffset(samplesTaken), { offsetMs: 1_990, uncertaintyMs: 20 });
    assert.deepEqual(clockOffset(samplesTaken, { offsetMs: 990, uncertaintyMs: 5 }), {
      offsetMs: 1_000,
      uncertaintyMs: 25,
    });
    assert.equal(clockOffset([]), null);
    assert.equal(clockOffset([{ sentMs: Number.NaN, guestMs: 1, receivedMs: 2 }]), null);
  });

  it('is less sure where the guest tells seconds only', () => {
    assert.deepEqual(parseUnixTime('1760040765123456789'), { guestMs: 1_760_040_765_123.4568, stepMs: 0 });
    assert.deepEqual(parseUnixTime('1760040765N'), { guestMs: 1_760_040_765_000, stepMs: 1_000 });
    assert.deepEqual(parseUnixTime('1760040765'), { guestMs: 1_760_040_765_000, stepMs: 1_000 });
    for (const text of ['', 'x', '17600407651', '1760040765%N']) assert.equal(parseUnixTime(text), null);
    assert.deepEqual(clockOffset([{ sentMs: 0, guestMs: 5_000, receivedMs: 100, stepMs: 1_000 }]), {
      offsetMs: 5_450,
      uncertaintyMs: 550,
    });
  });
});
