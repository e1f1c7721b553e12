import assert from 'node:assert/strict';
import {
  applyCheckpoint,
  deleteCheckpoint,
  deleteCheckpointSubtree,
  renameCheckpoint,
} from '../../../src/commands/checkpoints/change';
import { proveProduction } from '../../../src/commands/checkpoints/prove';
import { createCheckpoint } from '../../../src/commands/checkpoints/create';
import { HyperVError } from '../../../src/domain/errors';
import type { CheckpointReading } from '../../../src/domain/checkpoints/checkpoint';
import type { CheckpointOutcome } from '../../../src/hyperv/checkpointClient';
import { makeCheckpoint, makeFile, makeReading } from '../../support/checkpoints';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId } from '../../support/vms';

const tree = [
  makeCheckpoint(1, { name: 'base' }),
  makeCheckpoint(2, { name: 'updated', hasMemory: false, setting: 'production' }),
  makeCheckpoint(3, { name: 'backup', purpose: 'backup' }),
];

/** What a person read and was asked, in order of kind. */
function story({ ui, hosts }: Rig): string {
  return [
    ...hosts.steps.asked.map((text) => `asked: ${text}`),
    ...ui.confirmations.map(({ message, detail }) => `modal: ${message}\n${detail.replaceAll(/^/gm, '       ')}`),
    ...ui.progressTitles.map((text) => `progress: ${text}`),
    ...ui.progressTexts.map((text) => `  ${text}`),
    ...ui.mentioned.map((text) => `status bar: ${text}`),
    ...ui.told.map((text) => `told: ${text}`),
    ...ui.errors.map(({ message }) => `error: ${message}`),
  ].join('\n');
}

function rigWith(facts: Parameters<typeof makeVm>[0] = {}): Rig {
  const rig = makeRig({ HV01: [makeVm({ name: 'web', ...facts })] });
  rig.reading = makeReading(tree, { vmState: facts.state ?? 'running', currentId: tree[1]?.id ?? null });
  return rig;
}

const stories: string[] = [];
function tell(name: string, rig: Rig): void {
  stories.push(`== ${name}\n${story(rig)}\n`);
}

