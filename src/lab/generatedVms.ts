// VMs that a description asks for by their number only.
import { guestProfile, withServices } from './profiles';
import type { Profiles } from './profileList';
import type { GuestKind } from './profiles';
import type { Random } from './random';

/** One VM: name, id, index of its profile, state (2, 3, 6, 9), processors, memory in MB, uptime in seconds. */
export type VmRow = readonly [string, string, number, number, number, number, number];

/** `EnabledState` before the host's own codes for saved and paused. */
export const stateCodes = { running: 2, off: 3, saved: 6, paused: 9 } as const;

/** The profile of a VM that nothing is said about. */
export const newcomer: GuestKind = 'windowsServer2025';

/** What generated VMs are for, and what they run. The first word becomes part of the name. */
const roles: readonly (readonly [string, GuestKind])[] = [
  ['web', 'ubuntu'],
  ['app', 'windowsServer2025'],
  ['sql', 'windowsServer2019'],
  ['desk', 'windows11'],
  ['build', 'debian'],
  ['cache', 'alpine'],
];

/** Of a hundred VMs about 70 run, 20 are off, 6 saved and 4 paused. */
function generatedState(random: Random): number {
  const share = random.next(100);
  if (share < 70) return stateCodes.running;
  if (share < 90) return stateCodes.off;
  return share < 96 ? stateCodes.saved : stateCodes.paused;
}

export function generatedVm(number: number, random: Random, profiles: Profiles): VmRow {
  const [role, kind] = roles[random.next(roles.length)] ?? ['app', newcomer];
  // One in eight has time synchronization off, one in four the guest service interface on.
  const changes = { timeSynchronization: random.next(8) !== 0, guestServiceInterface: random.next(4) === 0 };
  const profile = profiles.addOnce(`${kind} ${Object.values(changes).join(' ')}`, () => {
    const guest = guestProfile(kind);
    return { ...guest, enabled: withServices(guest.enabled, changes) };
  });
  const state = generatedState(random);
  return [
    `${role}-${String(number).padStart(4, '0')}`,
    random.guid(),
    profile,
    state,
    1 << random.next(5),
    1024 << random.next(6),
    state === stateCodes.off ? 0 : 60 + random.next(2_592_000),
  ];
}
