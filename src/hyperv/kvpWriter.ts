// Writes changes of one pool and says pair by pair what became of them: what the host answers is checked against what it
// shows afterwards. Called by HostClient; knows nothing of sessions.
import { HyperVError } from '../domain/errors';
import type { HyperVErrorReason } from '../domain/errors';
import type { KvpChanges, KvpPairOutcome, KvpVerb } from '../domain/kvp/changes';
import { maxItemsPerCall } from '../domain/kvp/limits';
import type { EditableKvpPool, KvpPair, KvpReading } from '../domain/kvp/pools';
import type { KvpApplied } from './kvpApplied';

/** The host's methods: AddKvpItems, ModifyKvpItems, RemoveKvpItems. */
export type KvpCall = 'add' | 'modify' | 'remove';

export interface KvpWriterPorts {
  read(): Promise<KvpReading>;
  /**
   * One call with at most 128 items, of which only the keys matter to `remove`; resolves when the host's job is done.
   * Rejects with a HyperVError; some of the items may have been taken all the same.
   */
  send(call: KvpCall, items: readonly KvpPair[]): Promise<void>;
}

/** One pair on its way. */
interface Step {
  readonly verb: KvpVerb;
  readonly key: string;
  /** undefined: is to go. */
  readonly value: string | undefined;
  /** For a removal that belongs to a renamed pair. */
  readonly renamedTo: string | undefined;
  state: 'open' | 'already' | 'accepted' | 'failed' | 'notTried';
  error?: HyperVError | undefined;
}

/**
 * Failures that may be of one pair only, so that the next one is worth asking. All others concern the VM, its host or the
 * way there: the next pair would meet the same.
 */
const ofOnePair: readonly HyperVErrorReason[] = ['badRequest', 'invalidParameter', 'fileNotFound', 'failed'];

/** Failures on this side, before the host was asked; unless the outcome is unknown. */
const neverSent: readonly HyperVErrorReason[] = ['busy', 'cancelled', 'powershellMissing', 'sessionFailed'];

/**
 * Removals first, as a full pool has no room otherwise, and renames last, each only after its new key was written.
 * @throws HyperVError when the pools could not be read beforehand; nothing was asked then
 */
export async function writeKvpChanges(
  ports: KvpWriterPorts,
  pool: EditableKvpPool,
  changes: KvpChanges,
  signal?: AbortSignal,
): Promise<KvpApplied> {
  const steps = stepsOf(changes);
  const before = await ports.read();
  const had = valuesOf(before, pool);
  for (const step of steps) if (had !== undefined && isReached(step, had)) step.state = 'already';
  const writer = new Writer(ports, signal);
  await writer.run(
    'remove',
    steps.filter(({ verb, renamedTo }) => verb === 'remove' && renamedTo === undefined),
  );
  const writes = steps.filter(({ verb }) => verb !== 'remove');
  const isThere = ({ key, verb }: Step): boolean => (had === undefined ? verb === 'change' : had.has(key));
  await writer.run(
    'modify',
    writes.filter((step) => isThere(step)),
  );
  await writer.run(
    'add',
    writes.filter((step) => !isThere(step)),
  );
  const reached = new Set(
    writes.filter(({ state }) => state !== 'failed' && state !== 'notTried').map(({ key }) => key),
  );
  await writer.run(
    'remove',
    steps.filter(({ renamedTo }) => renamedTo !== undefined && reached.has(renamedTo)),
  );
  const wasAsked = steps.some(({ state }) => state === 'accepted' || state === 'failed');
  const reading = wasAsked ? await ports.read().catch(() => null) : before;
  const has = reading === null ? undefined : valuesOf(reading, pool);
  return { outcomes: steps.map((step) => outcomeOf(step, has)), reading };
}

class Writer {
  #stopped: HyperVError | undefined;

