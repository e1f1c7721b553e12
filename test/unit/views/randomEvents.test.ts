// Whatever happens to hosts and VMs, in whatever order: a window that redraws what it is told to shows what is true, with
// the objects that VS Code knows.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import type { GroupBy } from '../../../src/domain/vmGrouping';
import { HostStore } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import type { HypervNode } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { makeVm, vmId } from '../../support/vms';

const hostIds = ['a', 'b', 'c'];

/** What VS Code does with the tree: asks for children of open rows, and again when it is told that a row changed. */
class Window {
  readonly store = new HostStore();
  readonly nodes = new NodeRegistry();
  readonly model: TreeModel;
  /** Ids: rows that come back are open as before. */
  readonly open = new Set<string>();
  readonly drawn = new Map<HypervNode | undefined, readonly HypervNode[]>();
  selected: HypervNode | undefined;
  events = 0;
  /** VS Code refuses a row that it has elsewhere. */
  refused = false;

  /** @param by of hosts with more than two VMs */
  constructor(by: GroupBy) {
    this.model = new TreeModel(this.store, this.nodes, undefined, { by, above: 2 });
    this.draw(undefined);
    this.store.onDidChange((change) => {
      this.events++;
      const touched = this.model.touched(change);
      for (const node of touched === 'root' ? [undefined] : touched) {
        // A row that is not drawn is none of VS Code's.
        if (node === undefined || this.rows().includes(node)) this.draw(node);
      }
      if (this.selected?.kind === 'vm' && this.store.vm(this.selected.hostId, this.selected.vmId) === undefined) {
        this.selected = undefined;
      }
    });
  }

  /** A row with all that is open below it, which VS Code forgets before it asks for it. */
  draw(node: HypervNode | undefined): void {
    if (node !== undefined && !this.open.has(node.id)) return;
    this.forget(node);
    const now = this.model.children(node);
    const shown = new Set(this.rows());
    if (now.some((child) => shown.has(child))) this.refused = true;
    this.drawn.set(node, now);
    for (const child of now) this.draw(child);
  }

  rows(): HypervNode[] {
    return [...this.drawn.values()].flat();
  }

  /** A row that is gone or closed, with all that was drawn below it. */
  forget(node: HypervNode | undefined): void {
    for (const child of this.drawn.get(node) ?? []) this.forget(child);
    this.drawn.delete(node);
  }
}

type Act = (window: Window) => void;

const hostId = fc.constantFrom(...hostIds);
const vm = fc
  .record({
    id: fc.integer({ min: 1, max: 8 }).map(vmId),
    name: fc.constantFrom('web', 'db', 'VM 2', 'VM 10'),
    notes: fc.constantFrom('', '#a', '#B', '#c'),
    state: fc.constantFrom('running', 'off', 'saved'),
  })
  .map((facts): VmRecord => makeVm(facts));
