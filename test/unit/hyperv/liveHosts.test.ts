// What becomes of the store when a host says that VMs changed: the service and a host that a test speaks for.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import type { HostChanges } from '../../../src/hyperv/api';
import type { HostConnection } from '../../../src/hyperv/hostConnection';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { StoreChange } from '../../../src/hyperv/hostStore';
import { deferred } from '../../../src/powershell/deferred';
import type { Deferred } from '../../../src/powershell/deferred';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId, withService } from '../../support/vms';

class Rig {
  readonly clock = new ManualClock();
  readonly store = new HostStore();
  readonly asked: string[] = [];
  readonly events: StoreChange[] = [];
  readonly vms = new Map<VmId, VmRecord>([1, 2, 3].map((n) => [vmId(n), makeVm({ id: vmId(n), name: `vm-${n}` })]));
  /** Readings of single VMs wait for the test while this is set. */
  reading: Deferred<VmRecord> | undefined;
  /** The same for readings of several. */
  readingMany: Deferred<readonly VmRecord[]> | undefined;
  readonly service: HostService;
  #watched: Deferred<HostChanges> | undefined;

  constructor() {
    const host: Partial<HostConnection> = {
      inventory: () => {
        this.asked.push('inventory');
        const stats = { cimQueries: 15, frames: 1, bytes: 1, ms: 1 };
        return Promise.resolve({ vms: [...this.vms.values()], stats });
      },
      readVm: (id) => {
        this.asked.push(`vm ${this.#number(id)}`);
        return this.reading?.promise ?? Promise.resolve(this.#vm(id));
      },
      readVms: (ids) => {
        this.asked.push(`vms ${ids.map((id) => this.#number(id)).join()}`);
        return this.readingMany?.promise ?? Promise.resolve(ids.flatMap((id) => this.vms.get(id) ?? []));
      },
      change: (_method, { id }) => Promise.resolve(this.#vm(id)),
      watch: (waitMs, signal) => {
        if (waitMs === 0) return Promise.resolve({ changed: [], listChanged: false });
        this.asked.push('watch');
        const watched = deferred<HostChanges>();
        signal?.addEventListener('abort', () => {
          watched.reject(new HyperVError('cancelled', 'x'));
        });
        this.#watched = watched;
        return watched.promise;
      },
      stop: () => Promise.resolve(),
    };
    const connect = (): Promise<HostConnection> => Promise.resolve(host as HostConnection);
    this.service = new HostService({ store: this.store, clock: this.clock, connect });
    this.service.addHost({ kind: 'local', id: 'h', name: 'HV1' });
  }

  /** A host that is ready and looked at. */
  static async looking(): Promise<Rig> {
    const rig = new Rig();
    rig.service.setVisible(true);
    await rig.service.refresh('h');
    await settled();
    rig.store.onDidChange((change) => rig.events.push(change));
    assert.deepEqual(rig.asked.splice(0), ['inventory', 'watch']);
    return rig;
  }

  /** The host says that these VMs changed, and has been read by the time this ends. */
  async changed(...numbers: readonly number[]): Promise<void> {
    this.#watched?.resolve({ changed: numbers.map(vmId), listChanged: false });
    await settled();
    await this.clock.advance(250);
    await settled();
  }

  put(number: number, facts: Partial<VmRecord>): void {
    this.vms.set(vmId(number), { ...this.#vm(vmId(number)), ...facts });
  }

  #vm(id: VmId): VmRecord {
    const vm = this.vms.get(id);
    if (vm === undefined) throw new HyperVError('vmNotFound', 'gone');
    return vm;
  }

  #number(id: VmId): number {
    return Number(id.slice(-12));
  }
}

describe('the store of hosts that are followed', () => {
  it('has what was changed behind our back, and of each VM one event that touches its row alone', async () => {
    const rig = await Rig.looking();
    rig.put(1, { state: 'off', stateCode: 3 });
    rig.put(2, { state: 'paused', stateCode: 9 });
    await rig.changed(1, 2, 3);
    assert.deepEqual(rig.asked, ['vms 1,2,3', 'watch']);
    assert.deepEqual([rig.store.vm('h', vmId(1))?.state, rig.store.vm('h', vmId(2))?.state], ['off', 'paused']);
    assert.deepEqual(
      rig.events,
      [vmId(1), vmId(2)].map((id) => ({ kind: 'vms', hostId: 'h', changed: [id], structure: false })),
    );
  });

  it('has VMs that got another name or are gone in their new place', async () => {
    const rig = await Rig.looking();
    rig.put(1, { name: 'renamed' });
    rig.vms.delete(vmId(2));
    await rig.changed(1, 2);
    assert.equal(rig.store.vm('h', vmId(1))?.name, 'renamed');
    assert.equal(rig.store.vm('h', vmId(2)), undefined);
    assert.deepEqual(
      rig.events.map((event) => event.kind === 'vms' && event.structure),
      [true, true],
    );
  });

  it('keeps what was said of a VM after the reading of many had begun', async () => {
    const rig = await Rig.looking();
    const slow = deferred<readonly VmRecord[]>();
    rig.readingMany = slow;
    await rig.changed(1);
    rig.put(1, { state: 'paused' });
    await rig.service.change('h', 'vm.pause', { id: vmId(1) });
    slow.resolve([makeVm()]);
    await settled();
    assert.equal(rig.store.vm('h', vmId(1))?.state, 'paused');
  });

  it('has a VM that somebody else changes to the end of the change', async () => {
    const rig = await Rig.looking();
    rig.put(1, { state: 'saving' });
    await rig.changed(1);
    rig.put(1, { state: 'saved' });
    await rig.clock.advance(1_000);
    assert.equal(rig.store.vm('h', vmId(1))?.state, 'saved');
  });

  it('reads VMs that are followed after a change of ours by that alone, and never twice at a time', async () => {
    const rig = await Rig.looking();
    rig.put(1, withService(makeVm(), 'vss', { status: 'noContact' }));
    await rig.service.change('h', 'vm.start', { id: vmId(1) });
    await rig.changed(1, 2);
    assert.deepEqual(rig.asked.splice(0), ['vm 1', 'vms 2', 'watch']);
    // Told again while it is read: the answer may be older than what was told.
    const reading = deferred<VmRecord>();
    rig.reading = reading;
    await rig.clock.advance(1_000);
    await rig.changed(1);
    await rig.changed(1);
    assert.deepEqual(rig.asked.splice(0), ['vm 1', 'watch', 'watch']);
    rig.reading = undefined;
    rig.put(1, { state: 'off' });
    reading.resolve(makeVm());
    await settled();
    assert.deepEqual(rig.asked, ['vm 1']);
    assert.equal(rig.store.vm('h', vmId(1))?.state, 'off');
  });

  it('is not filled while nobody looks', async () => {
    const rig = new Rig();
    await rig.service.refresh('h');
    for (let i = 0; i < 10; i++) await rig.clock.advance(60_000);
    assert.deepEqual(rig.asked, ['inventory']);
    rig.service.setVisible(true);
    await settled();
    assert.deepEqual(rig.asked, ['inventory', 'watch', 'inventory']);
  });

  it('is filled no more after the end', async () => {
    const rig = await Rig.looking();
    await rig.service.dispose();
    await settled();
    rig.service.setVisible(false);
    rig.service.setVisible(true);
    assert.deepEqual([rig.asked, rig.clock.pending], [[], []]);
  });
});
