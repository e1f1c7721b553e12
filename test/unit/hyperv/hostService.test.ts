import assert from 'node:assert/strict';
import { Emitter } from '../../../src/domain/emitter';
import { HyperVError } from '../../../src/domain/errors';
import type { ProbeFacts } from '../../../src/domain/readiness';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import type { ChangeMethod, Inventory } from '../../../src/hyperv/api';
import type { HostConnection } from '../../../src/hyperv/hostConnection';
import type { RemoteHostDefinition } from '../../../src/hyperv/hostOrder';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import { deferred } from '../../../src/powershell/deferred';
import type { SupervisorDiagnostics } from '../../../src/powershell/diagnostics';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId, withService } from '../../support/vms';

/** A host whose answers a test sets. */
class FakeHost implements HostConnection {
  readonly asked: string[] = [];
  vms = new Map<VmId, VmRecord>([[vmId(1), makeVm()]]);
  stopped = 0;
  retried = 0;
  revived = 0;
  readonly losses = new Emitter<undefined>();
  readonly onDidLose = this.losses.event;
  /** Replaces the next answers of one kind. */
  onInventory: (() => Promise<readonly VmRecord[]>) | undefined;
  onRead: (() => Promise<VmRecord>) | undefined;
  onChange: ((method: ChangeMethod, onSeen?: (vm: VmRecord) => void) => Promise<VmRecord>) | undefined;
  onProbe: (() => Promise<ProbeFacts>) | undefined;
  onDiagnostics: (() => Promise<SupervisorDiagnostics>) | undefined;
  probes = 0;
  lastSignal: AbortSignal | undefined;

  async inventory(signal?: AbortSignal): Promise<Inventory> {
    this.asked.push('inventory');
    this.lastSignal = signal;
    const vms = await (this.onInventory?.() ?? Promise.resolve([...this.vms.values()]));
    return { vms, stats: { cimQueries: 15, frames: 1, bytes: 1, ms: 1 } };
  }

  async readVm(id: VmId): Promise<VmRecord> {
    this.asked.push('read');
    if (this.onRead) return this.onRead();
    const vm = this.vms.get(id);
    if (vm === undefined) throw new HyperVError('vmNotFound', 'gone');
    return Promise.resolve(vm);
  }

  readVms(ids: readonly VmId[]): Promise<readonly VmRecord[]> {
    this.asked.push('readVms');
    return Promise.resolve(ids.flatMap((id) => this.vms.get(id) ?? []));
  }

  watch(): Promise<never> {
    return Promise.reject(new HyperVError('notSupported', 'This host tells nothing by itself.'));
  }

  change(
    method: ChangeMethod,
    _parameters: unknown,
    _signal?: AbortSignal,
    onSeen?: (vm: VmRecord) => void,
  ): Promise<VmRecord> {
    this.asked.push(method);
    return this.onChange?.(method, onSeen) ?? Promise.resolve(makeVm({ state: 'off' }));
  }

  probe(): Promise<ProbeFacts> {
    this.probes++;
    return this.onProbe?.() ?? Promise.reject(new HyperVError('timeout', 'no answer'));
  }

