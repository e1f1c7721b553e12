import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aborted } from '../../../src/commands/aborted';
import { runShutdown } from '../../../src/commands/shutdownRun';
import type { ShutdownPorts } from '../../../src/commands/shutdownRun';
import { progressText, shutdownOutcome } from '../../../src/commands/shutdownTexts';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import type { HeartbeatStatus } from '../../../src/domain/heartbeat';
import type { VmState } from '../../../src/domain/powerStates';
import { startShutdown, stepShutdown } from '../../../src/domain/shutdown';
import type { GuestRequest, ShutdownChoice, ShutdownState } from '../../../src/domain/shutdownStates';
import type { VmRecord } from '../../../src/domain/vm';
import { assertGolden } from '../../support/golden';
import { makeVm } from '../../support/vms';

type Answer = VmRecord | HyperVError | undefined;

const running = makeVm({ name: 'DC01' });
const stopping = makeVm({ name: 'DC01', state: 'stopping', heartbeat: null });
const off = makeVm({ name: 'DC01', state: 'off', heartbeat: null });

/** A host that gives these answers, the last one for ever, on a clock that moves only while somebody waits. */
function ports(
  asked: VmRecord | HyperVError,
  reads: readonly Answer[],
  cancel?: { readonly after: number; now(): void },
): ShutdownPorts {
  let nowMs = 0;
  let read = 0;
  const give = <T extends VmRecord | undefined>(answer: T | HyperVError): Promise<T> =>
    answer instanceof HyperVError ? Promise.reject(answer) : Promise.resolve(answer);
  return {
    now: () => nowMs,
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    ask: () => give(asked),
    inTurn: (_, asking) => asking(),
    read: () => {
      const answer = reads[Math.min(read, reads.length - 1)];
      read += 1;
      if (cancel?.after === read) cancel.now();
      return give(answer);
    },
    deadlineMs: 4_000,
  };
}

/** What a person sees from the first second to the last. */
async function transcript(
  asked: VmRecord | HyperVError,
  reads: readonly Answer[],
  cancelAfter?: number,
  request: GuestRequest = 'shutDown',
): Promise<string> {
  const abort = new AbortController();
  const cancel =
    cancelAfter === undefined
      ? undefined
      : {
          after: cancelAfter,
          now: () => {
            abort.abort();
          },
        };
  const world = ports(asked, reads, cancel);
  const lines: string[] = [];
  const named = (state: ShutdownState) => ({ vmName: 'DC01', hostName: 'HV01', state });
  const state = await runShutdown(startShutdown(0, request), world, abort.signal, (step) => {
    const line = progressText(request, [named(step)], world.now());
    if (step.kind !== 'ended' && lines.at(-1) !== line) lines.push(line);
  });
  const outcome = shutdownOutcome(request, [named(state)]);
  return [...lines, `=> ${outcome ? `${outcome.manner}: ${outcome.text}` : state.kind}`].join('\n');
}

const up = (uptimeMs: number): VmRecord => ({ ...running, uptimeMs });

function restart(asked: VmRecord | HyperVError, reads: readonly Answer[], cancelAfter?: number): Promise<string> {
  return transcript(asked, reads, cancelAfter, 'restart');
}

const cases: Readonly<Record<string, () => Promise<string>>> = {
  'the guest goes down': () => transcript(running, [running, stopping, stopping, off]),
  'it is off before the first look': () => transcript(off, [off]),
  'it refuses': () => transcript(new HyperVError('guestNotReady', ''), [running]),
  'it is locked': () => transcript(new HyperVError('guestLocked', ''), [running]),
  'it is on its way already': () => transcript(new HyperVError('shutdownInProgress', ''), [stopping, off]),
  'it ignores the request': () => transcript(running, [running]),
  'the host cannot be read for a while': () => transcript(running, [new HyperVError('timeout', ''), off]),
  'the session is lost on the way, and the VM is off': () =>
    transcript(new HyperVError('sessionLost', '', 'unknown'), [off]),
  'the session is lost on the way, and the VM runs': () =>
    transcript(new HyperVError('sessionLost', '', 'unknown'), [running]),
  'somebody saves it meanwhile': () => transcript(running, [makeVm({ state: 'saved' })]),
  'somebody deletes it meanwhile': () => transcript(running, [undefined]),
  'the person stops waiting': () => transcript(running, [running, running], 2),
  'a restart is seen by the uptime': () => restart(up(500_000), [up(499_000), up(501_000), up(2_000)]),
  'a restart is seen by the heartbeat': () =>
    restart(running, [running, { ...running, heartbeat: 'lostCommunication' }, running]),
  'a restart is accepted and never seen': () => restart(running, [running]),
  'a restart is refused': () => restart(new HyperVError('guestNotReady', ''), [running]),
  'a restart is refused as it is locked': () => restart(new HyperVError('guestLocked', ''), [running]),
  'a restart ends in a VM that is off': () => restart(running, [running, stopping, off]),
  'a restart loses the session on the way and is seen': () =>
    restart(new HyperVError('sessionLost', '', 'unknown'), [up(500_000), up(2_000)]),
  'the person stops waiting for a restart': () => restart(running, [running, running], 2),
};

