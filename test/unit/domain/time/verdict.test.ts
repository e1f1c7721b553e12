import assert from 'node:assert/strict';
import type { GuestAnswer, HostClock, LinuxClock, TimeFacts, WindowsClock } from '../../../../src/domain/time/facts';
import { timeReasons } from '../../../../src/domain/time/reasons';
import { unknownText } from '../../../../src/domain/time/unknownTexts';
import { timeVerdict } from '../../../../src/domain/time/verdict';
import {
  adviceText,
  conflictText,
  handText,
  handworkTexts,
  lateText,
  offsetText,
  setByText,
} from '../../../../src/domain/time/verdictTexts';
import type { VmRecord } from '../../../../src/domain/vm';
import { assertGolden } from '../../../support/golden';
import { hostClock, linux, makeTimeFacts, read, windows } from '../../../support/timeFacts';
import { makeVm, withService } from '../../../support/vms';

function describeVerdict(facts: TimeFacts, hostToo: boolean): string {
  const verdict = timeVerdict(facts);
  const reasons = timeReasons(facts);
  const advice = adviceText(verdict.advice);
  return [
    `  ${setByText(verdict.setBy)} (${verdict.tone}); service ${verdict.service}`,
    `    ${handText(verdict.hand)}`,
    `    ${conflictText(verdict.conflict)}`,
    `    ${offsetText(verdict.offset)}`,
    ...(verdict.lateCause === null ? [] : [`    ${lateText(verdict.lateCause)}`]),
    ...(advice === undefined ? [] : [`    ${verdict.role}: ${advice}`]),
    // What the host follows is the same nearly everywhere.
    ...[...reasons.service, ...reasons.guest, ...(hostToo ? reasons.host : [])].map(
      ({ source, text, quote }) => `    - ${[source, text, quote && `"${quote}"`].filter(Boolean).join(' ')}`,
    ),
    ...verdict.unknowns.map((unknown) => `    ? ${unknownText(unknown)}`),
    `    > ${verdict.actions.join(', ')}`,
    ...handworkTexts(verdict, facts).map((text) => `    > ${text}`),
  ].join('\n');
}

function golden(name: string, cases: Readonly<Record<string, TimeFacts>>): void {
  const blocks = Object.entries(cases).map(
    ([title, facts]) => `${title}\n${describeVerdict(facts, name === 'offsets')}`,
  );
  assertGolden(`unit/domain/time/golden/${name}.txt`, `${blocks.join('\n\n')}\n`);
}

const off = withService(makeVm({ uptimeMs: 3_600_000 }), 'timeSynchronization', { enabled: false });
const on = makeVm({ uptimeMs: 3_600_000 });

function ofWindows(facts: Partial<WindowsClock>, host: Partial<HostClock> = {}, vm: VmRecord = on): TimeFacts {
  return makeTimeFacts({ vm, host: hostClock(host), guest: read(windows(facts)) });
}

function ofLinux(facts: Partial<LinuxClock>, vm: VmRecord = on): TimeFacts {
  return makeTimeFacts({ vm, host: hostClock(), guest: read(linux(facts)) });
}

const server = { kind: 'server', name: 'dc.corp.example' } as const;
const member = { clientType: 'domain', domainRole: 3, peers: [] } as const;