  readKvp(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  readHealth(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  readCheckpoints(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  changeCheckpoints(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  applyKvp(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  diagnostics(): Promise<SupervisorDiagnostics> {
    this.asked.push('diagnostics');
    return this.onDiagnostics?.() ?? Promise.reject(new HyperVError('failed', 'not asked for'));
  }

  retry(): void {
    this.retried++;
  }

  revive(): void {
    this.revived++;
  }

  stop(): Promise<void> {
    this.stopped++;
    return Promise.resolve();
  }
}

function remote(host: string, name = host): RemoteHostDefinition {
  return { kind: 'ssh', id: `ssh:${host}`, name, target: { host }, configFile: undefined };
}

function ids(store: HostStore): string[] {
  return store.hosts().map(({ definition }) => definition.id);
}

/** In steps, so that timers which are set on the way come due as well. */
async function advance(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) await clock.advance(500);
}

function setUp() {
  const host = new FakeHost();
  const store = new HostStore();
  const clock = new ManualClock();
  let connects = 0;
  const service = new HostService({
    store,
    clock,
    connect: () => {
      connects++;
      return Promise.resolve(host);
    },
  });
  service.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
  return { host, store, clock, service, connects: () => connects };
}

describe('the host service', () => {
  it('nothing is connected until somebody asks, and then once', async () => {
    const { service, connects } = setUp();
    assert.equal(connects(), 0);
    await service.refresh('h1');
    await service.refresh('h1');
    assert.equal(connects(), 1);
  });

  it('a report on sessions names hosts nobody looked at, starts nothing, and survives a host without an answer', async () => {
    const { service, host, connects } = setUp();
    service.addHost({ kind: 'lab', id: 'h2', name: 'HV2', spec: {}, index: 0 });
    assert.equal(
      await service.sessionReport(),
      'Host: HV1 (local)\n  session: not started\n\nHost: HV2 (lab)\n  session: not started\n',
    );
    assert.equal(connects(), 0);
    await service.refresh('h1');
    assert.match(await service.sessionReport(['h1']), /^Host: HV1 \(local\)\n {2}session: not started\n$/);
    const none = { recycled: 0, closedIdle: 0, failure: undefined, session: undefined };
    host.onDiagnostics = () => Promise.resolve({ state: 'ready', starts: 2, ...none });
    assert.match(await service.sessionReport(), /HV1 \(local\)\n {2}session: ready; 2 started/);
    assert.equal(connects(), 1);
  });

  it('a refresh fills the store and says so in the status', async () => {
    const { service, store } = setUp();
    const refreshing = service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'connecting');
    await refreshing;
    assert.equal(store.host('h1')?.status.kind, 'ready');
    assert.equal(store.vm('h1', vmId(1))?.name, 'vm-1');
  });

  it('a refresh that fails is the status of the host; one that was cancelled is none', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onInventory = () => Promise.reject(new HyperVError('cancelled', 'x'));
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'ready');
    host.onInventory = () => Promise.reject(new HyperVError('serviceStopped', 'x'));
    await service.refresh('h1');
    const status = store.host('h1')?.status;
    assert.ok(status?.kind === 'failed' && status.error.reason === 'serviceStopped');
    assert.equal(store.host('h1')?.vms.size, 1);
  });

  it('a local host that said no is asked why, and the store keeps its answer with the failure', async () => {
    for (const reason of ['accessDenied', 'serviceStopped', 'moduleMissing', 'failed'] as const) {
      const { service, store, host } = setUp();
      host.onInventory = () => Promise.reject(new HyperVError(reason, 'x'));
      const facts = { serviceState: 'stopped' } as ProbeFacts;
      host.onProbe = () => Promise.resolve(facts);
      await service.refresh('h1');
      const record = store.host('h1');
      assert.ok(record?.status.kind === 'failed' && record.status.error.reason === reason);
      assert.equal(record.probe, facts);
    }
  });

  it('a host that did not answer at all, and one of the lab, is not asked why', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await service.refresh('h1');
    service.addHost({ kind: 'lab', id: 'h2', name: 'LAB', spec: {}, index: 0 });
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    await service.refresh('h2');
    assert.equal(host.probes, 0);
    assert.deepEqual([store.host('h1')?.status.kind, store.host('h2')?.status.kind], ['failed', 'failed']);
  });

  it('a probe that fails itself leaves the failure as it was; one of an earlier failure does not stay', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    host.onProbe = () => Promise.resolve({} as ProbeFacts);
    await service.refresh('h1');
    assert.ok(store.host('h1')?.probe);
    host.onProbe = undefined;
    await service.refresh('h1');
    const record = store.host('h1');
    assert.ok(record?.status.kind === 'failed' && record.status.error.reason === 'accessDenied');
    assert.equal(record.probe, undefined);
  });

