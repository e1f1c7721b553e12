// What follows from why there is no connection to another computer.
import type { ConnectionCause } from './errors';

/** The others pass by themselves: a computer that starts, a network that comes back. */
const forPersons: ReadonlySet<ConnectionCause> = new Set<ConnectionCause>([
  'addressInvalid',
  'configuration',
  'hostKeyUnknown',
  'hostKeyChanged',
  'permissionDenied',
  'shellMissing',
  'winrmMissing',
  'credentialMissing',
  'notTrusted',
  'certificate',
  'remotingDisabled',
  'endpointMissing',
  'restrictedEndpoint',
  'languageMode',
]);

/** Whether trying again is useless, or harmful, before somebody has done something: repeated refusals may lock an account. */
export function needsPerson(cause: ConnectionCause): boolean {
  return forPersons.has(cause);
}
