// When hosts are asked while somebody looks at them, and when they are not. Time is the test's.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import type { VmId } from '../../../src/domain/vm';
import type { HostChanges } from '../../../src/hyperv/api';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { HostDefinition } from '../../../src/hyperv/hosts';
import { LiveHosts } from '../../../src/hyperv/liveHosts';
import { deferred } from '../../../src/powershell/deferred';
import type { Deferred } from '../../../src/powershell/deferred';
import { ManualClock, settled } from '../../support/manualClock';
import { vmId } from '../../support/vms';

const nothing: HostChanges = { changed: [], listChanged: false };
const listChanged: HostChanges = { changed: [], listChanged: true };
const minuteMs = 60_000;

function changedVms(from: number, to: number): HostChanges {
  return { changed: Array.from({ length: to - from + 1 }, (_, index) => vmId(from + index)), listChanged: false };
}

const hosts: Record<'ssh' | 'winrm' | 'lab', HostDefinition> = {
  ssh: { kind: 'ssh', id: 'a', name: 'a', target: { host: 'a' } },
  winrm: { kind: 'winrm', id: 'w', name: 'w', target: { host: 'w' } },
  lab: { kind: 'lab', id: 'l', name: 'l', spec: {}, index: 0 },
};

class Rig {
  readonly clock = new ManualClock();
  readonly store = new HostStore();
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** What is told when the host is asked without a wait; nothing when it is empty. */
  readonly ready: (HostChanges | Error)[] = [];
  /** Answers which are awaited. */
  readonly waiting: Deferred<HostChanges>[] = [];
  readonly vmsRead: VmId[][] = [];
  readonly beingRead = new Set<string>();
  random = 0.5;
  readonly live: LiveHosts;

  constructor(...definitions: HostDefinition[]) {
    this.live = new LiveHosts({
      store: this.store,
      clock: this.clock,
      random: () => this.random,
      watch: (hostId, waitMs, signal) => this.#watch(hostId, waitMs, signal),
      readVms: (hostId, vmIds) => {
        this.asked.push(`vms ${hostId}`);
        this.vmsRead.push([...vmIds]);
        return Promise.resolve();
      },
      readHost: (hostId) => {
        this.asked.push(`host ${hostId}`);
        this.read(hostId);
        return Promise.resolve();
      },
      isBeingRead: (hostId) => this.beingRead.has(hostId),
    });
    for (const definition of definitions) this.store.addHost(definition);
  }

  /** The whole host was read, by whomever. */
  read(hostId: string): void {
    this.store.setInventory(hostId, [], this.clock.now());
    this.live.wasRead(hostId);
  }

  /** The host answers the question that waits. */
  async tell(changes: HostChanges): Promise<void> {
    this.#next().resolve(changes);
    await settled();
  }

  async fail(reason: HyperVErrorReason): Promise<void> {
    this.#next().reject(new HyperVError(reason, 'x'));
    await settled();
  }

  /** What was asked since this was last called. */
  taken(): string[] {
    return this.asked.splice(0);
  }

  #next(): Deferred<HostChanges> {
    const next = this.waiting.shift();
    assert.ok(next, 'nobody waits');
    return next;
  }

  #watch(hostId: string, waitMs: number, signal: AbortSignal): Promise<HostChanges> {
    this.asked.push(`watch ${hostId} ${waitMs}`);
    if (waitMs === 0) {
      const answer = this.ready.shift() ?? nothing;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    }
    const answer = deferred<HostChanges>();
    this.waiting.push(answer);
    signal.addEventListener('abort', () => {
      this.waiting.splice(this.waiting.indexOf(answer), 1);
      answer.reject(new HyperVError('cancelled', 'x'));
    });
    return answer.promise;
  }
}

/** One host that is ready and looked at, and waits for news. */
async function looking(definition: HostDefinition = hosts.ssh): Promise<Rig> {
  const rig = new Rig(definition);
  rig.live.setVisible(true);
  rig.read(definition.id);
  await settled();
  assert.deepEqual(rig.taken(), [definition.kind === 'winrm' ? 'watch w 0' : `watch ${definition.id} 20000`]);
  return rig;
}

