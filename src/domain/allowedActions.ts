// Which actions make sense for a VM right now; menus, quick picks and commands ask here, so that they never disagree.
import { isTransitional } from './powerStates';
import type { VmState } from './powerStates';
import type { VmRecord } from './vm';

export type VmAction =
  'start' | 'shutDown' | 'restartGuest' | 'save' | 'pause' | 'resume' | 'turnOff' | 'reset' | 'toggleService';

/** Why an action is not offered; its sentence is in errorTexts.ts. */
export type ActionRefusal =
  /** The VM is in a settled state from which the action leads nowhere. */
  | 'wrongState'
  /** The host is still busy with the last change. */
  | 'changing'
  /** The host reports a state we do not know. */
  | 'unknownState'
  /** What decides about it is not known yet. */
  | 'beingRead'
  /** The host does not allow the request, because the shutdown service is switched off. */
  | 'shutdownServiceDisabled';

/**
 * Settled states from which the host accepts an action. "Turn off" does not list `saved`: there the same request
 * throws the saved memory away, which is another action with another question. A service is changed in `running` and
 * `off` only: no source shows that a saved VM accepts it.
 */
const acceptedIn: Readonly<Record<VmAction, readonly VmState[]>> = {
  start: ['off', 'saved'],
  shutDown: ['running'],
  restartGuest: ['running'],
  save: ['running', 'paused'],
  pause: ['running'],
  resume: ['paused'],
  // The way out when a guest hangs while it starts or stops.
  turnOff: ['running', 'paused', 'starting', 'stopping', 'resetting'],
  reset: ['running', 'paused'],
  toggleService: ['running', 'off'],
};

export const vmActions: readonly VmAction[] = Object.keys(acceptedIn) as VmAction[];

/** What of a VM decides about its actions. */
export type ActionFacts = Pick<VmRecord, 'state' | 'services' | 'partial'>;

/** undefined when the action is allowed. */
export function actionRefusal(vm: ActionFacts, action: VmAction): ActionRefusal | undefined {
  if (!acceptedIn[action].includes(vm.state)) {
    if (isTransitional(vm.state)) return 'changing';
    return vm.state === 'unknown' ? 'unknownState' : 'wrongState';
  }
  // The others are asked for by the state; the host says so when it refuses.
  if (action === 'toggleService' && vm.partial === true) return 'beingRead';
  if ((action === 'shutDown' || action === 'restartGuest') && vm.services.shutdown.enabled === false) {
    return 'shutdownServiceDisabled';
  }
  return undefined;
}

/** Whether some service is disabled that could be enabled. */
export function canEnableAll(vm: ActionFacts): boolean {
  const disabled = Object.values(vm.services).some(({ enabled }) => enabled === false);
  return disabled && actionRefusal(vm, 'toggleService') === undefined;
}

export function allowedActions(vm: ActionFacts): ReadonlySet<VmAction> {
  return new Set(vmActions.filter((action) => actionRefusal(vm, action) === undefined));
}
