// Hosts of one window that are unlike: one that speaks German and is slow, one that is fast, one that never answers. Real
// sessions; what is there when is said by the hosts themselves, not by a clock.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import type { HostClient } from '../../src/hyperv/hostClient';
import { HostService } from '../../src/hyperv/hostService';
import { openHost } from '../../src/hyperv/hostSession';
import { HostStore } from '../../src/hyperv/hostStore';
import { systemClock } from '../../src/powershell/clock';
import { NodeRegistry } from '../../src/views/nodes';
import { TreeModel } from '../../src/views/treeModel';
import { labGuid, labVmId, refused } from '../support/labHost';
import { ListLog } from '../support/listLog';
import { enginePath, until } from '../support/sessionHarness';

/** A class that is read after the VMs themselves. */
const lateClass = 'Msvm_VssComponent';

const hosts = {
  slow: {
    hosts: [
      {
        name: 'HV-DE',
        locale: 'de-DE',
        vms: [
          { name: 'Prüfstand-Ä', id: labGuid(1) },
          { name: 'debian', id: labGuid(2), guest: 'debian' },
          { name: 'gespeichert', id: labGuid(3), state: 'saved' },
          { name: 'angehalten', id: labGuid(4), state: 'paused' },
          // Job error 32778: out of memory.
          { name: 'zu groß', id: labGuid(5), state: 'off', startError: 32_778 },
        ],
      },
    ],
    latency: { perQueryMs: 100 },
    timeScale: 10,
    faults: [{ kind: 'hang', on: lateClass }],
  },
  fast: { hosts: [{ name: 'HV-FAST', vms: [{ name: 'app', id: labGuid(1), state: 'off', startMs: 0 }] }] },
  dead: { hosts: [{ name: 'HV-DEAD', vms: [{ name: 'x' }] }], faults: [{ kind: 'hang', on: 'Msvm_ComputerSystem' }] },
} as const;

type HostName = keyof typeof hosts;

describe('hosts that are unlike', function () {
  this.timeout(120_000);
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const tree = new TreeModel(store, nodes);
  const clients = new Map<string, HostClient>();
  const service = new HostService({
    store,
    clock: systemClock,
    connect: async (definition) => {
      const options = { powershell: enginePath(), cwd: tmpdir(), log: new ListLog() };
      const client = await openHost(definition, options);
      clients.set(definition.id, client);
      return client;
    },
  });
  const status = (host: HostName): string | undefined => store.host(host)?.status.kind;
  /** Descriptions of the rows below a host, by their labels. */
  const rows = (host: HostName): Record<string, string> =>
    Object.fromEntries(
      tree.children(nodes.host(host)).map((node) => {
        const { label = '', description = '' } = tree.row(node) ?? {};
        return [label, description];
      }),
    );

  before(() => {
    for (const [id, spec] of Object.entries(hosts)) service.addHost({ kind: 'lab', id, name: id, spec, index: 0 });
  });
  after(() => service.dispose());

  it('are shown each as soon as it has answered, and what a slow one has said already before that', async () => {
    const reading = (Object.keys(hosts) as HostName[]).map((id) => service.refresh(id));
    await reading[1];
    assert.equal(status('fast'), 'ready');
    assert.deepEqual(rows('fast'), { app: 'off' });
    assert.deepEqual([status('slow'), status('dead')], ['connecting', 'connecting']);
    await until(() => Object.keys(rows('slow')).length === 5);
    assert.equal(status('slow'), 'connecting');
    assert.ok(Object.keys(rows('slow')).includes('Prüfstand-Ä'), Object.keys(rows('slow')).join(', '));
    assert.equal(store.vm('slow', labVmId(1))?.partial, true);
    await clients.get('slow')?.call('lab.fault', { kind: 'hang', clear: true });
    await reading[0];
    assert.equal(status('slow'), 'ready');
    // Its own deadline may be over by now.
    assert.notEqual(status('dead'), 'ready');
  });

  it('are understood by their numbers, whatever their words are', () => {
    const states = [1, 2, 3, 4, 5].map((number) => store.vm('slow', labVmId(number))?.state);
    assert.deepEqual(states, ['running', 'running', 'saved', 'paused', 'off']);
    const vss = store.vm('slow', labVmId(2))?.services.vss;
    assert.deepEqual([vss?.status, vss?.reason], ['noContact', 'Kein Kontakt']);
    const shown = rows('slow');
    assert.match(shown['Prüfstand-Ä'] ?? '', /^running, heartbeat OK/);
    assert.deepEqual(
      ['gespeichert', 'angehalten', 'zu groß'].map((name) => shown[name]),
      ['saved', 'paused', 'off'],
    );
  });

  it('refuse with a reason that is known, and in words of their own', async () => {
    const failure = await refused(service.change('slow', 'vm.start', { id: labVmId(5) }), 'outOfMemory');
    assert.match(failure.detail.hostMessage ?? '', /Arbeitsspeicher|nicht/);
  });

  it('are changed while another one says nothing', async () => {
    await service.change('fast', 'vm.start', { id: labVmId(1) });
    await service.change('slow', 'vm.resume', { id: labVmId(4) });
    assert.deepEqual(
      [store.vm('fast', labVmId(1))?.state, store.vm('slow', labVmId(4))?.state],
      ['running', 'running'],
    );
    assert.notEqual(status('dead'), 'ready');
  });
});
