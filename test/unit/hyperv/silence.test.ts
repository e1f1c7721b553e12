// When a host is taken to have fallen silent: a reading finds what it should have told. Time is the test's.
import assert from 'node:assert/strict';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import type { HostChanges } from '../../../src/hyperv/api';
import { HostStore } from '../../../src/hyperv/hostStore';
import { LiveHosts } from '../../../src/hyperv/liveHosts';
import { eventful, SilenceCheck } from '../../../src/hyperv/silence';
import { deferred } from '../../../src/powershell/deferred';
import type { Deferred } from '../../../src/powershell/deferred';
import { HyperVError } from '../../../src/domain/errors';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId, withService } from '../../support/vms';

const on = makeVm({ state: 'running', stateCode: 2 });
const off = { ...on, state: 'off', stateCode: 3 } as const;
const other = makeVm({ id: vmId(2), name: 'other' });
const asMap = (...vms: VmRecord[]): ReadonlyMap<VmId, VmRecord> => new Map(vms.map((vm) => [vm.id, vm]));
const nothing: HostChanges = { changed: [], listChanged: false };
const minuteMs = 60_000;

describe('what a host tells of', () => {
  it('is another state or name, and VMs that came or went', () => {
    assert.deepEqual(eventful(asMap(on, other), asMap(off, other)), { changed: [on.id], listChanged: false });
    assert.deepEqual(eventful(asMap(on), asMap({ ...on, name: 'x' })), { changed: [on.id], listChanged: false });
    assert.deepEqual(eventful(asMap(on), asMap(on, other)), { changed: [], listChanged: true });
    assert.deepEqual(eventful(asMap(on, other), asMap(on)), { changed: [], listChanged: true });
  });

  it('is not what has no events', () => {
    const others = [
      withService(on, 'vss', { enabled: false }),
      { ...on, heartbeat: 'noContact', uptimeMs: 1, memoryMB: 1, notes: 'x', processors: 99 } as const,
    ];
    for (const one of others) assert.deepEqual(eventful(asMap(on), asMap(one)), nothing);
  });
});

describe('a silent host', () => {
  let clock: ManualClock;
  let silences: number;
  let check: SilenceCheck;
  beforeEach(() => {
    clock = new ManualClock();
    silences = 0;
    check = new SilenceCheck(clock, () => silences++);
  });
  const find = (): void => {
    check.compare(asMap(on), asMap(off), clock.now());
  };

  it('is one whose change nobody told, neither before the reading nor within a while after it', async () => {
    find();
    await clock.advance(14_999);
    assert.equal(silences, 0);
    await clock.advance(1);
    assert.equal(silences, 1);
  });

  it('is not one that tells of it later, or told of it a moment before', async () => {
    find();
    await clock.advance(5_000);
    check.told({ changed: [on.id], listChanged: false });
    await clock.advance(minuteMs);
    check.told({ changed: [on.id], listChanged: false });
    await clock.advance(5_000);
    find();
    await clock.advance(minuteMs);
    assert.equal(silences, 0);
  });

  it('is one that tells of something else only', async () => {
    find();
    check.told({ changed: [other.id], listChanged: true });
    await clock.advance(minuteMs);
    assert.equal(silences, 1);
  });

  it('is not one of which nothing but other facts changed', async () => {
    check.compare(asMap(on), asMap({ ...on, heartbeat: 'noContact' }), clock.now());
    await clock.advance(minuteMs);
    assert.deepEqual([silences, clock.pending], [0, []]);
  });

  it('is asked anew less and less often when that does not help, and at once after it has told something', async () => {
    const times: number[] = [];
    let last = 0;
    for (let minute = 0; minute < 20; minute++) {
      find();
      await clock.advance(minuteMs);
      if (silences > last) times.push(minute);
      last = silences;
    }
    assert.deepEqual(times, [0, 2, 5, 10, 19]);
    check.told({ changed: [other.id], listChanged: false });
    await clock.advance(minuteMs);
    find();
    await clock.advance(minuteMs);
    assert.equal(silences, 6);
  });

  it('is forgotten with who watches it', async () => {
    find();
    check.dispose();
    await clock.advance(minuteMs);
    assert.deepEqual([silences, clock.pending], [0, []]);
  });
});

class Rig {
  readonly clock = new ManualClock();
  readonly store = new HostStore();
  readonly asked: string[] = [];
  readonly waiting: Deferred<HostChanges>[] = [];
  vm: VmRecord = on;
  readonly live = new LiveHosts({
    store: this.store,
    clock: this.clock,
    random: () => 0.5,
    watch: (_, waitMs, signal, anew) => {
      this.asked.push(`watch ${waitMs}${anew ? ' anew' : ''}`);
      if (waitMs === 0) return Promise.resolve(nothing);
      const answer = deferred<HostChanges>();
      if (signal.aborted) answer.reject(new HyperVError('cancelled', 'x'));
      signal.addEventListener('abort', () => {
        answer.reject(new HyperVError('cancelled', 'x'));
      });
      this.waiting.push(answer);
      return answer.promise;
    },
    readVms: () => Promise.resolve(),
    readHost: () => {
      this.asked.push('host');
      this.read();
      return Promise.resolve();
    },
    isBeingRead: () => false,
  });

  read(): void {
    this.store.setInventory('a', [this.vm], this.clock.now());
    this.live.wasRead('a');
  }

  taken(): string[] {
    return this.asked.splice(0);
  }
}

describe('a host that is followed', () => {
  it('is asked anew to tell, and read, after a reading found what it did not tell', async () => {
    const rig = new Rig();
    rig.store.addHost({ kind: 'ssh', id: 'a', name: 'a', target: { host: 'a' } });
    rig.live.setVisible(true);
    rig.read();
    await settled();
    assert.deepEqual(rig.taken(), ['watch 20000']);
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), ['host'], 'nothing had changed');
    rig.vm = off;
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), ['host']);
    await rig.clock.advance(15_000);
    await settled();
    const asked = rig.taken();
    assert.deepEqual(asked.slice(0, 2), ['watch 0 anew', 'host']);
    assert.equal(asked.at(-1), 'watch 20000');
    await rig.clock.advance(minuteMs);
    assert.deepEqual(rig.taken(), ['host'], 'all is told again');
    rig.live.dispose();
    assert.deepEqual(rig.clock.pending, []);
  });
});
