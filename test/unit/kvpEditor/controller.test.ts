import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { KvpReading } from '../../../src/domain/kvp/pools';
import { HostStore } from '../../../src/hyperv/hostStore';
import { KvpController } from '../../../src/kvpEditor/controller';
import type { ControllerPorts } from '../../../src/kvpEditor/controller';
import type { FromPage, PageSnapshot, SaveResult, ToPage } from '../../../src/kvpEditor/messages';
import { makeVm } from '../../support/vms';

const host = { kind: 'lab', id: 'lab-0', name: 'HV-LAB1', spec: {}, index: 0 } as const;
const vm = makeVm({ name: 'DC01', state: 'running' });

function reading(pairs: Record<string, string>): KvpReading {
  const external = Object.entries(pairs).map(([key, value]) => ({ key, value }));
  return { pools: { external, guest: [], intrinsic: [], hostOnly: [] }, enabled: true, unreadable: 0 };
}

/** A page, a store with one VM, and a service that answers as the test says. */
class Rig {
  readonly store = new HostStore();
  readonly posted: ToPage[] = [];
  readonly timers: (() => void)[] = [];
  readonly drafts: ControllerPorts['drafts'] = new Map();
  readonly drafted: boolean[] = [];
  readonly acted: string[] = [];
  /** What went to the clipboard and to files. */
  readonly written: string[] = [];
  pairs: Record<string, string> = { site: 'Berlin' };
  readFailure: HyperVError | undefined;
  isReadAfterSave = true;
  reads = 0;
  applied = 0;
  retried = 0;
  readonly controller: KvpController;

  constructor() {
    this.store.addHost(host);
    this.store.setInventory(host.id, [vm], 0);
    this.controller = new KvpController({
      target: { hostId: host.id, vmId: vm.id, hostName: host.name, vmName: vm.name },
      vmId: vm.id,
      store: this.store,
      details: {
        readKvp: () => {
          this.reads += 1;
          return this.readFailure ? Promise.reject(this.readFailure) : Promise.resolve(reading(this.pairs));
        },
        applyKvp: (_hostId, _vmId, _pool, { add }) => {
          this.applied += 1;
          for (const { key, value } of add) this.pairs[key] = value;
          const outcomes = add.map(({ key }) => ({ verb: 'add' as const, key, outcome: 'written' as const }));
          return Promise.resolve({ outcomes, reading: this.isReadAfterSave ? reading(this.pairs) : null });
        },
      },
      service: {
        refresh: () => Promise.resolve(),
        retry: () => {
          this.retried += 1;
          return Promise.resolve();
        },
      },
      post: (message) => this.posted.push(message),
      now: () => 1_000,
      after: (_ms, action) => {
        this.timers.push(action);
        return { dispose: () => this.timers.splice(this.timers.indexOf(action) >>> 0, 1) };
      },
      translations: null,
      drafts: this.drafts,
      onDrafted: (isDrafted) => this.drafted.push(isDrafted),
      copy: (text) => this.written.push(text),
      exportText: (_format, text) => this.written.push(text),
      importText: () => Promise.resolve({ fileName: 'a.env', text: 'A=1' }),
      act: (action) => this.acted.push(action),
      logError: () => undefined,
    });
  }

  async receive(message: FromPage): Promise<void> {
    this.controller.receive(message);
    // All ports answer at once, so that everything has happened when the queue of promises is empty.
    await new Promise((resolve) => setImmediate(resolve));
  }

  get snapshot(): PageSnapshot {
    const last = this.posted.filter((message) => message.type === 'snapshot').at(-1);
    assert.ok(last?.type === 'snapshot');
    return last.snapshot;
  }

  get results(): SaveResult[] {
    return this.posted.flatMap((message) => (message.type === 'saveResult' ? [message.result] : []));
  }
}

function addPlan(key: string, value: string): FromPage {
  return {
    type: 'save',
    id: 1,
    plans: { external: { changes: { add: [{ key, value }], change: [], remove: [] }, expected: [] } },
  };
}