describe('What a person sees of a shutdown when', () => {
  for (const [name, run] of Object.entries(cases)) {
    it(name, async () => {
      const file = `unit/commands/golden/${name.replaceAll(/\W+/g, '-')}.txt`;
      assertGolden(file, `${await run()}\n`);
    });
  }
});

describe('A shutdown', () => {
  const left = { kind: 'ended', result: { kind: 'left', requestStands: true, seen: null } };
  const notAsked = { kind: 'ended', result: { kind: 'notAsked' } };

  /** Cancels while the request is under way. `ask` gets the person's signal, as a session does. */
  function cancelled(ask: ShutdownPorts['ask'], request: GuestRequest = 'shutDown'): Promise<ShutdownState> {
    const abort = new AbortController();
    const world: ShutdownPorts = {
      ...ports(running, [running]),
      // Later than any answer that comes at once.
      wait: () => new Promise(setImmediate),
      ask: (force, signal) => {
        const answer = ask(force, signal);
        abort.abort();
        return answer;
      },
    };
    return runShutdown(startShutdown(0, request), world, abort.signal, () => undefined);
  }

  /** Settles when a person has left. */
  async function whenAborted(signal: AbortSignal, settle: () => VmRecord): Promise<VmRecord> {
    await aborted(signal);
    return settle();
  }

  it('can be left, though the request hangs; the request then stands', async () => {
    assert.deepEqual(await cancelled(() => new Promise(() => undefined)), left);
  });

  for (const request of ['shutDown', 'restart'] as const) {
    it(`takes back a request to ${request} that only waited for its turn, and says so`, async () => {
      const unsent = (_: boolean, signal: AbortSignal): Promise<VmRecord> =>
        whenAborted(signal, () => {
          throw new HyperVError('cancelled', '');
        });
      const state = await cancelled(unsent, request);
      assert.deepEqual(state, notAsked);
      const outcome = shutdownOutcome(request, [{ vmName: 'DC01', hostName: 'HV01', state }]);
      assert.equal(outcome?.manner, 'inform');
      assert.match(outcome.text, /before it was sent, so DC01 was not asked to/);
    });
  }

  it('that was sent before the person left says that the request stands, or that nobody knows', async () => {
    const sent = (_: boolean, signal: AbortSignal): Promise<VmRecord> =>
      whenAborted(signal, () => {
        throw new HyperVError('cancelled', '', 'unknown');
      });
    const unknown = await cancelled(sent);
    assert.deepEqual(unknown, { kind: 'ended', result: { kind: 'left', requestStands: null, seen: null } });
    const outcome = shutdownOutcome('shutDown', [{ vmName: 'DC01', hostName: 'HV01', state: unknown }]);
    assert.match(outcome?.text ?? '', /It is not known whether its guest was asked to shut down\.$/);
    const accepted = await cancelled((_, signal) => whenAborted(signal, () => running));
    assert.ok(accepted.kind === 'ended' && accepted.result.kind === 'left' && accepted.result.requestStands);
  });

  it('that the guest refuses after the person left asks them nothing more', async () => {
    const locked = (_: boolean, signal: AbortSignal): Promise<VmRecord> =>
      whenAborted(signal, () => {
        throw new HyperVError('guestLocked', '');
      });
    const state = await cancelled(locked);
    assert.ok(state.kind === 'ended' && state.result.kind === 'left' && state.result.requestStands === false);
  });

  it('asks nobody when the person left before the first look was over', async () => {
    const abort = new AbortController();
    let asked = 0;
    const world: ShutdownPorts = {
      ...ports(running, [running], {
        after: 1,
        now: () => {
          abort.abort();
        },
      }),
      ask: () => {
        asked += 1;
        return Promise.resolve(running);
      },
    };
    assert.deepEqual(await runShutdown(startShutdown(0, 'restart'), world, abort.signal, () => undefined), notAsked);
    assert.equal(asked, 0);
  });

  it('asks the guest once, whatever happens then', async () => {
    let asked = 0;
    const world = ports(running, [new HyperVError('sessionLost', '', 'unknown'), running, off]);
    const counting: ShutdownPorts = {
      ...world,
      ask: (force, signal) => {
        asked += 1;
        return world.ask(force, signal);
      },
    };
    await runShutdown(startShutdown(0), counting, new AbortController().signal, () => undefined);
    assert.equal(asked, 1);
  });
});