const vms = fc.uniqueArray(vm, { selector: ({ id }) => id, maxLength: 8 });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(hostId, vm).map(([id, one]): Act => ({ store }) => {
      store.setVm(id, one.id, one);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(hostId, vm).map(([id, one]): Act => ({ store }) => {
      store.setVm(id, one.id, undefined);
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(hostId, vms).map(([id, all]): Act => ({ store }) => {
      store.setInventory(id, all, 0);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(hostId, hostId).map(([from, to]): Act => (window) => {
      moveToAnother(window, from, to);
    }),
  },
  fc.tuple(hostId, vms).map(([id, all]): Act => ({ store }) => {
    store.recall(id, { seenAtMs: 0, vms: new Map(all.map((one) => [one.id, one])) });
  }),
  hostId.map((id): Act => ({ store }) => {
    store.setStatus(id, { kind: 'connecting' });
  }),
  hostId.map((id): Act => ({ store }) => {
    store.setStatus(id, { kind: 'failed', error: new HyperVError('failed', 'x') });
  }),
  fc.subarray(hostIds).map((ids): Act => ({ store }) => {
    store.arrange(ids.map((id) => ({ kind: 'local', id, name: id })));
  }),
  {
    weight: 2,
    arbitrary: fc.nat().map((nth): Act => (window) => {
      openOrClose(window, nth);
    }),
  },
  fc.nat().map((nth): Act => (window) => {
    window.selected = nthRow(window, nth);
  }),
  {
    weight: 2,
    arbitrary: hostId.map((id): Act => (window) => {
      readAgain(window, id);
    }),
  },
);

function nthRow(window: Window, nth: number): HypervNode | undefined {
  const rows = window.rows();
  return rows[nth % Math.max(1, rows.length)];
}

function openOrClose(window: Window, nth: number): void {
  const node = nthRow(window, nth);
  if (node === undefined) return;
  if (!window.open.delete(node.id)) window.open.add(node.id);
  if (window.open.has(node.id)) window.draw(node);
  else window.forget(node);
}

/** The new host lists a VM at once, the old one no longer, as after a live migration; other rows stay as they are. */
function moveToAnother(window: Window, from: string, to: string): void {
  const { store, nodes } = window;
  const [moved] = store.host(from)?.vms.values() ?? [];
  if (moved === undefined || from === to || store.host(to) === undefined) return;
  const others = window.rows().filter((row) => row.kind === 'vm' && row.hostId === from && row.vmId !== moved.id);
  store.setVm(to, moved.id, moved);
  store.setVm(from, moved.id, undefined);
  for (const row of others) assert.ok(sameNode(nodes, row) === row, `${row.id} is another object`);
}

/** A reading that finds everything as it was touches nothing. */
function readAgain(window: Window, id: string): void {
  const host = window.store.host(id);
  if (host?.status.kind !== 'ready') return;
  const same = structuredClone([...host.vms.values()]);
  const { events } = window;
  window.store.setInventory(id, same, 0);
  for (const one of same) window.store.setVm(id, one.id, one);
  assert.equal(window.events, events);
}

function assertTrue(window: Window): void {
  const { store, nodes, model, drawn, selected } = window;
  const rows = window.rows();
  assert.ok(!window.refused);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'two rows have one id');
  for (const [parent, children] of drawn) {
    assert.deepEqual(children, model.children(parent), `the rows below ${parent?.id ?? 'the root'} are others`);
    for (const child of children) {
      assert.ok(child === sameNode(nodes, child), `${child.id} is another object`);
      assert.equal(model.parent(child), parent);
      assert.ok(model.row(child), `${child.id} stands for nothing`);
    }
  }
  nodes.retain((node) => {
    assert.ok(model.row(node), `${node.id} is kept and stands for nothing`);
    return true;
  });
  for (const row of rows)
    assert.equal(drawn.has(row), window.open.has(row.id), `${row.id} is open or closed by itself`);
  if (selected?.kind === 'vm' && store.vm(selected.hostId, selected.vmId) !== undefined) {
    assert.ok(selected === sameNode(nodes, selected), 'what is selected is another object');
  }
}

function sameNode(nodes: NodeRegistry, node: HypervNode): HypervNode {
  switch (node.kind) {
    case 'host':
      return nodes.host(node.hostId);
    case 'group':
      return nodes.group(node.hostId, node.key);
    case 'info':
      return nodes.info(node.hostId);
    case 'vm':
      return nodes.vm(node.hostId, node.vmId);
    case 'pairs':
      return nodes.pairs(node.hostId, node.vmId);
    case 'service':
      return nodes.service(node.hostId, node.vmId, node.service);
    case 'checkpoints':
      return nodes.checkpoints(node.hostId, node.vmId);
    case 'checkpoint':
      return nodes.checkpoint(node.hostId, node.vmId, node.checkpointId);
    case 'checkpointNote':
      return nodes.checkpointNote(node.hostId, node.vmId);
  }
}

describe('The tree through 1,000 random events', () => {
  const rounds: readonly (readonly [GroupBy, number])[] = [
    ['none', 1],
    ['none', 2],
    ['name', 3],
    ['state', 4],
    ['state', 5],
    ['tag', 6],
  ];
  for (const [by, seed] of rounds) {
    it(`has unique ids, the objects that VS Code knows, and below every open row what is true (grouped by ${by}, ${seed})`, () => {
      const window = new Window(by);
      for (const one of fc.sample(act, { seed, numRuns: 1_000 })) {
        one(window);
        assertTrue(window);
      }
      window.store.arrange([]);
      assert.equal(window.nodes.size, 0, 'rows of hosts that are gone are kept');
    });
  }
});