describe('hosts that are followed', () => {
  it('are those that are ready, and none before somebody looks', async () => {
    const rig = new Rig(hosts.ssh, hosts.lab);
    rig.read('a');
    await rig.clock.advance(60 * minuteMs);
    assert.deepEqual(rig.taken(), []);
    rig.live.setVisible(true);
    assert.deepEqual(rig.taken(), ['watch a 20000', 'host a']);
    rig.read('l');
    assert.deepEqual(rig.taken(), ['watch l 20000']);
  });

  it('have the VMs read that changed, in one request, and are waited for again', async () => {
    const rig = await looking();
    await rig.tell(changedVms(1, 2));
    await rig.clock.advance(250);
    assert.deepEqual(rig.taken(), ['watch a 0', 'vms a', 'watch a 20000']);
    assert.deepEqual(rig.vmsRead, [[vmId(1), vmId(2)]]);
    await rig.tell(nothing);
    await rig.clock.advance(250);
    assert.deepEqual(rig.taken(), ['watch a 20000']);
  });

  it('have a VM that changes twice in a moment read once', async () => {
    const rig = await looking();
    await rig.tell(changedVms(1, 2));
    rig.ready.push(changedVms(2, 3));
    await rig.clock.advance(250);
    await rig.clock.advance(250);
    assert.deepEqual(rig.vmsRead, [[vmId(1), vmId(2), vmId(3)]]);
  });

  it('are read as a whole, once, when a burst of 500 events comes in pieces', async () => {
    const rig = await looking();
    await rig.tell(changedVms(1, 1));
    rig.ready.push(changedVms(2, 200), changedVms(201, 500));
    for (let i = 0; i < 3; i++) await rig.clock.advance(250);
    assert.deepEqual(
      rig.taken().filter((one) => !one.startsWith('watch')),
      ['host a'],
    );
  });

  it('are read after a second although a burst never ends', async () => {
    const rig = await looking();
    rig.ready.push(...Array.from({ length: 100 }, (_, index) => changedVms(index + 2, index + 2)));
    await rig.tell(changedVms(1, 1));
    for (let i = 0; i < 4; i++) await rig.clock.advance(250);
    assert.deepEqual(rig.vmsRead, [[1, 2, 3, 4, 5].map(vmId)]);
  });

  it('are read as a whole when more than 50 VMs changed, or when VMs came or went', async () => {
    for (const [heard, expected] of [
      [changedVms(1, 50), 'vms a'],
      [changedVms(1, 51), 'host a'],
      [listChanged, 'host a'],
      [{ ...changedVms(1, 1), listChanged: true }, 'host a'],
    ] as const) {
      const rig = await looking();
      await rig.tell(heard);
      await rig.clock.advance(250);
      assert.deepEqual(rig.taken(), ['watch a 0', expected, 'watch a 20000']);
    }
  });

  it('are read as a whole also when that is told only in the end', async () => {
    const rig = await looking();
    await rig.tell(changedVms(1, 1));
    rig.ready.push(listChanged, changedVms(1, 1));
    for (let i = 0; i < 3; i++) await rig.clock.advance(250);
    assert.deepEqual(
      rig.taken().filter((one) => !one.startsWith('watch')),
      ['host a'],
    );
  });

  it('behind one lane are not waited for, but asked every five seconds', async () => {
    const rig = await looking(hosts.winrm);
    await rig.clock.advance(4_999);
    assert.deepEqual(rig.taken(), []);
    rig.ready.push(changedVms(1, 1));
    await rig.clock.advance(1);
    assert.deepEqual(rig.taken(), ['watch w 0', 'vms w']);
    await rig.clock.advance(5_000);
    assert.deepEqual(rig.taken(), ['watch w 0']);
  });
});