  it('a failure that is still being explained does not hide a read that has worked meanwhile', async () => {
    const { service, store, host } = setUp();
    const probe = deferred<ProbeFacts>();
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    host.onProbe = () => probe.promise;
    const failing = service.refresh('h1');
    await settled();
    host.onInventory = undefined;
    await service.refresh('h1');
    probe.resolve({} as ProbeFacts);
    await failing;
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('a cancelled refresh does not hide what another one found', async () => {
    const { service, store, host } = setUp();
    const first = deferred<readonly VmRecord[]>();
    const second = deferred<readonly VmRecord[]>();
    const answers = [first, second];
    host.onInventory = () => answers.shift()?.promise ?? Promise.resolve([]);
    const refreshes = [service.refresh('h1'), service.refresh('h1')];
    await settled();
    first.resolve([makeVm()]);
    await settled();
    second.reject(new HyperVError('cancelled', 'x'));
    await Promise.all(refreshes);
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('a first refresh that was cancelled leaves the host as if nobody had asked', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('cancelled', 'x'));
    await Promise.all([service.refresh('h1'), service.refresh('h1')]);
    assert.equal(store.host('h1')?.status.kind, 'idle');
  });

  it('a change puts into the store what the host said, not what was asked for', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onChange = () => Promise.resolve(makeVm({ state: 'paused' }));
    const vm = await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    assert.equal(vm.state, 'paused');
    assert.equal(store.vm('h1', vmId(1))?.state, 'paused');
  });

  it('while the host works on a change, the store shows what it says of the VM', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const work = deferred<VmRecord>();
    host.onChange = (_method, onSeen) => {
      onSeen?.(makeVm({ state: 'saving' }));
      return work.promise;
    };
    const saved = service.change('h1', 'vm.save', { id: vmId(1) });
    await settled();
    assert.equal(store.vm('h1', vmId(1))?.state, 'saving');
    work.resolve(makeVm({ state: 'saved' }));
    await saved;
    assert.equal(store.vm('h1', vmId(1))?.state, 'saved');
  });

