import assert from 'node:assert/strict';
import { parseSources, parseTracking } from '../../../../src/domain/time/chrony';
import { hostPtpClock, linuxClock } from '../../../../src/domain/time/linuxClock';
import { durationText } from '../../../../src/domain/time/reasons';
import { clockOffset, parseUnixTime } from '../../../../src/domain/time/offset';
import { isNotStarted, parsePeers, parseW32Source, parseW32Status } from '../../../../src/domain/time/w32tm';
import type { W32Status } from '../../../../src/domain/time/w32tm';
import { windowsClock } from '../../../../src/domain/time/windowsClock';
import { linux, windows } from '../../../support/timeFacts';
import * as samples from '../../../support/timeSamples';

const garblings: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(/[^\0-\x7f]/g, '?'),
  ...['ibm866', 'windows-1252', 'shift_jis', 'gb18030'].map(
    (page) => (text: string) => new TextDecoder(page).decode(Buffer.from(text)),
  ),
];

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
    [
      'Russian, its domain',
      samples.russianServer,
      { leap: 0, stratum: 4, referenceId: 0x0a00000a },
      { kind: 'server', name: 'dc01.corp.example' },
    ],
    ['English, nobody', samples.englishCmos, { leap: 3, stratum: 0, referenceId: 0 }, { kind: 'local' }],
    ['German, free running', samples.germanFree, { leap: 0, stratum: 1, referenceId: 0x4c4f434c }, { kind: 'local' }],
  ];
  for (const [name, { status, source }, expected, follows] of cases.map(
    ([name, sample, expected, follows]) => [name, samples.split(sample), expected, follows] as const,
  )) {
    it(`is understood by place and shape: ${name}`, () => {
      // Also when the bytes were taken for those of another code page, or what it lacks became question marks.
      for (const garble of [(text: string) => text, ...garblings]) {
        const parsed = parseW32Status(garble(status));
        assert.deepEqual(parsed, expected, garble(status));
        assert.deepEqual(parseW32Source(garble(source), parsed), follows);
      }
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
      { ...known, raw: [] },
      windows({ stratum: 1, clientType: 'domain', peers: [], domainRole: 5, build: 20_348 }),
    );
    assert.deepEqual(
      known.raw.map(({ command }) => command),
      ['w32tm /query /source', 'w32tm /query /status'],
    );
    for (const answer of [
      null,
      undefined,
      'x',
      [],
      { source: 7, role: 9, provider: 'x', build: -1, type: 'x', running: 1 },
    ]) {
      const unknown = { source: { kind: 'unknown' }, clientType: null, hostProvider: null, domainRole: null } as const;
      assert.deepEqual(
        windowsClock(answer),
        windows({ ...unknown, stratum: null, unsynchronized: null, running: null, peers: [], build: null }),
      );
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
    assert.deepEqual({ ...clock, raw: [] }, linux());
    assert.deepEqual(
      clock.raw.map(({ command }) => command),
      [
        'chronyc -c tracking',
        'chronyc -c sources',
        'timedatectl show',
        '/sys/class/ptp/*/clock_name',
        '/dev/ptp_hyperv',
      ],
    );
    assert.equal(hostPtpClock(clock), '/dev/ptp0');
  });

  it('names daemons by the first 15 letters of them, and those that are no daemons of clocks not at all', () => {
    const clock = linuxClock(['@@ daemons', 'systemd-timesyn', 'phc2sys', 'ntpd', 'ntpsec', 'sshd', '@@ end']);
    assert.deepEqual(clock.daemons, ['ntpd', 'phc2sys', 'systemd-timesyncd']);
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

  it('is known of a guest whose clock began in 1970, or is 50 years ahead', () => {
    const nowMs = 1_795_978_000_000;
    const at = (text: string): string => {
      const offset = clockOffset([
        { sentMs: nowMs, receivedMs: nowMs + 10, guestMs: Number.NaN, ...parseUnixTime(text) },
      ]);
      return durationText(offset?.offsetMs ?? 0, true);
    };
    assert.equal(at('5.000000000'), '-20786 d 18 h');
    assert.equal(at('-5.000000000'), '-20786 d 18 h');
    assert.equal(at('3372778000.000000000'), '+18250 d 0 h');
  });

  it('is shown in the units that say most', () => {
    const shown = [0, 0.2, -4, 999.6, 59_999.4, 59_999.6, -61_000, 3_599_700, -10_800_000, 86_399_999];
    assert.deepEqual(
      shown.map((ms) => durationText(ms, true)),
      [
        '+0.000 s',
        '+0.001 s',
        '-0.004 s',
        '+1.000 s',
        '+59.999 s',
        '+1 min 0 s',
        '-1 min 1 s',
        '+1 h 0 min',
        '-3 h 0 min',
        '+1 d 0 h',
      ],
    );
    assert.equal(durationText(11, false), '0.011 s');
  });

  it('is less sure where the guest tells seconds only', () => {
    assert.deepEqual(parseUnixTime('1760040765.123456789'), { guestMs: 1_760_040_765_123.4568, stepMs: 0 });
    // busybox with each of the C libraries, and FreeBSD.
    for (const text of ['1760040765.', '1760040765.N', '1760040765.%N'])
      assert.deepEqual(parseUnixTime(text), { guestMs: 1_760_040_765_000, stepMs: 1_000 }, text);
    for (const text of ['', 'x', '1760040765', '1760040765.12', '9'.repeat(13) + '.', 'NaN.', '1e9.'])
      assert.equal(parseUnixTime(text), null, text);
    assert.deepEqual(clockOffset([{ sentMs: 0, guestMs: 5_000, receivedMs: 100, stepMs: 1_000 }]), {
      offsetMs: 5_450,
      uncertaintyMs: 550,
    });
  });
});