  constructor(
    private readonly ports: KvpWriterPorts,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(call: KvpCall, steps: readonly Step[]): Promise<void> {
    const open = steps.filter(({ state }) => state === 'open');
    for (let start = 0; start < open.length; start += maxItemsPerCall) {
      await this.#send(call, open.slice(start, start + maxItemsPerCall));
    }
  }

  async #send(call: KvpCall, steps: readonly Step[]): Promise<void> {
    if (this.signal?.aborted === true) this.#stopped ??= new HyperVError('cancelled', 'The save was cancelled.');
    if (this.#stopped !== undefined) {
      for (const step of steps) Object.assign(step, { state: 'notTried', error: this.#stopped });
      return;
    }
    const error = await this.#attempt(call, steps);
    if (error === undefined) {
      for (const step of steps) step.state = 'accepted';
    } else if (!ofOnePair.includes(error.reason) || error.outcome === 'unknown') {
      this.#stopped = error;
      const state = error.outcome === 'none' && neverSent.includes(error.reason) ? 'notTried' : 'failed';
      for (const step of steps) Object.assign(step, { state, error });
    } else if (steps.length > 1) {
      // One bad pair fails a whole call, and some of the others may have been taken. Each tells for itself.
      for (const step of steps) await this.#send(call, [step]);
    } else await this.#sendOtherwise(call, steps, error);
  }

  /** The host has the key, or does not, against expectation: somebody else was quicker, or it could not be read. */
  async #sendOtherwise(call: KvpCall, steps: readonly Step[], error: HyperVError): Promise<void> {
    const other = call === 'add' ? 'modify' : call === 'modify' ? 'add' : undefined;
    const second =
      other !== undefined && HyperVError.is(error, 'invalidParameter', 'fileNotFound')
        ? await this.#attempt(other, steps)
        : error;
    for (const step of steps) {
      if (second === undefined) step.state = 'accepted';
      // The first answer is about what was asked.
      else Object.assign(step, { state: 'failed', error });
    }
  }

  async #attempt(call: KvpCall, steps: readonly Step[]): Promise<HyperVError | undefined> {
    try {
      await this.ports.send(
        call,
        steps.map(({ key, value }) => ({ key, value: value ?? '' })),
      );
      return undefined;
    } catch (error) {
      if (HyperVError.is(error)) return error;
      throw error;
    }
  }
}

function stepsOf({ add, change, remove }: KvpChanges): Step[] {
  const write =
    (verb: KvpVerb) =>
    ({ key, value }: KvpPair): Step => ({ verb, key, value, renamedTo: undefined, state: 'open' });
  return [
    ...add.map(write('add')),
    ...change.map(write('change')),
    ...remove.map(({ key, renamedTo }): Step => ({ verb: 'remove', key, value: undefined, renamedTo, state: 'open' })),
  ];
}

function outcomeOf(step: Step, has: ReadonlyMap<string, string> | undefined): KvpPairOutcome {
  const { verb, key, state, error } = step;
  const because = error && {
    reason: error.reason,
    ...(error.detail.hostMessage !== undefined && { hostMessage: error.detail.hostMessage }),
  };
  if (state === 'already') return { verb, key, outcome: 'already' };
  if (state === 'open' || state === 'notTried') return { verb, key, outcome: 'notTried', ...because };
  if (has !== undefined && isReached(step, has)) return { verb, key, outcome: 'written' };
  if (state === 'accepted') {
    // The host said yes. When it shows something else, somebody has changed it since or it was not kept.
    return has === undefined ? { verb, key, outcome: 'written' } : { verb, key, outcome: 'unknown' };
  }
  // A lost session or a wait that ended leaves the host at work: what it does not show yet may still come.
  return { verb, key, outcome: error?.outcome === 'unknown' ? 'unknown' : 'refused', ...because };
}

function isReached({ key, value }: Step, pairs: ReadonlyMap<string, string>): boolean {
  return pairs.get(key) === value;
}

function valuesOf({ pools }: KvpReading, pool: EditableKvpPool): ReadonlyMap<string, string> | undefined {
  const pairs = pools[pool];
  return pairs === null ? undefined : new Map(pairs.map(({ key, value }) => [key, value]));
}