  it('a change that fails leaves the store alone and keeps its reason', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const before = store.vm('h1', vmId(1));
    host.onChange = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    await assert.rejects(service.change('h1', 'vm.save', { id: vmId(1) }), (error) =>
      HyperVError.is(error, 'accessDenied'),
    );
    await settled();
    assert.equal(store.vm('h1', vmId(1)), before);
    assert.deepEqual(host.asked, ['inventory', 'vm.save']);
  });

  it('a change whose outcome nobody knows is not repeated; the VM is read', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.vms.set(vmId(1), makeVm({ state: 'off' }));
    host.onChange = () => Promise.reject(new HyperVError('sessionLost', 'x', 'unknown'));
    await assert.rejects(service.change('h1', 'vm.turnOff', { id: vmId(1) }));
    await settled();
    assert.deepEqual(host.asked, ['inventory', 'vm.turnOff', 'read']);
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
  });

  it('a VM that is gone leaves the store; a host that does not answer takes none with it', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onRead = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await assert.rejects(service.readVm('h1', vmId(1)));
    assert.ok(store.vm('h1', vmId(1)));
    host.onRead = () => Promise.reject(new HyperVError('vmNotFound', 'x'));
    assert.equal(await service.readVm('h1', vmId(1)), undefined);
    assert.equal(store.vm('h1', vmId(1)), undefined);
  });

  it('an inventory that was under way before a change does not undo what the change said', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const slow = deferred<readonly VmRecord[]>();
    host.onInventory = () => slow.promise;
    const refreshing = service.refresh('h1');
    await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    slow.resolve([makeVm({ state: 'running' }), makeVm({ id: vmId(2) })]);
    await refreshing;
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
    assert.equal(store.host('h1')?.vms.size, 2);
  });

  it('a failed connection is tried anew by the next request', async () => {
    const host = new FakeHost();
    const store = new HostStore();
    let attempts = 0;
    const service = new HostService({
      store,
      clock: new ManualClock(),
      connect: () => (++attempts === 1 ? Promise.reject(new Error('no bundle')) : Promise.resolve(host)),
    });
    service.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'failed');
    await service.retry('h1');
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('retry clears the failures of the session before it reads', async () => {
    const { service, host } = setUp();
    await service.refresh('h1');
    await service.retry('h1');
    assert.equal(host.retried, 1);
    assert.deepEqual(host.asked, ['inventory', 'inventory']);
  });

  it('a removed host is stopped, and a new one of the same name is connected anew', async () => {
    const { service, host, store, connects } = setUp();
    await service.setRemoteHosts([remote('lab01')]);
    await service.refresh('ssh:lab01');
    await service.setRemoteHosts([]);
    assert.equal(host.stopped, 1);
    assert.deepEqual(ids(store), ['h1']);
    await service.setRemoteHosts([remote('lab01')]);
    await service.refresh('ssh:lab01');
    assert.equal(connects(), 2);
  });

  it('a host that is removed while one of its VMs is read is not asked again', async () => {
    const { service, host, clock } = setUp();
    await service.setRemoteHosts([remote('lab01')]);
    const slow = deferred<VmRecord>();
    host.onChange = () => Promise.reject(new HyperVError('sessionLost', 'x', 'unknown'));
    host.onRead = () => slow.promise;
    await assert.rejects(service.change('ssh:lab01', 'vm.start', { id: vmId(1) }));
    await settled();
    await service.setRemoteHosts([]);
    slow.resolve(makeVm({ state: 'starting' }));
    await settled();
    await advance(clock, 5_000);
    assert.deepEqual(clock.pending, []);
    assert.deepEqual(host.asked, ['vm.start', 'read']);
  });

  it('disposing cancels what is under way and stops every session', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm({ state: 'starting' }));
    await service.refresh('h1');
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await service.dispose();
    assert.equal(host.lastSignal?.aborted, true);
    assert.equal(host.stopped, 1);
    assert.equal(clock.pending.length, 0);
    await service.refresh('h1');
    assert.equal(host.asked.length, 2);
  });
});

