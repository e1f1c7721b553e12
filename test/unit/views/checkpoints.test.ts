import assert from 'node:assert/strict';
import type { Checkpoint } from '../../../src/domain/checkpoints/checkpoint';
import { HyperVError } from '../../../src/domain/errors';
import type { CheckpointView } from '../../../src/hyperv/checkpointCache';
import { HostStore } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import type { HypervNode } from '../../../src/views/nodes';
import {
  checkpointContextValues,
  checkpointsTooltip,
  checkpointTooltip,
} from '../../../src/views/presentationCheckpoint';
import { TreeModel } from '../../../src/views/treeModel';
import { checkpointId, knownFrom, makeCheckpoint, makeFile, makeReading } from '../../support/checkpoints';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId } from '../../support/vms';

const hostile = makeCheckpoint(4, { parentId: checkpointId(1), name: '[x](command:y) $(zap)\n**b**' });
const gb = 1_073_741_824;
const baseDisk = makeFile('D:\\vms\\web\\disk0.vhdx', 20 * gb);
/** The first one beside the disk that the VM has anyway, a shared disk file, a file out of reach, and one with many disks. */
const sized: readonly Checkpoint[] = [
  makeCheckpoint(1, { files: [baseDisk, makeFile('C:\\hv\\Snapshots\\1.vmrs', 4 * gb, { kind: 'memory' })] }),
  makeCheckpoint(2, { files: [makeFile('D:\\vms\\web\\[x](command:y) *.avhdx', 3.2 * gb), baseDisk] }),
  makeCheckpoint(3, {
    files: [makeFile('\\\\files\\vms\\disk0_3.avhdx', null), makeFile('C:\\3.vmrs', 45_056, { kind: 'memory' })],
  }),
  makeCheckpoint(4, {
    parentId: checkpointId(1),
    files: [makeFile('C:\\4.vmrs', 6 * gb, { kind: 'memory' }), makeFile('', null, { gap: 'notAFile' })],
  }),
  makeCheckpoint(5, { parentId: checkpointId(1), files: [makeFile('d:\\VMS\\web\\[x](command:y) *.avhdx', 3.2 * gb)] }),
  makeCheckpoint(6, {
    parentId: checkpointId(1),
    files: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => makeFile(`D:\\${String(n)}.avhdx`, n)),
  }),
  makeCheckpoint(7, {
    parentId: checkpointId(1),
    purpose: 'backup',
    files: [makeFile('D:\\b.avhdx', null, { gap: 'noAnswer' })],
  }),
];
const sizedReading = makeReading(sized, {
  currentId: checkpointId(3),
  nowFiles: [makeFile('D:\\vms\\web\\disk0_now.avhdx', 0.5 * gb)],
});
const all: readonly Checkpoint[] = [
  makeCheckpoint(1, { name: 'base' }),
  makeCheckpoint(2, { hasMemory: false, setting: 'production', automatic: true }),
  makeCheckpoint(3, { hasMemory: false, name: ' ' }),
  hostile,
  makeCheckpoint(5, { purpose: 'backup', hasMemory: null, createdAtMs: null }),
  makeCheckpoint(6, { purpose: 'missing' }),
];

function open(view: CheckpointView | undefined, facts: Parameters<typeof makeVm>[0] = {}) {
  const store = new HostStore();
  store.addHost({ kind: 'local', id: 'HV', name: 'HV' });
  store.setInventory('HV', [makeVm({ name: 'web', ...facts })], 0);
  const nodes = new NodeRegistry();
  const looks: string[] = [];
  const source = {
    peek: () => view,
    look: () => {
      looks.push('look');
      return view ?? { isReading: true };
    },
  };
  const model = new TreeModel(store, nodes, undefined, undefined, source);
  return { store, nodes, looks, model, top: nodes.checkpoints('HV', vmId(1)) };
}

function drawn(model: TreeModel, node: HypervNode, indent = ''): string[] {
  const row = model.row(node);
  if (row === undefined) return [`${indent}nothing`];
  const { label, description, icon, contextValue, accessibilityLabel, children } = row;
  return [
    `${indent}${label} | ${description} | ${icon ?? ''} | ${children}`,
    `${indent}  ${contextValue} | says "${accessibilityLabel}"`,
    ...model.children(node).flatMap((child) => drawn(model, child, `${indent}    `)),
  ];
}