describe('the editor behind its page', () => {
  it('answers ready with the target first, then with the pairs', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    assert.equal(rig.posted[0]?.type, 'init');
    assert.deepEqual(rig.snapshot.reading?.pools.external, [{ key: 'site', value: 'Berlin' }]);
    assert.equal(rig.snapshot.notice, null);
  });

  it('gives back what was typed when the page comes again', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    const draft = {
      external: [{ id: 9, base: null, key: 'new', value: 'typed', removed: false }],
      hostOnly: [],
    };
    await rig.receive({ type: 'draft', draft });
    await rig.receive({ type: 'ready' });
    const again = rig.posted.filter((message) => message.type === 'init').at(-1);
    assert.ok(again?.type === 'init');
    assert.deepEqual(again.draft, draft);
    assert.deepEqual(rig.drafted, [true]);
  });

  it('shows pairs that were read before beside the reason why they cannot be read now', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    rig.readFailure = new HyperVError('sessionLost', 'gone');
    await rig.receive({ type: 'refresh' });
    assert.equal(rig.snapshot.notice?.severity, 'error');
    assert.deepEqual(rig.snapshot.reading?.pools.external, [{ key: 'site', value: 'Berlin' }]);
  });

  it('reads again when the state of the VM changes, and says which pairs wait for its start', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    const before = rig.reads;
    rig.store.setVm(host.id, vm.id, { ...vm, state: 'off' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(rig.reads, before + 1);
    assert.deepEqual(rig.snapshot.notice?.actions, ['startVm']);
    rig.store.setVm(host.id, vm.id, { ...vm, state: 'paused' });
    assert.deepEqual(rig.snapshot.notice.actions, ['resumeVm']);
  });

  it('says that the VM is gone, and that the host is', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    assert.equal(rig.snapshot.isGone, false);
    rig.store.setVm(host.id, vm.id, undefined);
    assert.match(rig.snapshot.notice?.text ?? '', /no longer exists/);
    assert.equal(rig.snapshot.isGone, true);
    rig.store.arrange([]);
    assert.match(rig.snapshot.notice?.text ?? '', /not among the hosts/);
  });

  it('reads again when its host can be reached again', async () => {
    const rig = new Rig();
    rig.store.setStatus(host.id, { kind: 'failed', error: new HyperVError('sessionLost', 'x') });
    rig.readFailure = new HyperVError('sessionLost', 'gone');
    await rig.receive({ type: 'ready' });
    rig.readFailure = undefined;
    rig.store.setStatus(host.id, { kind: 'connecting' });
    assert.equal(rig.reads, 1);
    rig.store.setInventory(host.id, [vm], 0);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(rig.reads, 2);
    assert.equal(rig.snapshot.notice, null);
  });

  it('reads again after a save of which the end could not be read', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    const before = rig.reads;
    rig.isReadAfterSave = false;
    await rig.receive(addPlan('role', 'dc'));
    // Once before the save, to see whether somebody else has changed something.
    assert.equal(rig.reads, before + 2);
    assert.equal(rig.snapshot.reading?.pools.external?.length, 2);
  });

  it('reads again while somebody looks, and rests while nobody does', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    assert.equal(rig.timers.length, 1);
    rig.controller.setVisible(false);
    assert.equal(rig.timers.length, 0);
    const posted = rig.posted.length;
    rig.store.setVm(host.id, vm.id, { ...vm, state: 'off' });
    assert.equal(rig.posted.length, posted, 'a hidden page gets nothing');
  });

  it('saves, and shows the new pairs before it reports', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    await rig.receive(addPlan('role', 'dc'));
    assert.deepEqual(rig.results, [
      {
        kind: 'done',
        outcomes: { external: [{ verb: 'add', key: 'role', outcome: 'written', text: null }], hostOnly: [] },
      },
    ]);
    const order = rig.posted.map(({ type }) => type);
    assert.ok(order.lastIndexOf('snapshot') < order.lastIndexOf('saveResult'));
    assert.equal(rig.snapshot.reading?.pools.external?.length, 2);
  });

  it('tells how a save ended while the page was hidden, once the page is back', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    rig.controller.receive(addPlan('role', 'dc'));
    rig.controller.setVisible(false);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(rig.results, []);
    rig.controller.setVisible(true);
    await rig.receive({ type: 'ready' });
    assert.equal(rig.results.length, 1);
  });

  it('asks nothing when somebody else has changed the pair meanwhile', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    rig.pairs['role'] = 'theirs';
    await rig.receive(addPlan('role', 'mine'));
    assert.deepEqual(rig.results, [{ kind: 'outdated', keys: ['role'] }]);
    assert.equal(rig.applied, 0);
    assert.equal(rig.snapshot.reading?.pools.external?.length, 2, 'the page gets what is there now');
  });

  it('reports a save that could not begin with its cause', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    rig.readFailure = new HyperVError('vmNotFound', 'gone');
    await rig.receive(addPlan('role', 'dc'));
    assert.equal(rig.results[0]?.kind, 'failed');
  });

  it('carries out what a notice offers', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    await rig.receive({ type: 'action', action: 'startVm' });
    assert.deepEqual(rig.acted, ['startVm']);
    rig.store.setStatus(host.id, { kind: 'failed', error: new HyperVError('serviceStopped', 'x') });
    await rig.receive({ type: 'action', action: 'retry' });
    assert.equal(rig.retried, 1);
  });

  it('hands the chosen file to the pool it was chosen for', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    await rig.receive({ type: 'import', pool: 'hostOnly' });
    const pairs = [{ key: 'A', value: '1' }];
    assert.deepEqual(rig.posted.at(-1), { type: 'imported', pool: 'hostOnly', fileName: 'a.env', pairs, problems: [] });
  });

  it('writes pairs as text, and tells the page what the text could not hold', async () => {
    const rig = new Rig();
    await rig.receive({ type: 'ready' });
    const pairs = [
      { key: 'a', value: '1' },
      { key: 'two words', value: '2' },
    ];
    await rig.receive({ type: 'copyPairs', pairs });
    await rig.receive({ type: 'export', format: 'json', pairs });
    assert.equal(rig.posted.filter(({ type }) => type === 'told').length, 0);
    await rig.receive({ type: 'export', format: 'env', pairs });
    const json = '{\n  "a": "1",\n  "two words": "2"\n}\n';
    assert.deepEqual(rig.written, [json, json, 'a=1\n']);
    const text = 'Left out, as .env text cannot hold these keys: two words';
    assert.deepEqual(rig.posted.at(-1), { type: 'told', text });
  });
});