describe('watching a host that fails', () => {
  it('begins anew after 2, 4, 8 and at last every 60 seconds, and reads the host once when it works again', async () => {
    const rig = await looking();
    await rig.fail('failed');
    const delays: number[] = [];
    for (let i = 0; i < 6; i++) {
      // The safety net is another matter.
      rig.read('a');
      const [delay = 0] = rig.clock.pending;
      delays.push(delay);
      rig.ready.push(new HyperVError('failed', 'x'));
      await rig.clock.advance(delay);
      assert.deepEqual(
        rig.taken().filter((one) => one !== 'host a'),
        ['watch a 0'],
      );
    }
    assert.deepEqual(delays, [2_000, 4_000, 8_000, 16_000, 32_000, minuteMs]);
    await rig.clock.advance(minuteMs - 1);
    rig.read('a');
    rig.taken();
    await rig.clock.advance(1);
    assert.deepEqual(rig.taken(), ['watch a 0', 'host a', 'watch a 20000']);
  });

  it('waits longer each time also when it fails only after it began, and from the start once it told something', async () => {
    const rig = await looking();
    for (const delay of [2_000, 4_000]) {
      await rig.fail('timeout');
      assert.equal(rig.clock.pending[0], delay);
      await rig.clock.advance(delay);
      assert.deepEqual(rig.taken(), ['watch a 0', 'host a', 'watch a 20000']);
    }
    await rig.tell(nothing);
    await rig.clock.advance(250);
    await rig.fail('protocol');
    assert.equal(rig.clock.pending[0], 2_000);
  });

  it('begins anew a little earlier or later than elsewhere', async () => {
    for (const [random, delay] of [
      [0, 1_600],
      [0.75, 2_200],
    ] as const) {
      const rig = await looking();
      rig.random = random;
      await rig.fail('failed');
      assert.equal(rig.clock.pending[0], delay);
    }
  });

  it('begins anew as well when the VMs that changed could not be read', async () => {
    const rig = await looking();
    const { asked } = rig;
    await rig.tell(changedVms(1, 1));
    rig.vmsRead.push = () => {
      throw new HyperVError('timeout', 'x');
    };
    await rig.clock.advance(250);
    await rig.clock.advance(2_000);
    assert.deepEqual(asked.slice(-4), ['vms a', 'watch a 0', 'host a', 'watch a 20000']);
  });

  it('ends with the host, whose coming back is the matter of others', async () => {
    const rig = await looking();
    rig.store.setStatus('a', { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') });
    await settled();
    assert.deepEqual([rig.waiting, rig.clock.pending], [[], []]);
    await rig.clock.advance(10 * minuteMs);
    assert.deepEqual(rig.taken(), []);
    rig.read('a');
    assert.deepEqual(rig.taken(), ['watch a 20000']);
  });

  it('begins anew with another session when its own is lost', async () => {
    const rig = await looking();
    await rig.fail('sessionLost');
    await rig.clock.advance(2_000);
    assert.deepEqual(rig.taken(), ['watch a 0', 'host a', 'watch a 20000']);
  });

  it('ends when there is no session to be had, until the host was read again', async () => {
    const rig = await looking();
    await rig.fail('signInRefused');
    assert.deepEqual([rig.taken(), rig.clock.pending], [[], [minuteMs]]);
    rig.read('a');
    assert.deepEqual(rig.taken(), ['watch a 20000']);
  });

  it('of the lab ends with its process, and no other is started until somebody asks for it', async () => {
    const rig = await looking(hosts.lab);
    await rig.fail('sessionLost');
    await rig.clock.advance(60 * minuteMs);
    assert.deepEqual(rig.taken(), []);
    rig.read('l');
    assert.deepEqual(rig.taken(), ['watch l 20000']);
  });

  it('ends when the host is taken away, and at the end', async () => {
    for (const end of [
      (rig: Rig) => {
        rig.store.arrange([]);
      },
      (rig: Rig) => {
        rig.live.dispose();
        rig.live.setVisible(false);
        rig.live.setVisible(true);
      },
    ]) {
      const rig = await looking();
      end(rig);
      await settled();
      assert.deepEqual([rig.waiting, rig.clock.pending, rig.taken()], [[], [], []]);
    }
  });
});

describe('a host as a whole', () => {
  it('is read every 60 seconds while somebody looks, counted from its last reading', async () => {
    const rig = await looking();
    await rig.clock.advance(30_000);
    rig.read('a');
    await rig.clock.advance(30_000);
    assert.deepEqual(rig.taken(), []);
    for (let i = 0; i < 3; i++) {
      await rig.clock.advance(i === 0 ? 30_000 : minuteMs);
      assert.deepEqual(rig.taken(), ['host a']);
    }
    rig.random = 0;
    rig.read('a');
    assert.deepEqual(rig.clock.pending, [48_000]);
  });

  it('is not read while it is read already', async () => {
    const rig = await looking();
    rig.beingRead.add('a');
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), []);
    rig.beingRead.clear();
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), ['host a']);
  });
});

describe('a view that nobody sees', () => {
  it('reads no whole host, is told for five minutes what changed, and asks nothing from then on', async () => {
    const rig = await looking();
    rig.live.setVisible(false);
    rig.read('a');
    await rig.clock.advance(4 * minuteMs);
    await rig.tell(changedVms(1, 1));
    await rig.clock.advance(250);
    assert.deepEqual(rig.taken(), ['watch a 0', 'vms a', 'watch a 20000']);
    await rig.clock.advance(minuteMs);
    assert.deepEqual([rig.waiting, rig.clock.pending], [[], []]);
    for (let i = 0; i < 60; i++) await rig.clock.advance(minuteMs);
    rig.read('a');
    assert.deepEqual([rig.taken(), rig.clock.pending], [[], []]);
  });

  it('reads each host at once, once, when somebody sees it again after that', async () => {
    const rig = await looking();
    rig.live.setVisible(false);
    await rig.clock.advance(5 * minuteMs);
    rig.read('a');
    rig.live.setVisible(true);
    assert.deepEqual(rig.taken(), ['watch a 20000', 'host a']);
    rig.live.setVisible(false);
    await rig.clock.advance(5 * minuteMs);
    rig.beingRead.add('a');
    rig.live.setVisible(true);
    assert.deepEqual(rig.taken(), ['watch a 20000']);
  });

  it('that is seen again sooner reads only what was read more than 60 seconds ago', async () => {
    const rig = await looking();
    rig.live.setVisible(false);
    await rig.clock.advance(59_000);
    rig.live.setVisible(true);
    assert.deepEqual([rig.taken(), rig.clock.pending], [[], [minuteMs]]);
    rig.live.setVisible(false);
    await rig.clock.advance(1_000);
    rig.live.setVisible(true);
    assert.deepEqual(rig.taken(), ['host a']);
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), ['host a']);
  });
});
