// What is said after a change of which nobody knew whether it happened, now that the VM was looked at. Pure. Nothing is
// said to have happened, or not to have happened, beyond what the state proves.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { stateText } from '../views/stateTexts';
import type { Aftermath } from './aftermath';

export interface AftermathContext {
  readonly hostName: string;
  readonly vmName: string;
  readonly action: VmAction;
  /** For a change that is no change of the power state: what is true if it was done, and if it was not. */
  readonly words?: { readonly done: string; readonly notDone: string } | undefined;
}

export interface AftermathText {
  readonly what: string;
  /** Missing when nothing is left to do. */
  readonly nextStep?: string;
}

export function aftermathText(aftermath: Aftermath, context: AftermathContext): AftermathText {
  const { hostName, vmName } = context;
  switch (aftermath.kind) {
    case 'unreachable':
      return {
        what: l10n.t('{0} cannot be reached: the state of {1} is not known.', hostName, vmName),
        nextStep: l10n.t('Look at it when the host is back, before you try once more.'),
      };
    case 'gone':
      return { what: l10n.t('{0} no longer has {1}.', hostName, vmName) };
    case 'removed':
      return {
        what: l10n.t('{0} was removed from the view meanwhile, so the state of {1} is not known.', hostName, vmName),
        nextStep: l10n.t('Add the host again to see it.'),
      };
    case 'seen':
      return seenText(aftermath, context);
  }
}

function seenText(
  { vm, verdict }: Extract<Aftermath, { kind: 'seen' }>,
  { vmName, action, words }: AftermathContext,
): AftermathText {
  const state = stateText(vm.state);
  switch (verdict) {
    case 'done':
      return { what: words?.done ?? doneText(action, vmName, state) };
    case 'notDone':
      return {
        what: words?.notDone ?? notDoneText(action, vmName, state),
        nextStep: l10n.t('Try again if you still want it.'),
      };
    case 'open':
      return {
        what: l10n.t('{0} is {1} now, which does not tell whether it was done.', vmName, state),
        nextStep: l10n.t('Look at it before you try once more.'),
      };
  }
}

function doneText(action: VmAction, vm: string, state: string): string {
  return action === 'reset' ? l10n.t('{0} has started anew since.', vm) : l10n.t('{0} is {1} now.', vm, state);
}

function notDoneText(action: VmAction, vm: string, state: string): string {
  switch (action) {
    case 'start':
      return l10n.t('{0} was not started: it is still {1}.', vm, state);
    case 'resume':
      return l10n.t('{0} was not resumed: it is still {1}.', vm, state);
    case 'save':
      return l10n.t('{0} was not saved: it is still {1}.', vm, state);
    case 'pause':
      return l10n.t('{0} was not paused: it is still {1}.', vm, state);
    case 'turnOff':
      return l10n.t('{0} was not turned off: it is still {1}.', vm, state);
    case 'reset':
      return l10n.t('{0} was not reset: it has been running all the time.', vm);
    case 'shutDown':
    case 'restartGuest':
    case 'toggleService':
      return l10n.t('{0} is still {1}.', vm, state);
  }
}