describe('hosts of the settings', () => {
  /** A service whose hosts are each a fake of their own. */
  const setUpMany = () => {
    const fakes = new Map<string, FakeHost>();
    const store = new HostStore();
    const connected: string[] = [];
    const service = new HostService({
      store,
      clock: new ManualClock(),
      connect: ({ id }) => {
        connected.push(id);
        const fake = fakes.get(id) ?? new FakeHost();
        fakes.set(id, fake);
        return Promise.resolve(fake);
      },
    });
    const fake = (host: string): FakeHost => {
      const known = fakes.get(`ssh:${host}`) ?? new FakeHost();
      fakes.set(`ssh:${host}`, known);
      return known;
    };
    return { service, store, connected, fake };
  };

  it('stand between this computer and the demo lab, in their own order, whoever comes first', async () => {
    const { service, store } = setUpMany();
    service.addHost({ kind: 'lab', id: 'lab', name: 'LAB', spec: {}, index: 0 });
    await service.setRemoteHosts([remote('b'), remote('a')]);
    service.addHost({ kind: 'local', id: 'local', name: 'PC' });
    assert.deepEqual(ids(store), ['local', 'ssh:b', 'ssh:a', 'lab']);
    await service.setRemoteHosts([remote('a'), remote('c'), remote('b')]);
    assert.deepEqual(ids(store), ['local', 'ssh:a', 'ssh:c', 'ssh:b', 'lab']);
  });

  it('keep session and VMs under another name and in another place, and make no event when nothing changed', async () => {
    const { service, store, connected, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    const events: string[] = [];
    store.onDidChange(({ kind }) => events.push(kind));
    await service.setRemoteHosts([remote('b'), remote('a', 'Renamed')]);
    await service.setRemoteHosts([remote('b'), remote('a', 'Renamed')]);
    assert.deepEqual(events, ['hosts']);
    const host = store.host('ssh:a');
    assert.deepEqual([host?.definition.name, host?.status.kind, host?.vms.size], ['Renamed', 'ready', 1]);
    await service.refresh('ssh:a');
    assert.deepEqual(connected, ['ssh:a']);
    assert.equal(fake('a').stopped, 0);
  });

  it('that come back after they were taken away are asked anew whose a VM is that two of them list', async () => {
    const { service, fake } = setUpMany();
    const reads = (): number => fake('a').asked.filter((asked) => asked === 'read').length;
    const both = [remote('a'), remote('b')];
    await service.setRemoteHosts(both);
    await service.refresh('ssh:a');
    for (const expected of [1, 2]) {
      await service.refresh('ssh:b');
      await service.refresh('ssh:b');
      await settled();
      assert.equal(reads(), expected);
      await service.setRemoteHosts([remote('a')]);
      await service.setRemoteHosts(both);
    }
  });

  it('that are reached in another way from now on begin anew', async () => {
    const { service, store, connected, fake } = setUpMany();
    await service.setRemoteHosts([remote('a')]);
    await service.refresh('ssh:a');
    await service.setRemoteHosts([{ ...remote('a'), configFile: '/other' } as RemoteHostDefinition]);
    assert.equal(fake('a').stopped, 1);
    assert.equal(store.host('ssh:a')?.status.kind, 'idle');
    assert.equal(store.host('ssh:a')?.vms.size, 0);
    await service.refresh('ssh:a');
    assert.deepEqual(connected, ['ssh:a', 'ssh:a']);
  });

  it('that were removed are not changed by what they answer afterwards, even when they are back', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a')]);
    const slow = deferred<readonly VmRecord[]>();
    fake('a').onInventory = () => slow.promise;
    const refreshing = service.refresh('ssh:a');
    await settled();
    assert.equal(fake('a').lastSignal?.aborted, false);
    await service.setRemoteHosts([]);
    assert.equal(fake('a').lastSignal?.aborted, true);
    await service.setRemoteHosts([remote('a')]);
    slow.resolve([makeVm()]);
    await refreshing;
    assert.equal(store.host('ssh:a')?.status.kind, 'idle');
    assert.equal(store.host('ssh:a')?.vms.size, 0);
  });

  it('a VM that moved is shown under its new host alone', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    fake('b').vms.clear();
    await Promise.all([service.refresh('ssh:a'), service.refresh('ssh:b')]);
    fake('a').vms.clear();
    fake('b').vms.set(vmId(1), makeVm());
    await service.refresh('ssh:b');
    await settled();
    assert.equal(store.vm('ssh:a', vmId(1)), undefined);
    assert.ok(store.vm('ssh:b', vmId(1)));
    // And back again.
    fake('b').vms.clear();
    fake('a').vms.set(vmId(1), makeVm());
    await service.refresh('ssh:a');
    await settled();
    assert.deepEqual([store.host('ssh:a')?.vms.size, store.host('ssh:b')?.vms.size], [1, 0]);
  });

  it('a replica stays visible on both hosts, and is read again only once', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    await service.refresh('ssh:b');
    await settled();
    for (const host of ['ssh:b', 'ssh:a']) await service.refresh(host);
    await settled();
    assert.deepEqual(fake('a').asked, ['inventory', 'read', 'inventory']);
    assert.deepEqual(fake('b').asked, ['inventory', 'inventory']);
    assert.deepEqual([store.host('ssh:a')?.vms.size, store.host('ssh:b')?.vms.size], [1, 1]);
  });

  it('a host that cannot be asked keeps its VM', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    fake('a').onRead = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await service.refresh('ssh:b');
    await settled();
    assert.ok(store.vm('ssh:a', vmId(1)));
  });

  it('what is asked of a VM that is gone names the host which has it', async () => {
    const { service, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b', 'Node B')]);
    fake('a').onChange = () => Promise.reject(new HyperVError('vmNotFound', 'gone'));
    const found: (string | undefined)[] = [];
    const ask = async (): Promise<void> => {
      for (const attempt of [
        service.change('ssh:a', 'vm.start', { id: vmId(1) }),
        service.details.readKvp('ssh:a', vmId(1)),
        service.details.readHealth('ssh:a', vmId(1)),
        service.details.applyKvp('ssh:a', vmId(1), 'hostOnly', { set: [], remove: [] } as never),
      ]) {
        await assert.rejects(attempt, (error) => {
          assert.ok(HyperVError.is(error, 'vmNotFound'));
          found.push(error.detail.foundOn);
          return true;
        });
      }
    };
    await ask();
    await service.refresh('ssh:b');
    await ask();
    assert.deepEqual(found, [...Array<undefined>(4).fill(undefined), ...Array<string>(4).fill('Node B')]);
  });
});

