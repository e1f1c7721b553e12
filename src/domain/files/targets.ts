// Into which VMs files can be copied.
import { actionRefusal } from '../allowedActions';
import { guestFamily } from '../health/guestFamily';
import { isTransitional } from '../powerStates';
import type { VmRecord } from '../vm';
import { pathStyle } from './guestPaths';

export type CopyRefusal =
  | 'notRunning'
  | 'changing'
  /** Its system has no part for file copy. */
  | 'noPart'
  /** The service is disabled and cannot be enabled now. */
  | 'serviceFixed';

/**
 * undefined when files can be copied into it, perhaps after its service was enabled. Of one that is still being read only its
 * state counts.
 */
export function copyRefusal(vm: VmRecord): CopyRefusal | undefined {
  if (vm.state !== 'running') return isTransitional(vm.state) ? 'changing' : 'notRunning';
  if (vm.partial === true) return undefined;
  if (pathStyle(guestFamily(vm.guest.osName)) === 'none') return 'noPart';
  return needsService(vm) && actionRefusal(vm, 'toggleService') !== undefined ? 'serviceFixed' : undefined;
}

export function needsService({ services }: Pick<VmRecord, 'services'>): boolean {
  return services.guestServiceInterface.enabled === false;
}
