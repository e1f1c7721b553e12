// Facts about a clock: nothing unusual, of which a test names what it cares about.
import type {
  GuestAnswer,
  GuestClock,
  HostClock,
  LinuxClock,
  TimeFacts,
  WindowsClock,
} from '../../src/domain/time/facts';
import { healthNowMs } from './health';
import { makeVm } from './vms';

/** A Windows guest outside any domain that follows its host. */
export function windows(facts: Partial<WindowsClock> = {}): WindowsClock {
  return {
    kind: 'windows',
    source: { kind: 'hostService' },
    stratum: 3,
    unsynchronized: false,
    running: true,
    clientType: 'servers',
    peers: ['time.windows.com'],
    hostProvider: true,
    domainRole: 2,
    build: 26_100,
    raw: [],
    ...facts,
  };
}

/** Linux with chrony on the clock of the host. */
export function linux(facts: Partial<LinuxClock> = {}): LinuxClock {
  return {
    kind: 'linux',
    daemons: ['chronyd'],
    chrony: { reference: 'PHC0', stratum: 3, synchronized: true },
    sources: [{ mode: '#', used: true, selected: true, name: 'PHC0' }],
    timesyncServer: null,
    synchronized: true,
    ptpClocks: [{ device: '/dev/ptp0', name: 'hyperv' }],
    stableName: true,
    kernel: '6.8.0-48-generic',
    raw: [],
    ...facts,
  };
}

export function hostClock(facts: Partial<HostClock> = {}): HostClock {
  return {
    ...windows({ source: { kind: 'server', name: 'ntp.example' }, peers: ['ntp.example'], domainRole: 2 }),
    wokeAtMs: null,
    nowMs: healthNowMs,
    ...facts,
  };
}

export function read(clock: GuestClock): Extract<GuestAnswer, { kind: 'read' }> {
  return { kind: 'read', clock, offset: { offsetMs: 4, uncertaintyMs: 11 } };
}

export function makeTimeFacts(facts: Partial<TimeFacts> = {}): TimeFacts {
  return { vm: makeVm(), host: hostClock(), guest: read(windows()), resumedAtMs: null, ...facts };
}
