// What `hv` prints when a request failed: the same fields whatever went wrong. Called by answers.ts.
import type { VmAction } from '../../src/domain/allowedActions';
import type { HyperVError, HyperVErrorDetail } from '../../src/domain/errors';
import { errorText, type ErrorContext, type ErrorText } from '../../src/domain/errorTexts';
import type { ChangeMethod } from '../../src/hyperv/api';

export interface ErrorDocument extends ErrorText {
  readonly reason: string;
  readonly message: string;
  readonly outcome: string;
  readonly detail: HyperVErrorDetail;
}

const actions: Readonly<Record<ChangeMethod, VmAction>> = {
  'vm.start': 'start',
  'vm.save': 'save',
  'vm.pause': 'pause',
  'vm.resume': 'resume',
  'vm.turnOff': 'turnOff',
  'vm.reset': 'reset',
  'vm.shutDown': 'shutDown',
  'vm.restartGuest': 'restartGuest',
  'service.set': 'toggleService',
};

/** What a change was to do; undefined for any other method. */
export function actionOf(method: string): VmAction | undefined {
  return Object.hasOwn(actions, method) ? actions[method as ChangeMethod] : undefined;
}

export function errorDocument(error: HyperVError, context: ErrorContext): ErrorDocument {
  const { reason, message, outcome, detail } = error;
  const text = errorText(error, context);
  // In the editor a request that is not valid is the extension's fault; here the caller wrote it.
  const told = reason === 'badRequest' ? { ...text, what: message, nextStep: correctIt } : text;
  return { reason, message, outcome, ...told, detail };
}

const correctIt = 'Correct the request; hv --help lists the methods and their parameters.';