describe('following a VM', () => {
  it('a VM found in the middle of a change is read until it rests', async () => {
    const { service, host, store, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'starting' }));
    await service.refresh('h1');
    await advance(clock, 2_000);
    assert.deepEqual(host.asked, ['inventory', 'read', 'read']);
    host.vms.set(vmId(1), makeVm());
    await advance(clock, 1_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'running');
    assert.equal(clock.pending.length, 0);
  });

  it('after a start the guest halves of the services are awaited', async () => {
    const { service, host, clock } = setUp();
    const booting = withService(makeVm(), 'heartbeat', { status: 'noContact' });
    host.onChange = () => Promise.resolve(booting);
    host.vms.set(vmId(1), booting);
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), makeVm());
    await advance(clock, 5_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a guest that was asked to shut down is followed until it is off, however long it takes', async () => {
    const { service, host, store, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await advance(clock, 20 * 60_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'running');
    host.vms.set(vmId(1), makeVm({ state: 'off' }));
    await advance(clock, 15_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
    assert.equal(clock.pending.length, 0);
    assert.ok(host.asked.length < 100, 'every fifteen seconds at most');
  });

  it('a guest that was asked to restart is followed until it has, and until its services answer', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm({ uptimeMs: 100_000 }));
    host.vms.set(vmId(1), makeVm({ uptimeMs: 200_000 }));
    await service.change('h1', 'vm.restartGuest', { id: vmId(1) });
    await advance(clock, 10 * 60_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), withService(makeVm({ uptimeMs: 1_000 }), 'heartbeat', { status: 'noContact' }));
    await advance(clock, 60_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), makeVm({ uptimeMs: 90_000 }));
    await advance(clock, 15_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a heartbeat that is gone for a moment is no sign that a guest has shut down', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    for (const heartbeat of ['noContact', 'healthy'] as const) {
      host.vms.set(vmId(1), makeVm({ heartbeat }));
      await advance(clock, 30_000);
    }
    assert.equal(clock.pending.length, 1);
  });

  it('a VM that went another way than its guest was asked is followed no longer', async () => {
    for (const [method, state] of [
      ['vm.shutDown', 'saved'],
      ['vm.shutDown', 'paused'],
      ['vm.restartGuest', 'off'],
    ] as const) {
      const { service, host, clock } = setUp();
      host.onChange = () => Promise.resolve(makeVm());
      await service.change('h1', method, { id: vmId(1) });
      host.vms.set(vmId(1), makeVm({ state }));
      await advance(clock, 5_000);
      assert.equal(clock.pending.length, 0, state);
    }
  });

  it('another change does not make it forget the guest, unless the VM has come to rest by it', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await service.change('h1', 'service.set', { id: vmId(1), service: 'vss', enabled: true });
    await advance(clock, 5 * 60_000);
    assert.equal(clock.pending.length, 1);
    host.onChange = () => Promise.resolve(makeVm({ state: 'off' }));
    await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    assert.equal(clock.pending.length, 0);
  });

  it('a guest that never does it is given up after half an hour', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await advance(clock, 29 * 60_000);
    assert.equal(clock.pending.length, 1);
    await advance(clock, 2 * 60_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a shutdown that somebody else asked for, or that may have been asked for, is followed as well', async () => {
    for (const failure of [
      new HyperVError('shutdownInProgress', 'x'),
      new HyperVError('sessionLost', 'x', 'unknown'),
    ]) {
      const { service, host, clock } = setUp();
      host.onChange = () => Promise.reject(failure);
      await assert.rejects(service.change('h1', 'vm.shutDown', { id: vmId(1) }));
      await advance(clock, 5 * 60_000);
      assert.equal(clock.pending.length, 1, failure.reason);
    }
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.reject(new HyperVError('failed', 'x'));
    await assert.rejects(service.change('h1', 'vm.shutDown', { id: vmId(1) }));
    await advance(clock, 1_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a VM that the host still works on when nobody waits any more is read until it rests', async () => {
    const { service, host, store, clock } = setUp();
    host.onChange = () => Promise.reject(new HyperVError('cancelled', 'x', 'unknown'));
    host.vms.set(vmId(1), makeVm({ state: 'saving' }));
    await assert.rejects(service.change('h1', 'vm.save', { id: vmId(1) }));
    await advance(clock, 10 * 60_000);
    host.vms.set(vmId(1), makeVm({ state: 'saved' }));
    await advance(clock, 15_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'saved');
    assert.equal(clock.pending.length, 0);
  });

  it('guest halves that do not answer after a change are given up after two minutes', async () => {
    const { service, host, clock } = setUp();
    const mute = withService(makeVm(), 'heartbeat', { status: 'noContact' });
    host.onChange = () => Promise.resolve(mute);
    host.vms.set(vmId(1), mute);
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await advance(clock, 3 * 60_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a VM that never settles is given up after half an hour', async () => {
    const { service, host, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'stopping' }));
    await service.refresh('h1');
    await advance(clock, 31 * 60_000);
    assert.equal(clock.pending.length, 0);
    assert.ok(host.asked.length < 150);
  });

  it('readings that fail do not end it, a VM that is gone does', async () => {
    const { service, host, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'stopping' }));
    await service.refresh('h1');
    host.onRead = () => Promise.reject(new HyperVError('timeout', 'x'));
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 1);
    host.onRead = () => Promise.reject(new HyperVError('vmNotFound', 'x'));
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a host whose session ended by itself is read again at once while somebody looks, else when somebody does', async () => {
    const { service, host } = setUp();
    await service.refresh('h1');
    host.losses.fire(undefined);
    await settled();
    assert.deepEqual(host.asked, ['inventory']);
    service.setVisible(true);
    await settled();
    assert.deepEqual(host.asked, ['inventory', 'inventory']);
    host.losses.fire(undefined);
    await settled();
    assert.equal(host.asked.length, 3);
    assert.deepEqual([host.revived, host.retried], [0, 0]);
  });

  it('a host that cannot be reached for a while comes back by itself, without the retry of a person', async () => {
    const { service, store, host, clock } = setUp();
    service.setVisible(true);
    host.onInventory = () => Promise.reject(new HyperVError('hostUnreachable', 'x'));
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'failed');
    const seen: (string | undefined)[] = [];
    store.onDidChange(() => seen.push(store.host('h1')?.status.kind));
    await advance(clock, 6_000);
    host.onInventory = undefined;
    await advance(clock, 18_000);
    // The row says no less in between.
    assert.deepEqual(seen.slice(0, 2), ['failed', 'ready']);
    await advance(clock, 60_000);
    assert.deepEqual([host.revived, host.retried], [2, 0]);
  });
});
