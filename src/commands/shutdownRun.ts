// Runs the shutdown or restart of one VM until it ends or needs a person: asks the host, looks, and feeds what it saw.
import { HyperVError } from '../domain/errors';
import { stepShutdown } from '../domain/shutdown';
import type { AskingState, ShutdownEvent, ShutdownState } from '../domain/shutdownStates';
import type { VmRecord } from '../domain/vm';
import { aborted } from './aborted';

/** The wait is told in seconds. Packer polls every 500 ms, but one VM only (its step_shutdown.go). */
const pollMs = 1_000;

/** After a person has left: a request that was not sent is taken back at once, and of one that was the host may say more. */
const farewellMs = 1_000;

/** The world as a run sees it; tests bring their own. */
export interface ShutdownPorts {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** Resolves after that many milliseconds, or at once when aborted; never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Asks the guest. Aborting takes back what was not sent: `cancelled` with the outcome `none`. */
  readonly ask: (force: boolean, signal: AbortSignal) => Promise<VmRecord>;
  /** Runs the asking when it is its turn. Rejects when aborted before that, and for no other reason. */
  readonly inTurn: (signal: AbortSignal, asking: () => Promise<void>) => Promise<void>;
  /** What the host says now; undefined when it no longer has the VM. */
  readonly read: (signal: AbortSignal) => Promise<VmRecord | undefined>;
  readonly deadlineMs: number;
}

/**
 * @param onState told about every step, for the progress
 * @returns `locked`, `deadline` or `ended`
 */
export async function runShutdown(
  from: ShutdownState,
  ports: ShutdownPorts,
  signal: AbortSignal,
  onState: (state: ShutdownState) => void,
): Promise<ShutdownState> {
  let state = from;
  let wasAsked = false;
  const step = (event: ShutdownEvent): void => {
    state = stepShutdown(state, event, ports.deadlineMs);
    onState(state);
  };
  for (;;) {
    switch (state.kind) {
      case 'asking':
        // Times count from when it was really asked, however long it waited for its turn.
        await ports
          .inTurn(signal, async () => {
            if (state.kind !== 'asking') return;
            if (!wasAsked) state = { ...state, startedAtMs: ports.now() };
            wasAsked = true;
            for await (const event of ask(state, ports, signal)) step(event);
          })
          .catch(() => {
            step({ kind: 'cancelled', atMs: ports.now(), unsent: true });
          });
        break;
      case 'askingSoon':
      case 'rereading':
      case 'waiting':
        await ports.wait(pollMs, signal);
        step(signal.aborted ? { kind: 'cancelled', atMs: ports.now() } : await look(ports, signal));
        break;
      case 'locked':
      case 'deadline':
        // Nobody is left to answer the question.
        if (!signal.aborted) return state;
        step({ kind: 'cancelled', atMs: ports.now() });
        break;
      case 'ended':
        return state;
    }
  }
}

async function* ask(state: AskingState, ports: ShutdownPorts, signal: AbortSignal): AsyncGenerator<ShutdownEvent> {
  if (state.watch !== undefined) {
    // What a restart is measured against must be seen before the guest can act.
    const before = await look(ports, signal);
    yield before.kind === 'cancelled' ? { ...before, unsent: true } : before;
    if (before.kind === 'cancelled') return;
    // Nobody is left to ask, and the machine has ended.
    if (before.kind === 'seen' && (before.vm === null || before.vm.vmState === 'off')) return;
  }
  yield* await answerOf(state.force, ports, signal);
}

async function answerOf(force: boolean, ports: ShutdownPorts, signal: AbortSignal): Promise<ShutdownEvent[]> {
  if (signal.aborted) return [{ kind: 'cancelled', atMs: ports.now(), unsent: true }];
  const answer = ports.ask(force, signal).then(
    (vm): ShutdownEvent[] => [{ kind: 'accepted', atMs: ports.now() }, seen(vm, ports.now())],
    (error: unknown): ShutdownEvent[] => [failed(error, ports.now())],
  );
  const noAnswer = async (): Promise<ShutdownEvent[]> => {
    await aborted(signal);
    await ports.wait(farewellMs, new AbortController().signal);
    return [{ kind: 'cancelled', atMs: ports.now() }];
  };
  return Promise.race([answer, noAnswer()]);
}

/** One reading of the host. A failed one says nothing about the VM, only that time passed. */
export async function look(ports: ShutdownPorts, signal: AbortSignal): Promise<ShutdownEvent> {
  try {
    const vm = await ports.read(signal);
    if (signal.aborted) return { kind: 'cancelled', atMs: ports.now() };
    return vm === undefined ? { kind: 'seen', atMs: ports.now(), vm: null } : seen(vm, ports.now());
  } catch {
    return { kind: signal.aborted ? 'cancelled' : 'tick', atMs: ports.now() };
  }
}

function seen({ state, heartbeat, uptimeMs }: VmRecord, atMs: number): ShutdownEvent {
  return { kind: 'seen', atMs, vm: { vmState: state, heartbeat, uptimeMs } };
}

function failed(error: unknown, atMs: number): ShutdownEvent {
  if (!HyperVError.is(error)) return { kind: 'failed', atMs, reason: 'sessionFailed', outcome: 'unknown' };
  if (error.reason === 'cancelled' && error.outcome === 'none') return { kind: 'cancelled', atMs, unsent: true };
  return { kind: 'failed', atMs, reason: error.reason, outcome: error.outcome };
}
