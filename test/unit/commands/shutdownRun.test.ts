import assert from 'node:assert/strict';
import { runShutdown } from '../../../src/commands/shutdownRun';
import type { ShutdownPorts } from '../../../src/commands/shutdownRun';
import { progressText, shutdownOutcome } from '../../../src/commands/shutdownTexts';
import { HyperVError } from '../../../src/domain/errors';
import { startShutdown } from '../../../src/domain/shutdown';
import type { ShutdownState } from '../../../src/domain/shutdown';
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
  const state = await runShutdown(startShutdown(0), world, abort.signal, (step) => {
    const line = progressText([named(step)], world.now());
    if (step.kind !== 'ended' && lines.at(-1) !== line) lines.push(line);
  });
  const outcome = shutdownOutcome([named(state)]);
  return [...lines, `=> ${outcome ? `${outcome.manner}: ${outcome.text}` : state.kind}`].join('\n');
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
  it('is cancelled at once, though the request hangs', async () => {
    const abort = new AbortController();
    const world: ShutdownPorts = { ...ports(running, [running]), ask: () => new Promise(() => undefined) };
    const ending = runShutdown(startShutdown(0), world, abort.signal, () => undefined);
    abort.abort();
    assert.deepEqual(await ending, {
      kind: 'ended',
      result: { kind: 'left', requestStands: true, seen: null },
    });
  });

  it('asks the guest once, whatever happens then', async () => {
    let asked = 0;
    const world = ports(running, [new HyperVError('sessionLost', '', 'unknown'), running, off]);
    const counting: ShutdownPorts = {
      ...world,
      ask: (force) => {
        asked += 1;
        return world.ask(force);
      },
    };
    await runShutdown(startShutdown(0), counting, new AbortController().signal, () => undefined);
    assert.equal(asked, 1);
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
    const outcome = shutdownOutcome(runs);
    assert.equal(outcome?.manner, 'error');
    assert.match(outcome.text, /^1 of 3 virtual machines are off\./);
    assert.match(outcome.text, /C was not shut down\./);
  });

  it('is mentioned in passing when all went well', () => {
    const runs = [ended('A', { kind: 'off', elapsedMs: 1 }), ended('B', { kind: 'off', elapsedMs: 2 })];
    assert.deepEqual(shutdownOutcome(runs), { manner: 'mention', text: '2 of 2 virtual machines are off.' });
  });

  it('is not needed for what a person chose just now', () => {
    assert.equal(shutdownOutcome([ended('A', { kind: 'left', requestStands: false, seen: null })]), undefined);
    assert.equal(shutdownOutcome([ended('A', { kind: 'turnOffChosen' })]), undefined);
  });
});