describe('The verdict on a clock', () => {
  it('tells who sets the clock of a Windows guest, and whether two fight', () => {
    golden('windows', {
      'the host, nobody else': ofWindows({ clientType: 'none' }),
      'the host, though a time server is named (the default of a new Windows)': ofWindows({}),
      'the same with a host older than 2016': ofWindows({}, { build: 9_600 }),
      'the same in a guest older than 2016': ofWindows({ build: 9_600 }),
      'a member of a domain that follows the host': ofWindows(member),
      'a member of a domain that follows its domain': ofWindows({ ...member, source: server }),
      'the provider is off in the registry': ofWindows({ ...member, hostProvider: false, source: server }),
      'the service is off, the domain sets the clock': ofWindows({ ...member, source: server }, {}, off),
      'the service is off, and nobody sets the clock': ofWindows(
        { clientType: 'none', source: { kind: 'local' }, unsynchronized: true },
        {},
        off,
      ),
      'the time service of Windows does not run': ofWindows({
        running: false,
        source: { kind: 'unknown' },
        stratum: null,
      }),
      'the host follows nobody': ofWindows({}, { source: { kind: 'local' }, unsynchronized: true }),
      'nothing could be parsed': ofWindows({
        source: { kind: 'unknown' },
        stratum: null,
        clientType: null,
        hostProvider: null,
        domainRole: null,
        build: null,
        unsynchronized: null,
      }),
    });
  });

  it('gives a domain controller the advice that depends on the versions, and states the conflict', () => {
    const dc = { clientType: 'domain', domainRole: 4, peers: [] } as const;
    const pdc = { clientType: 'servers', domainRole: 5, peers: ['time.corp.example'] } as const;
    golden('domainControllers', {
      'a DC that follows the host, both new': ofWindows(dc),
      'a DC that follows its domain, service on, both new': ofWindows({ ...dc, source: server }),
      'a DC on an old host': ofWindows(dc, { build: 9_600 }),
      'a DC of which nobody knows the version': ofWindows({ ...dc, build: null }),
      'a DC with the service off': ofWindows({ ...dc, source: server }, {}, off),
      'a DC with the provider off': ofWindows({ ...dc, source: server, hostProvider: false }),
      'a PDC emulator on a host with a good clock': ofWindows(pdc),
      'a PDC emulator on a host that follows nobody': ofWindows(pdc, { source: { kind: 'local' } }),
      'a PDC emulator on a host of which nothing is known': makeTimeFacts({
        vm: on,
        host: undefined,
        hostProblem: 'gone',
        guest: read(windows(pdc)),
      }),
      'a PDC emulator that its host follows': ofWindows(pdc, { source: { kind: 'server', name: 'VM-1.example.' } }),
      'the same by its address': ofWindows(pdc, { source: { kind: 'server', name: '10.0.0.1' } }),
    });
  });

  it('tells who sets the clock of a Linux guest, and whether two fight', () => {
    const timesyncd = {
      daemons: ['systemd-timesyncd'],
      chrony: null,
      sources: [],
      timesyncServer: 'ntp.ubuntu.com',
    } as const;
    golden('linux', {
      "chrony on the host's clock": ofLinux({}),
      "chrony on the host's clock, with servers beside it": ofLinux({
        sources: [
          { mode: '#', used: true, selected: true, name: 'PHC0' },
          { mode: '^', used: true, selected: false, name: 'ntp.example' },
        ],
      }),
      "chrony on some clock, as the host's has no stable name among two": ofLinux({
        stableName: false,
        ptpClocks: [
          { device: '/dev/ptp0', name: 'mlx5_p2p' },
          { device: '/dev/ptp1', name: 'hyperv' },
        ],
      }),
      'chrony on servers only': ofLinux({
        chrony: { reference: 'ntp.example', stratum: 3, synchronized: true },
        sources: [{ mode: '^', used: true, selected: true, name: 'ntp.example' }],
        stableName: false,
      }),
      'chrony that follows nobody': ofLinux({
        chrony: { reference: null, stratum: 0, synchronized: false },
        sources: [],
        synchronized: false,
      }),
      timesyncd: ofLinux(timesyncd),
      'timesyncd, the service off': ofLinux(timesyncd, off),
      'two daemons': ofLinux({ daemons: ['chronyd', 'systemd-timesyncd'], timesyncServer: 'ntp.ubuntu.com' }),
      'no daemon at all': ofLinux({ daemons: [], chrony: null, sources: [], synchronized: false, stableName: false }),
      'no daemon and no service': ofLinux(
        { daemons: [], chrony: null, sources: [], synchronized: false, ptpClocks: [], stableName: false },
        off,
      ),
      'ntpd, of which nothing more is asked': ofLinux({ daemons: ['ntpd'], chrony: null, sources: [] }),
      'nothing could be parsed': ofLinux({
        daemons: null,
        chrony: null,
        sources: [],
        synchronized: null,
        ptpClocks: null,
        stableName: null,
        kernel: null,
      }),
    });
  });

  it('says "unknown because" for what nobody could see', () => {
    const silent = (why: Extract<GuestAnswer, { kind: 'silent' }>['why']): TimeFacts =>
      makeTimeFacts({ vm: on, host: hostClock(), guest: { kind: 'silent', why } });
    golden('unknown', {
      ...Object.fromEntries(
        (['notAsked', 'notRunning', 'systemNotKnown', 'noAddress', 'refused', 'unreachable', 'failed'] as const).map(
          (why) => [why, silent(why)],
        ),
      ),
      'the host is silent as well': makeTimeFacts({
        vm: on,
        host: undefined,
        hostProblem: 'gone',
        guest: { kind: 'silent', why: 'notAsked' },
      }),
      'a VM that is off': makeTimeFacts({
        vm: makeVm({ state: 'off', uptimeMs: null }),
        host: hostClock(),
        guest: { kind: 'silent', why: 'notRunning' },
      }),
      'the service answers nothing': makeTimeFacts({
        vm: withService(on, 'timeSynchronization', { status: 'noContact' }),
        host: hostClock(),
        guest: { kind: 'silent', why: 'notAsked' },
      }),
    });
  });

  it('judges an offset with its uncertainty, and names the sleep that explains it', () => {
    const at = (offsetMs: number, uncertaintyMs: number, facts: Partial<TimeFacts> = {}): TimeFacts =>
      makeTimeFacts({ vm: on, guest: { ...read(windows()), offset: { offsetMs, uncertaintyMs } }, ...facts });
    golden('offsets', {
      fine: at(12, 8),
      'too uncertain to say': at(400, 900),
      'off, give or take': at(-2_000, 100),
      'late, and the host slept since the start': at(-28_800_000, 100, {
        host: hostClock({ wokeAtMs: hostClock().nowMs - 600_000 }),
      }),
      'late, and the host slept before the start': at(-28_800_000, 100, {
        host: hostClock({ wokeAtMs: hostClock().nowMs - 7_200_000 }),
      }),
      'late, and the VM was saved': at(-40_000, 100, { resumedAtMs: hostClock().nowMs - 60_000 }),
      early: at(400_000, 100, { resumedAtMs: hostClock().nowMs - 60_000 }),
    });
  });

  it('offers nothing that would do harm first', () => {
    const first = (facts: TimeFacts): unknown => timeVerdict(facts).actions[0];
    assert.equal(first(ofWindows({ clientType: 'domain', domainRole: 4 }, { build: 9_600 })), 'disableService');
    assert.equal(
      first(ofLinux({ chrony: { reference: 'ntp.example', stratum: 3, synchronized: true }, sources: [] })),
      'copyChrony',
    );
    assert.equal(
      first(makeTimeFacts({ vm: off, guest: read(linux({ daemons: [], chrony: null, ptpClocks: [] })) })),
      'enableService',
    );
  });
});
