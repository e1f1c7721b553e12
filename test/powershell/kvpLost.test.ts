// A session that is lost in the middle of a save of several calls. The lab of the first session hands its pairs over to
// the lab of the next one, as a host keeps them when the session of somebody who manages it dies.
import assert from 'node:assert/strict';
import type { KvpPairOutcome } from '../../src/domain/kvp/changes';
import type { KvpPair } from '../../src/domain/kvp/pools';
import { methods as hypervMethods } from '../../src/hyperv/api';
import { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import { systemClock } from '../../src/powershell/clock';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { labGuid, labVmId } from '../support/labHost';
import { Harness, until } from '../support/sessionHarness';

const vm = labVmId(1);
const perCall = 128;

/** Only `lab.advance` moves the clock, and with it the host's jobs: 40 ms for each pair. */
function world(pairs: readonly KvpPair[]): unknown {
  const external = pairs.map(({ key, value }) => ({ name: key, data: value }));
  return { hosts: [{ name: 'HV', vms: [{ name: 'vm', id: labGuid(1), exchange: { external } }] }], timeScale: 0.001 };
}

function pairsOf(prefix: string, count: number, value: string): KvpPair[] {
  return Array.from({ length: count }, (_, i) => ({ key: `${prefix}${String(i)}`, value }));
}

class NotingSession extends SupervisedSession {
  /** The first keys of the calls that write, in order. */
  readonly written: string[] = [];
  looksAtJobs = 0;

  override request(...asked: Parameters<SupervisedSession['request']>): ReturnType<SupervisedSession['request']> {
    const [method, parameters] = asked;
    if (method === 'kvp.write') this.written.push((parameters['keys'] as readonly string[])[0] ?? '');
    if (method === 'job.read') this.looksAtJobs += 1;
    return super.request(...asked);
  }
}

/** A host whose sessions can be ended. */
class MortalHost {
  readonly harness = new Harness();
  readonly client: HostClient;
  readonly session: NotingSession;
  /** What the next session finds. */
  pairs: readonly KvpPair[];

  constructor(pairs: readonly KvpPair[]) {
    this.pairs = pairs;
    const methods = { ...hypervMethods, ...this.#lab().methods };
    const session = new NotingSession({
      methods,
      log: this.harness.log,
      create: () =>
        this.harness.session({
          methods,
          script: { functions: hostFunctions, module: 'Hyper-V', prelude: this.#lab().prelude },
        }),
    });
    this.session = session;
    this.client = new HostClient({ session, methods, clock: systemClock, log: this.harness.log });
  }

  async external(): Promise<readonly KvpPair[]> {
    const { pools } = await this.client.readKvp(vm);
    assert.ok(pools.external);
    return pools.external;
  }

  async advance(ms: number): Promise<void> {
    await this.client.call('lab.advance', { ms });
  }

  /** Ends the process of the session as a crash would. */
  async kill(): Promise<void> {
    const shell = this.harness.launcher.processes.at(-1);
    assert.ok(shell?.pid);
    process.kill(shell.pid, 'SIGKILL');
    await shell.exited;
  }

  async cleanUp(): Promise<void> {
    await this.client.stop();
    await this.harness.cleanUp();
  }

  #lab(): ReturnType<typeof labScript> {
    return labScript(parseLabSpec(world(this.pairs)), 0);
  }
}

/** The keys with each outcome, by their first and last. */
function ranges(outcomes: readonly KvpPairOutcome[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { verb, key, outcome, reason } of outcomes) {
    const kind = [verb, outcome, reason].filter((word) => word !== undefined).join(' ');
    kinds.set(kind, [...(kinds.get(kind) ?? []), key]);
  }
  return [...kinds].map(([kind, keys]) => `${kind}: ${keys[0] ?? ''}-${keys.at(-1) ?? ''}`);
}

describe('a session that is lost in the middle of a save', () => {
  let host: MortalHost;
  afterEach(() => host.cleanUp());

  /** Moves the host's clock until the client has asked for this many calls. */
  async function untilCalls(count: number): Promise<void> {
    while (host.session.written.length < count) await host.advance(perCall * 40);
  }

  it('leaves what is written, says of the call under way what the host shows, and asks nothing more', async () => {
    host = new MortalHost(pairsOf('old', perCall, '1'));
    await host.client.call('lab.fault', { kind: 'hang', on: 'AddKvpItems' });
    const save = host.client.applyKvp(vm, 'external', {
      change: pairsOf('old', perCall, '2'),
      add: pairsOf('new', perCall + 20, '1'),
      remove: [],
    });
    await untilCalls(2);
    // The host takes the second call, and gets through 50 of its pairs before the session dies.
    await host.client.call('lab.fault', { kind: 'hang', on: 'Msvm_ConcreteJob' });
    await host.client.call('lab.fault', { kind: 'hang', on: 'AddKvpItems', clear: true });
    do await host.advance(40);
    while ((await host.external()).length < perCall + 50);
    host.pairs = await host.external();
    await host.kill();

    const { outcomes, reading } = await save;
    assert.deepEqual(ranges(outcomes), [
      'add written: new0-new49',
      'add unknown sessionLost: new50-new127',
      'add notTried sessionLost: new128-new147',
      'change written: old0-old127',
    ]);
    assert.deepEqual(reading?.pools.external, host.pairs);
    assert.deepEqual(host.session.written, ['old0', 'new0']);
    // A person saves again what is left.
    const rest = host.client.applyKvp(vm, 'external', {
      add: pairsOf('new', perCall + 20, '1'),
      change: [],
      remove: [],
    });
    await untilCalls(3);
    do await host.advance(perCall * 40);
    while ((await host.external()).length < 2 * perCall + 20);
    assert.deepEqual(ranges((await rest).outcomes), ['add already: new0-new49', 'add written: new50-new147']);
  });

  it('follows the job of a call that the host has taken, and goes on with the next one', async () => {
    host = new MortalHost([]);
    const add = pairsOf('new', perCall + 20, '1');
    const save = host.client.applyKvp(vm, 'external', { add, change: [], remove: [] });
    await untilCalls(1);
    // The call was answered with a job of the host, and the client looks at it from time to time.
    await until(() => host.session.looksAtJobs > 0);
    // The host goes on without a session.
    host.pairs = add.slice(0, perCall);
    await host.kill();
    await untilCalls(2);
    do await host.advance(perCall * 40);
    while ((await host.external()).length < perCall + 20);
    assert.deepEqual(ranges((await save).outcomes), ['add written: new0-new147']);
    assert.deepEqual(host.session.written, ['new0', 'new128']);
  });
});