describe('A guest that is not ready', () => {
  const notReady = new HyperVError('guestNotReady', '');

  /** Asks with these answers, the last one for ever. */
  async function askedUntilTheEnd(uptimeMs: number, answers: readonly (VmRecord | HyperVError)[]) {
    let asked = 0;
    const world: ShutdownPorts = {
      ...ports(running, [running, running, running, running, running, running, off]),
      ask: () => {
        const answer = answers[Math.min(asked, answers.length - 1)] ?? running;
        asked += 1;
        return answer instanceof HyperVError ? Promise.reject(answer) : Promise.resolve(answer);
      },
    };
    const start = startShutdown(0, 'shutDown', uptimeMs);
    const state = await runShutdown(start, world, new AbortController().signal, () => undefined);
    return { asked, state };
  }

  it('is asked once more when it has only just started', async () => {
    const { asked, state } = await askedUntilTheEnd(20_000, [notReady, running]);
    assert.equal(asked, 2);
    assert.ok(state.kind === 'ended' && state.result.kind === 'off');
  });

  it('is not asked a third time', async () => {
    const { asked, state } = await askedUntilTheEnd(20_000, [notReady]);
    assert.equal(asked, 2);
    assert.deepEqual(state, { kind: 'ended', result: { kind: 'refused', reason: 'guestNotReady' } });
  });

  it('is asked once when it has been running for a while', async () => {
    const { asked } = await askedUntilTheEnd(61_000, [notReady]);
    assert.equal(asked, 1);
  });
});

