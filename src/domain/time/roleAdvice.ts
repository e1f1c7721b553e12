// What Microsoft's pages say about the clock of a domain controller. They disagree, so the advice depends on what is known and
// names the disagreement: the page on virtual domain controllers has the service disabled for each of them; the one on accurate
// time lets the root PDC emulator keep it where the host has a good clock, and sees no trouble from Server 2016 on. Pure.
import type { HostClock, TimeFacts } from './facts';
import { conflict, hostHand, isCircle, weighingBuild } from './masters';

export type Role = 'domainController' | 'pdcEmulator' | 'other' | 'unknown';

export type RoleAdvice =
  /** Not a domain controller, or not known to be one. */
  | 'none'
  /** The service is disabled, or the guest does not take its samples: both pages are content. */
  | 'asItShouldBe'
  /** It should follow its domain, and older systems do not weigh: disable the service. */
  | 'disable'
  /** One page says to disable it, the other that it does no harm, or none where the host's clock is good. */
  | 'pagesDisagree'
  /** The PDC emulator with a host whose clock is good: one page lets it keep the service. */
  | 'mayKeep'
  /** The PDC emulator with a host whose clock follows nobody. */
  | 'hostNotGood'
  /** The host follows this guest: the service must go. */
  | 'circle';

export function roleOf({ guest }: TimeFacts): Role {
  if (guest.kind !== 'read') return 'unknown';
  if (guest.clock.kind === 'linux') return 'other';
  switch (guest.clock.domainRole) {
    case null:
      return 'unknown';
    case 4:
      return 'domainController';
    case 5:
      return 'pdcEmulator';
    default:
      return 'other';
  }
}

export function roleAdvice(facts: TimeFacts): RoleAdvice {
  const role = roleOf(facts);
  if (role === 'other' || role === 'unknown') return 'none';
  if (isCircle(facts)) return 'circle';
  const hand = hostHand(facts);
  if (hand === 'never' || hand === 'atStart') return 'asItShouldBe';
  if (role === 'pdcEmulator') {
    if (facts.host === undefined || facts.host.source.kind === 'unknown') return 'pagesDisagree';
    return hasGoodClock(facts.host) ? 'mayKeep' : 'hostNotGood';
  }
  const build = facts.guest.kind === 'read' && facts.guest.clock.kind === 'windows' ? facts.guest.clock.build : null;
  const isNew = (build ?? 0) >= weighingBuild && (facts.host?.build ?? 0) >= weighingBuild;
  return isNew && conflict(facts) !== 'fighting' ? 'pagesDisagree' : 'disable';
}

/** It follows somebody, and says so. */
export function hasGoodClock(host: HostClock | undefined): boolean {
  return host?.source.kind === 'server' && host.running !== false && host.unsynchronized !== true;
}