describe('Checkpoints in the tree', () => {
  it('are shown in every situation', () => {
    const known = (facts: Parameters<typeof makeReading>[1] = {}, list = all): CheckpointView => ({
      known: knownFrom(makeReading(list, { currentId: checkpointId(2), ...facts })),
      isReading: false,
    });
    const blocks: string[] = [];
    const show = (name: string, view: CheckpointView | undefined, facts?: Parameters<typeof makeVm>[0]): void => {
      const { model, top } = open(view, facts);
      blocks.push([`== ${name}`, ...drawn(model, top)].join('\n'));
    };
    show('not read yet', undefined);
    show('a tree', known());
    show('with sizes', { known: knownFrom(sizedReading), isReading: false });
    show('merging disks', known({ work: ['mergingDisks'] }, all.slice(0, 1)));
    show('none', known({}, []));
    show('disabled', known({ setting: 'disabled' }, []), { checkpointType: 'disabled' });
    show('disabled, with old ones', known({}, all.slice(0, 1)), { checkpointType: 'disabled' });
    show('one could not be read', known({ unreadable: 1 }, all.slice(0, 1)));
    show('failed', { failure: new HyperVError('timeout', 'x'), isReading: false });
    show('failed after it was known', { ...known({}, all.slice(0, 1)), failure: new HyperVError('timeout', 'x') });
    assertGolden('unit/views/golden/checkpoints.txt', `${blocks.join('\n\n')}\n`);
  });

  it('explain themselves, and names in them are text', () => {
    const known = knownFrom(makeReading(all, { currentId: checkpointId(2) }));
    const tooltips = all.map((one) => checkpointTooltip(makeVm({ name: 'web' }), known, one));
    const withSizes = knownFrom(sizedReading);
    tooltips.push(...sized.map((one) => checkpointTooltip(makeVm({ name: 'web' }), withSizes, one)));
    tooltips.push(checkpointsTooltip(makeVm({ name: 'web' }), { known: withSizes, isReading: false }));
    assertGolden('unit/views/golden/checkpointTooltips.txt', `${tooltips.join('\n\n')}\n`);
  });

  it('are read when somebody opens them, and not for the row above', () => {
    const { model, nodes, looks, top } = open(undefined);
    const below = model.children(nodes.vm('HV', vmId(1)));
    assert.equal(below.at(-1), top);
    model.row(top);
    model.tooltip(top);
    assert.deepEqual(looks, []);
    model.children(top);
    assert.deepEqual(looks, ['look']);
  });

  it('know their parents, so that a row can be revealed', () => {
    const known = knownFrom(makeReading(all));
    const { model, nodes, top } = open({ known, isReading: false });
    const [note] = [nodes.checkpointNote('HV', vmId(1))];
    const second = nodes.checkpoint('HV', vmId(1), checkpointId(2));
    assert.equal(model.parent(second), nodes.checkpoint('HV', vmId(1), checkpointId(1)));
    assert.equal(model.parent(nodes.checkpoint('HV', vmId(1), checkpointId(1))), top);
    assert.equal(model.parent(note), top);
    assert.equal(model.parent(top), nodes.vm('HV', vmId(1)));
  });

  it('are not there below a VM that is only known as it was', () => {
    const { model, store, nodes } = open(undefined);
    store.setStatus('HV', { kind: 'failed', error: new HyperVError('timeout', 'x') });
    const below = model.children(nodes.vm('HV', vmId(1)));
    assert.ok(!below.some(({ kind }) => kind === 'checkpoints'));
  });

  it('say of themselves only what the menus know', () => {
    const views: (readonly [CheckpointView, object])[] = [
      [{ known: knownFrom(makeReading(all)), isReading: false }, {}],
      [{ known: knownFrom(makeReading(all, { work: ['mergingDisks'] })), isReading: false }, {}],
      [{ known: knownFrom(makeReading([])), isReading: false }, { checkpointType: 'disabled' }],
    ];
    for (const [view, facts] of views) {
      const { model, top } = open(view, facts);
      const walk = (node: HypervNode): void => {
        const value = model.row(node)?.contextValue ?? '';
        assert.ok(checkpointContextValues.includes(value), value);
        model.children(node).forEach(walk);
      };
      walk(top);
    }
  });
});