describe('Commands about checkpoints', () => {
  after(() => {
    assertGolden('unit/commands/golden/checkpoints.txt', stories.join('\n'));
  });

  const vmRow = (rig: Rig): unknown => rig.nodes.vm('HV01', vmId(1));
  const row = (rig: Rig, number: number): unknown => rig.nodes.checkpoint('HV01', vmId(1), makeCheckpoint(number).id);

  async function create(name: string, outcome: CheckpointOutcome, type = 'Production'): Promise<Rig> {
    const rig = rigWith();
    rig.hosts.steps.replies = [type, 'before the update'];
    rig.behaveCheckpoints = ({ onProgress }) => {
      onProgress?.('creating', undefined);
      onProgress?.('creating', 42.4);
      return Promise.resolve({ reading: rig.reading, ...outcome });
    };
    await createCheckpoint(rig.context, vmRow(rig));
    tell(name, rig);
    return rig;
  }
  const made = { checkpoint: makeCheckpoint(9, { name: 'before the update' }), unnamed: false };

  it('Create asks for type and name, and mentions what is as it was asked for', async () => {
    const rig = await create('made as asked for', { made: { ...made, verdict: 'asWanted' } });
    const { method, parameters } = rig.calls[0] ?? assert.fail();
    assert.deepEqual([method, parameters['type'], parameters['name']], ['create', 'production', 'before the update']);
    assert.deepEqual(rig.taken, [vmId(1)]);
    assert.deepEqual([rig.ui.told, rig.ui.errors], [[], []]);
    assert.deepEqual(rig.revealedCheckpoints, [made.checkpoint.id]);
  });

  it('Create tells when it fell back, when the name or the setting did not work, and when nobody knows', async () => {
    await create('fell back', { made: { ...made, verdict: 'fellBack' } });
    await create('kept the name of the host', { made: { ...made, verdict: 'asWanted', unnamed: true } }, 'Standard');
    await create('type unknown', { made: { verdict: 'unknown', unnamed: true } });
    await create('setting left', { made: { ...made, verdict: 'asWanted' }, settingLeft: 'productionOnly' });
  });

  it('Create tells why the host refused', async () => {
    const hostMessage = "Production checkpoints cannot be created for 'web'.";
    const failure = new HyperVError('failed', 'x', 'none', { hostMessage });
    await create('refused in the words of the host', { failure }, 'Production Only');
    const merging = makeReading(tree, { work: ['mergingDisks'] });
    await create('disks are merged', { failure: new HyperVError('invalidState', 'x'), reading: merging });
    await create('lost', { failure: new HyperVError('sessionLost', 'x', 'unknown'), reading: undefined });
    await create('cancelled', { failure: new HyperVError('cancelled', 'x') });
    await create('goes on', { failure: new HyperVError('cancelled', 'x', 'unknown') });
  });

  it('Create asks for no type where both are the same', async () => {
    const rig = rigWith({ state: 'off' });
    rig.hosts.steps.replies = ['x'];
    await createCheckpoint(rig.context, vmRow(rig));
    assert.deepEqual(rig.hosts.steps.asked, ['Create Checkpoint: Name of the checkpoint']);
  });

  it('Create makes one of each VM that is selected, named by the moment', async () => {
    const rig = makeRig({ HV01: [makeVm({ name: 'a' }), makeVm({ id: vmId(2), name: 'b' })] });
    rig.hosts.steps.replies = ['Standard'];
    const rows = [1, 2].map((number) => rig.nodes.vm('HV01', vmId(number)));
    await createCheckpoint(rig.context, rows[0], rows);
    assert.deepEqual(
      rig.calls.map(({ parameters }) => String(parameters['name']).slice(0, 4)),
      ['a - ', 'b - '],
    );
  });

  it('Create says what helps where checkpoints are disabled', async () => {
    const rig = rigWith({ checkpointType: 'disabled' });
    await createCheckpoint(rig.context, vmRow(rig));
    assert.deepEqual(rig.calls, []);
    tell('disabled', rig);
  });

  it('Apply says what is lost, and does nothing without a yes', async () => {
    const rig = rigWith();
    await applyCheckpoint(rig.context, row(rig, 1));
    assert.deepEqual(rig.calls, []);
    tell('apply to one that runs', rig);
    const off = rigWith({ state: 'off' });
    off.ui.agrees = [true];
    await applyCheckpoint(off.context, row(off, 2));
    assert.deepEqual(
      off.calls.map(({ method }) => method),
      ['apply'],
    );
    tell('apply to one that is off', off);
  });

  it('Apply tells that a VM was saved for nothing and has lost nothing', async () => {
    const rig = rigWith();
    rig.ui.agrees = [true];
    const failure = new HyperVError('inUse', 'x');
    rig.behaveCheckpoints = () => Promise.resolve({ failure, savedFrom: 'running', reading: rig.reading });
    await applyCheckpoint(rig.context, row(rig, 1));
    tell('apply fails after saving', rig);
  });

  it('Delete and Delete Subtree name what goes', async () => {
    const one = rigWith();
    one.ui.agrees = [true];
    one.behaveCheckpoints = () => Promise.resolve({ reading: makeReading([], { work: ['mergingDisks'] }) });
    await deleteCheckpoint(one.context, row(one, 1));
    assert.equal(one.calls[0]?.parameters['subtree'], false);
    tell('delete one', one);
    const all = rigWith();
    all.ui.agrees = [true];
    all.reading = makeReading(tree.slice(0, 2));
    await deleteCheckpointSubtree(all.context, row(all, 1));
    assert.equal(all.calls[0]?.parameters['subtree'], true);
    tell('delete a subtree', all);
  });

  it('Apply, Delete and Delete Subtree say how much space there is in it, and what comes back', async () => {
    const gb = 1_073_741_824;
    const sized = [
      makeCheckpoint(1, {
        name: 'base',
        files: [makeFile('D:\\0.vhdx', 20 * gb), makeFile('C:\\1.vmrs', gb, { kind: 'memory' })],
      }),
      makeCheckpoint(2, { name: 'side', files: [makeFile('D:\\2.avhdx', 2 * gb)] }),
      makeCheckpoint(3, {
        name: 'leaf',
        parentId: makeCheckpoint(1).id,
        files: [makeFile('\\\\files\\3.avhdx', null)],
      }),
    ];
    const facts = { currentId: makeCheckpoint(3).id, nowFiles: [makeFile('D:\\now.avhdx', 0.5 * gb)] };
    const asked = async (name: string, run: typeof deleteCheckpoint, number: number): Promise<void> => {
      const rig = rigWith();
      rig.reading = makeReading(sized, facts);
      await run(rig.context, row(rig, number));
      tell(name, rig);
    };
    await asked('apply, with sizes', applyCheckpoint, 2);
    await asked('delete one from which several go on', deleteCheckpoint, 1);
    await asked('delete one from which nothing goes on', deleteCheckpoint, 2);
    await asked('delete one of unknown size from which the machine goes on', deleteCheckpoint, 3);
    await asked('delete a subtree of which one is of unknown size', deleteCheckpointSubtree, 1);
    await asked('delete a subtree from which nothing goes on', deleteCheckpointSubtree, 2);
  });

  it('Apply, Delete and Delete Subtree do nothing when it is no longer as the question said', async () => {
    type Run = typeof deleteCheckpoint;
    const answered = async (name: string, run: Run, number: number, now: CheckpointReading): Promise<void> => {
      const rig = rigWith();
      rig.reading = makeReading(tree.slice(0, 2), { currentId: tree[1]?.id ?? null });
      rig.context.ui.confirm = () => {
        rig.reading = now;
        return Promise.resolve(true);
      };
      await run(rig.context, row(rig, number));
      assert.deepEqual(rig.calls, []);
      assert.equal(rig.ui.told.length, 1);
      tell(name, rig);
    };
    const before = makeReading(tree.slice(0, 2));
    const started = { ...before, vmState: 'off' } as const;
    const more = makeReading([...tree.slice(0, 2), makeCheckpoint(3)]);
    await answered('turned off while it was asked', applyCheckpoint, 1, started);
    await answered('another one made while it was asked', applyCheckpoint, 1, more);
    await answered('one more in the subtree while it was asked', deleteCheckpointSubtree, 1, more);
    await answered('merging since it was asked', deleteCheckpoint, 1, { ...before, work: ['mergingDisks'] });
    await answered('gone since it was asked', deleteCheckpoint, 2, makeReading(tree.slice(0, 1)));
  });

  it('Delete is about the row on which it was called, whatever else is selected', async () => {
    const rig = rigWith();
    rig.ui.agrees = [true];
    await deleteCheckpoint(rig.context, row(rig, 2), [vmRow(rig), row(rig, 1), row(rig, 2)]);
    assert.equal(rig.calls[0]?.parameters['checkpointId'], makeCheckpoint(2).id);
  });

  it('Delete Subtree names the first of many, and how many more there are', async () => {
    const rig = rigWith();
    rig.reading = makeReading(Array.from({ length: 50 }, (_, index) => makeCheckpoint(index + 1)));
    await deleteCheckpointSubtree(rig.context, row(rig, 1));
    const { detail, message } = rig.ui.confirmations[0] ?? assert.fail();
    assert.match(message, /^Delete 50 checkpoints/);
    assert.match(detail, /^(?:checkpoint \d+ .*\n){10}and 40 more\n\n/);
  });

  it('names on one line what a hostile name would make of a question', async () => {
    const rig = rigWith();
    rig.reading = makeReading([
      makeCheckpoint(1, { name: 'x\n\nNothing is lost.\u202e\u0007\ud800 \u{1f468}\u200d\u{1f469}' }),
    ]);
    await deleteCheckpoint(rig.context, row(rig, 1));
    const { message } = rig.ui.confirmations[0] ?? assert.fail();
    assert.equal(message, 'Delete x Nothing is lost. \u{1f468}\u200d\u{1f469} of web on HV01?');
  });

  it('Rename takes no name that cannot be kept, and asks nothing of the host for the same one', async () => {
    const rig = rigWith();
    rig.hosts.steps.replies = ['', 'x'.repeat(101), ' Größe $(x) '];
    await renameCheckpoint(rig.context, row(rig, 2));
    assert.equal(rig.calls[0]?.parameters['name'], 'Größe $(x)');
    assert.equal(rig.hosts.steps.refusals.length, 2);
    const same = rigWith();
    same.hosts.steps.replies = ['updated'];
    await renameCheckpoint(same.context, row(same, 2));
    assert.deepEqual(same.calls, []);
  });

  it('Prove makes a production one without falling back, says what came of it, and deletes it again', async () => {
    const rig = rigWith();
    rig.ui.agrees = [true];
    const proof = makeCheckpoint(9, { name: 'Proof', hasMemory: false });
    const outcomes: CheckpointOutcome[] = [
      { reading: rig.reading, made: { checkpoint: proof, verdict: 'asWanted', unnamed: false } },
      { reading: rig.reading },
    ];
    rig.behaveCheckpoints = () => Promise.resolve(outcomes.shift() ?? {});
    await proveProduction(rig.context, vmRow(rig));
    assert.deepEqual(
      rig.calls.map(({ method, parameters }) => [method, parameters['type'] ?? parameters['checkpointId']]),
      [
        ['create', 'productionOnly'],
        ['delete', proof.id],
      ],
    );
    tell('proven', rig);
  });

  it('Prove tells why not, and what it could not take away', async () => {
    const rig = rigWith();
    rig.ui.agrees = [true];
    const hostMessage = "Production checkpoints cannot be created for 'web'.";
    const failure = new HyperVError('failed', 'x', 'none', { hostMessage });
    rig.behaveCheckpoints = () => Promise.resolve({ reading: rig.reading, failure });
    await proveProduction(rig.context, vmRow(rig));
    tell('not proven', rig);
    const left = rigWith();
    left.ui.agrees = [true];
    const outcomes: CheckpointOutcome[] = [
      { reading: left.reading, made: { ...made, verdict: 'asWanted' } },
      { reading: left.reading, failure: new HyperVError('inUse', 'x') },
    ];
    left.behaveCheckpoints = () => Promise.resolve(outcomes.shift() ?? {});
    await proveProduction(left.context, vmRow(left));
    tell('proof left behind', left);
    const goesOn = rigWith();
    goesOn.ui.agrees = [true];
    goesOn.behaveCheckpoints = () => Promise.resolve({ failure: new HyperVError('cancelled', 'x', 'unknown') });
    await proveProduction(goesOn.context, vmRow(goesOn));
    assert.match(goesOn.ui.told[0] ?? '', /goes on with it\. The checkpoint stays, .*: delete it afterwards\.$/);
    tell('proof that is made although it was cancelled', goesOn);
    const off = rigWith({ state: 'off' });
    await proveProduction(off.context, vmRow(off));
    tell('no guest to prove it', off);
  });

  it('leave those of a backup alone, and say whose they are', async () => {
    const rig = rigWith();
    rig.ui.agrees = [true];
    await deleteCheckpoint(rig.context, row(rig, 3));
    await deleteCheckpointSubtree(rig.context, row(rig, 1));
    assert.deepEqual(rig.calls, []);
    tell('of a backup', rig);
  });

  it('ask which one when they are called on a VM, and offer those that allow it', async () => {
    const rig = rigWith();
    rig.ui.choices = ['base'];
    rig.ui.agrees = [true];
    await deleteCheckpoint(rig.context, vmRow(rig));
    assert.deepEqual(rig.ui.picks.at(-1)?.labels, ['base', 'updated']);
    assert.equal(rig.calls[0]?.parameters['checkpointId'], makeCheckpoint(1).id);
  });

  it('tell of one that is gone, and of a host that cannot be asked', async () => {
    const gone = rigWith();
    await deleteCheckpoint(gone.context, row(gone, 8));
    tell('gone', gone);
    const dead = rigWith();
    dead.readCheckpointsFails = new HyperVError('timeout', 'x');
    await deleteCheckpoint(dead.context, row(dead, 1));
    tell('host does not answer', dead);
  });
});