describe('Asking a guest, whatever host, guest and person do', () => {
  const reason = fc.constantFrom<HyperVErrorReason>(
    'guestLocked',
    'guestNotReady',
    'shutdownInProgress',
    'sessionLost',
    'timeout',
    'failed',
  );
  const failure = fc
    .record({ reason, outcome: fc.constantFrom('none' as const, 'unknown' as const) })
    .map((facts) => new HyperVError(facts.reason, '', facts.outcome));
  const record = fc
    .record({
      state: fc.constantFrom<VmState>('running', 'off', 'saved', 'paused', 'stopping', 'resetting', 'unknown'),
      heartbeat: fc.constantFrom<HeartbeatStatus | null>('healthy', 'lostCommunication', 'noContact', null),
      uptimeMs: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    })
    .map((facts) => makeVm(facts));
  const world = fc.record({
    request: fc.constantFrom<GuestRequest>('shutDown', 'restart'),
    uptimeMs: fc.option(fc.integer({ min: 0, max: 120_000 })),
    answers: fc.array(fc.oneof(record, failure), { minLength: 1 }),
    reads: fc.array(fc.oneof(record, failure, fc.constant(undefined)), { minLength: 1 }),
    choices: fc.array(fc.constantFrom<ShutdownChoice>('keepWaiting', 'force', 'leave', 'cutPower'), { maxLength: 6 }),
    cancelAfter: fc.option(fc.integer({ min: 1, max: 30 })),
  });

  it('ends, never escalates, asks no more often than it may, and claims only what the host showed', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ request, uptimeMs, answers, reads, choices, cancelAfter }) => {
        const abort = new AbortController();
        const shown: VmRecord[] = [];
        let nowMs = 0;
        let asked = 0;
        let read = 0;
        let forced = 0;
        const give = <T extends VmRecord | undefined>(answer: T | HyperVError): Promise<T> => {
          if (answer instanceof HyperVError) return Promise.reject(answer);
          if (answer !== undefined) shown.push(answer);
          return Promise.resolve(answer);
        };
        const scripted: ShutdownPorts = {
          now: () => nowMs,
          wait: (ms) => {
            nowMs += ms;
            return Promise.resolve();
          },
          ask: (force) => {
            if (force) forced += 1;
            return give(answers[Math.min(asked++, answers.length - 1)] ?? running);
          },
          inTurn: (_, asking) => asking(),
          read: () => {
            const answer = reads[read++ % reads.length];
            if (read === cancelAfter) abort.abort();
            return give(answer);
          },
          deadlineMs: 4_000,
        };
        let forcesChosen = 0;
        let cutChosen = false;
        let state: ShutdownState = startShutdown(0, request, uptimeMs);
        for (const choice of [...choices, 'leave' as const]) {
          state = await runShutdown(state, scripted, abort.signal, () => undefined);
          if (state.kind === 'locked' && choice === 'force') forcesChosen += 1;
          if (state.kind === 'deadline' && choice === 'cutPower') cutChosen = true;
          state = stepShutdown(state, { kind: 'chosen', atMs: nowMs, choice }, scripted.deadlineMs);
        }
        if (state.kind !== 'ended') state = await runShutdown(state, scripted, AbortSignal.abort(), () => undefined);
        if (state.kind !== 'ended')
          state = stepShutdown(state, { kind: 'cancelled', atMs: nowMs }, scripted.deadlineMs);
        assert.ok(state.kind === 'ended');
        assert.ok(forced <= forcesChosen, 'forced without a person');
        assert.ok(asked <= 2 + forcesChosen, 'asked too often');
        const { result } = state;
        if (result.kind === 'cutPowerChosen') assert.ok(cutChosen);
        if (result.kind === 'off') {
          assert.equal(request, 'shutDown');
          assert.equal(shown.at(-1)?.state, 'off');
        }
        if (result.kind === 'restarted') {
          assert.equal(request, 'restart');
          const last = shown.at(-1);
          assert.ok(last);
          assert.equal(last.state, 'running');
          const fell = shown.some(({ uptimeMs: was }) => was !== null && (last.uptimeMs ?? was) < was);
          const wasGone = shown.some(({ heartbeat }) => heartbeat === 'lostCommunication' || heartbeat === 'noContact');
          assert.ok(fell || (wasGone && last.heartbeat === 'healthy'));
        }
      }),
    );
  });
});

describe('The summary of several shutdowns', () => {
  const ended = (vmName: string, result: Extract<ShutdownState, { kind: 'ended' }>['result']) => ({
    vmName,
    hostName: 'HV01',
    state: { kind: 'ended', result } as const,
  });

  it('counts as off only what the host called off', () => {
    const runs = [
      ended('A', { kind: 'off', elapsedMs: 1 }),
      ended('B', { kind: 'left', requestStands: true, seen: null }),
      ended('C', { kind: 'refused', reason: 'guestNotReady' }),
    ];
    const outcome = shutdownOutcome('shutDown', runs);
    assert.equal(outcome?.manner, 'error');
    assert.match(outcome.text, /^1 of 3 virtual machines are off\./);
    assert.match(outcome.text, /C was not shut down\./);
  });

  it('is mentioned in passing when all went well', () => {
    const runs = [ended('A', { kind: 'off', elapsedMs: 1 }), ended('B', { kind: 'off', elapsedMs: 2 })];
    assert.deepEqual(shutdownOutcome('shutDown', runs), {
      manner: 'mention',
      text: '2 of 2 virtual machines are off.',
    });
  });

  it('is not needed for what a person chose just now', () => {
    assert.equal(
      shutdownOutcome('shutDown', [ended('A', { kind: 'left', requestStands: false, seen: null })]),
      undefined,
    );
    assert.equal(shutdownOutcome('shutDown', [ended('A', { kind: 'cutPowerChosen' })]), undefined);
  });
});
