// Power states of a VM: the host's numbers, our words, and which of them settle by themselves.

/** What a person is told a VM is doing. `unknown` stands for every number this table does not list. */
export type VmState =
  | 'running'
  | 'off'
  | 'saved'
  | 'paused'
  | 'starting'
  | 'stopping'
  | 'saving'
  | 'pausing'
  | 'resuming'
  | 'resetting'
  | 'snapshotting'
  | 'unknown';

/**
 * `EnabledState` of Msvm_ComputerSystem (documentation of the class) together with the states which
 * RequestStateChange lists (32768 and up). Saved and paused come in two codings, depending on who reports them:
 * 6 or 32769, 9 or 32768. "Fast" and "critical" variants mean the same to a person.
 */
const stateByCode: ReadonlyMap<number, VmState> = new Map([
  [2, 'running'],
  [3, 'off'],
  [4, 'stopping'],
  [6, 'saved'],
  [9, 'paused'],
  [10, 'starting'],
  [11, 'resetting'],
  [32768, 'paused'],
  [32769, 'saved'],
  [32770, 'starting'],
  [32771, 'snapshotting'],
  [32773, 'saving'],
  [32774, 'stopping'],
  [32776, 'pausing'],
  [32777, 'resuming'],
  [32779, 'saved'],
  [32780, 'saving'],
  [32781, 'running'],
  [32782, 'off'],
  [32783, 'stopping'],
  [32784, 'saved'],
  [32785, 'paused'],
  [32786, 'starting'],
  [32787, 'resetting'],
  [32788, 'saving'],
  [32789, 'pausing'],
  [32790, 'resuming'],
  [32791, 'saved'],
  [32792, 'saving'],
]);

/** Never throws: an undocumented number becomes `unknown`. */
export function vmStateFromCode(code: number): VmState {
  return stateByCode.get(code) ?? 'unknown';
}

const states: ReadonlySet<unknown> = new Set<VmState>([...stateByCode.values(), 'unknown']);

/** Narrows what was kept somewhere. */
export function isVmState(value: unknown): value is VmState {
  return states.has(value);
}

/** States which the host leaves without being asked; a VM in one of them is worth following. */
const transitional: ReadonlySet<VmState> = new Set([
  'starting',
  'stopping',
  'saving',
  'pausing',
  'resuming',
  'resetting',
  'snapshotting',
]);

export function isTransitional(state: VmState): boolean {
  return transitional.has(state);
}
