// Who may set the clock of a guest, who does, and whether two of them fight over it. Pure; part of the verdict.
import { serviceVerdict } from '../health/serviceVerdict';
import type { GuestClock, LinuxClock, TimeFacts, WindowsClock } from './facts';
import { hostPtpClock } from './linuxClock';

/** Build of Windows Server 2016: from it on host and guest weigh their sources by stratum (page on accurate time). */
export const weighingBuild = 14_393;

export type SetBy =
  | { readonly by: 'host' }
  | { readonly by: 'domain'; readonly name: string }
  | { readonly by: 'servers'; readonly name: string }
  | { readonly by: 'otherClock'; readonly name: string }
  | { readonly by: 'nobody' }
  | { readonly by: 'unknown' };

/** What the service Time Synchronization does to this clock. */
export type HostHand =
  /** Its samples are taken all the time. */
  | 'always'
  /** Only after a start, a resume or an applied checkpoint is the clock set. */
  | 'atStart'
  | 'never'
  | 'unknown';

/**
 * `none`: nobody sets it all the while. `one`: nobody else may. `weighed`: several may, and the guest is made to choose. `fighting`: several do without
 * knowing of each other. `circle`: the host follows this guest, and the guest the host.
 */
export type Conflict = 'none' | 'one' | 'weighed' | 'fighting' | 'circle' | 'unknown';

export function setBy({ guest }: TimeFacts): SetBy {
  if (guest.kind !== 'read') return { by: 'unknown' };
  return guest.clock.kind === 'windows' ? windowsSetBy(guest.clock) : linuxSetBy(guest.clock);
}

function windowsSetBy({ source, running, clientType, domainRole }: WindowsClock): SetBy {
  if (running === false) return { by: 'nobody' };
  switch (source.kind) {
    case 'hostService':
      return { by: 'host' };
    case 'local':
      return { by: 'nobody' };
    case 'server': {
      const ofDomain = clientType === 'domain' && isMember(domainRole);
      return { by: ofDomain ? 'domain' : 'servers', name: source.name };
    }
    case 'unknown':
      return { by: 'unknown' };
  }
}

function linuxSetBy(clock: LinuxClock): SetBy {
  const { chrony, daemons, timesyncServer, synchronized } = clock;
  // It answers, so it runs, also where the guest does not show what runs.
  if (chrony !== null && daemons?.includes('chronyd') !== false) {
    if (chrony.reference === null) return { by: 'nobody' };
    if (followsHost(clock)) return { by: 'host' };
    const isClock = clock.sources.some(({ mode, selected }) => selected && mode === '#');
    return { by: isClock ? 'otherClock' : 'servers', name: chrony.reference };
  }
  if (daemons === null) return { by: 'unknown' };
  if (daemons.includes('systemd-timesyncd') && timesyncServer !== null && synchronized !== false)
    return { by: 'servers', name: timesyncServer };
  if (daemons.length === 0) return { by: 'nobody' };
  // What phc2sys does, the kernel does not call synchronised.
  return synchronized === false && !daemons.includes('phc2sys') ? { by: 'nobody' } : { by: 'unknown' };
}

/** The selected source is a hardware clock, and either there is no other or the stable name leads to the host's. */
function followsHost(clock: LinuxClock): boolean {
  const reference = clock.chrony?.reference ?? '';
  if (!/^PHC\d+$/.test(reference) || hostPtpClock(clock) === undefined) return false;
  return clock.ptpClocks?.length === 1 || clock.stableName === true;
}

export function hostHand(facts: TimeFacts): HostHand {
  const { condition } = serviceVerdict(facts.vm, 'timeSynchronization');
  if (condition === 'disabled') return 'never';
  if (condition !== 'works' && condition !== 'worksOlder') return 'unknown';
  // Whether the guest takes the samples, nobody sees from outside.
  return facts.guest.kind === 'read' ? handIn(facts.guest.clock) : 'unknown';
}

function handIn(clock: GuestClock): HostHand {
  if (clock.kind === 'windows') {
    if (clock.running === false) return 'atStart';
    if (clock.hostProvider === null) return clock.source.kind === 'hostService' ? 'always' : 'unknown';
    return clock.hostProvider ? 'always' : 'atStart';
  }
  if (followsHost(clock) || usesPhc(clock)) return 'always';
  return clock.daemons === null ? 'unknown' : 'atStart';
}

function usesPhc(clock: LinuxClock): boolean {
  return hostPtpClock(clock) !== undefined && clock.sources.some(({ mode, used }) => mode === '#' && used);
}

export function conflict(facts: TimeFacts): Conflict {
  const { guest } = facts;
  if (guest.kind !== 'read') return 'unknown';
  const hand = hostHand(facts);
  if (isCircle(facts)) return 'circle';
  if (guest.clock.kind === 'linux') return linuxConflict(guest.clock, hand);
  return windowsConflict(guest.clock, facts, hand);
}

function linuxConflict(clock: LinuxClock, hand: HostHand): Conflict {
  if (clock.daemons === null) return 'unknown';
  if (clock.daemons.length > 1) return 'fighting';
  if (clock.daemons.length === 0) return 'none';
  const hasServers = clock.sources.some(({ mode }) => mode !== '#') || clock.timesyncServer !== null;
  return hand === 'always' && hasServers ? 'weighed' : 'one';
}

function windowsConflict(clock: WindowsClock, { host }: TimeFacts, hand: HostHand): Conflict {
  if (clock.running === false) return 'none';
  const other = hasOtherMaster(clock);
  if (other === undefined || hand === 'unknown') return 'unknown';
  if (!other) return hand === 'always' ? 'one' : 'none';
  if (hand !== 'always') return 'one';
  if (clock.build === null || host?.build === null || host === undefined) return 'weighed';
  return clock.build >= weighingBuild && host.build >= weighingBuild ? 'weighed' : 'fighting';
}

/** Besides the host: the domain, or servers with names. undefined when nobody knows. */
function hasOtherMaster({ clientType, domainRole, peers }: WindowsClock): boolean | undefined {
  switch (clientType) {
    case null:
      return undefined;
    case 'none':
      return false;
    case 'domain':
      return domainRole === null ? undefined : isMember(domainRole);
    case 'servers':
      return peers.length > 0;
    case 'all':
      return peers.length > 0 || isMember(domainRole);
  }
}

/** The host takes its time from this very guest, which takes it from the host. */
export function isCircle({ host, guest, vm }: TimeFacts): boolean {
  if (guest.kind !== 'read' || host?.source.kind !== 'server') return false;
  const followed = host.source.name.toLowerCase().replace(/\.$/, '');
  const names = [vm.guest.fullyQualifiedDomainName, ...vm.guest.addresses].flatMap((name) => name?.toLowerCase() ?? []);
  const isThisGuest = names.includes(followed);
  const followsHostNow = setBy({ host, guest, vm, resumedAtMs: null }).by === 'host';
  return isThisGuest && followsHostNow;
}

/** `DomainRole`: 1 and 3 are members, 4 and 5 domain controllers; 0 and 2 stand alone. */
function isMember(role: number | null): boolean {
  return role === 1 || role === 3 || role === 4 || role === 5;
}
