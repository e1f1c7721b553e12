// Waiting until the system in a guest answers: what one look at the VM says about it. Pure; commands/waitForHeartbeat.ts looks.
import { isAnswering } from '../heartbeat';
import type { VmRecord } from '../vm';

/** `answered`: it does. `disabled`, `notRunning`, `gone`: it will not, unless somebody changes something. */
export type HeartbeatLook = 'answered' | 'disabled' | 'notRunning' | 'gone' | 'wait';

/** @param vm undefined when the host no longer has it */
export function lookAtHeartbeat(vm: VmRecord | undefined): HeartbeatLook {
  if (vm === undefined) return 'gone';
  if (vm.services.heartbeat.enabled === false) return 'disabled';
  if (vm.state === 'off' || vm.state === 'saved' || vm.state === 'paused') return 'notRunning';
  return vm.state === 'running' && isAnswering(vm.heartbeat) ? 'answered' : 'wait';
}
