import assert from 'node:assert/strict';
import type { Checkpoint, CheckpointReading } from '../../src/domain/checkpoints/checkpoint';
import type { VmId } from '../../src/domain/vm';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from '../../src/hyperv/checkpointClient';
import { labForSuite, labGuid, labVmId, refused } from '../support/labHost';

const tree = [
  { name: 'first', memory: true, hoursAgo: 10 },
  { name: 'second', after: 1, hoursAgo: 5 },
  { name: 'side', after: 1, memory: true, hoursAgo: 2 },
  { name: 'leaf', after: 3, automatic: true, hoursAgo: 1 },
];
const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        { name: 'answers', id: labGuid(1) },
        { name: 'no daemon', id: labGuid(2), guest: 'alpine' },
        { name: 'off', id: labGuid(3), state: 'off', checkpointTree: tree, currentCheckpoint: 2 },
        { name: 'disabled', id: labGuid(4), checkpointType: 2 },
        { name: 'merging', id: labGuid(5), state: 'off', checkpoints: 1, mergingMs: 86_400_000 },
        { name: 'refuses', id: labGuid(6), state: 'off', checkpoints: 1, deleteError: 32_774 },
        { name: 'backed up', id: labGuid(7), backupCheckpoints: 1 },
        { name: 'saved', id: labGuid(8), state: 'saved', checkpoints: 1 },
      ],
    },
  ],
  // Jobs of some seconds end at once.
  timeScale: 100,
};
const [answers, noDaemon, off, disabled, merging, refuses, backedUp, saved] = [1, 2, 3, 4, 5, 6, 7, 8].map(labVmId) as [
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
];

describe('checkpoints', () => {
  const lab = labForSuite(spec);

  const read = (id: VmId): Promise<CheckpointReading> => lab.client.readCheckpoints(id);
  const change = (id: VmId, what: CheckpointChange, watch?: CheckpointWatch): Promise<CheckpointOutcome> =>
    lab.client.changeCheckpoints(id, what, watch);
  const create = (
    id: VmId,
    type: 'standard' | 'production' | 'productionOnly',
    name = '',
  ): Promise<CheckpointOutcome> => change(id, { kind: 'create', type, name });

  async function named(id: VmId, name: string): Promise<Checkpoint> {
    const { checkpoints } = await read(id);
    return checkpoints.find((one) => one.name === name) ?? assert.fail(`there is no checkpoint ${name}`);
  }

  it('are read as a flat list with parents, dates and what is in them', async () => {
    const { checkpoints, currentId, setting, vmState, work, unreadable } = await read(off);
    const nameOf = (id: string | null): string | undefined => checkpoints.find((one) => one.id === id)?.name;
    assert.deepEqual(
      checkpoints.map(({ name, parentId, hasMemory, automatic, purpose }) => [
        name,
        nameOf(parentId),
        hasMemory,
        automatic,
        purpose,
      ]),
      [
        ['first', undefined, true, false, 'person'],
        ['second', 'first', false, false, 'person'],
        ['side', 'first', true, false, 'person'],
        ['leaf', 'side', false, true, 'person'],
      ],
    );
    assert.deepEqual([nameOf(currentId), setting, vmState, work, unreadable], ['second', 'production', 'off', [], 0]);
    const [first, second] = checkpoints;
    const hours = ((second?.createdAtMs ?? 0) - (first?.createdAtMs ?? 0)) / 3_600_000;
    assert.equal(Math.round(hours), 5);
  });

  it('of a VM without any are none, of one that does not exist an error', async () => {
    assert.deepEqual((await read(answers)).checkpoints, []);
    await refused(read(labVmId(99)), 'vmNotFound');
  });

  it('of a backup are told from those of people', async () => {
    const { checkpoints } = await read(backedUp);
    assert.deepEqual(
      checkpoints.map(({ purpose }) => purpose),
      ['backup'],
    );
  });

  it('are not read at all without rights, instead of as none', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(read(off), 'accessDenied');
  });

  it('say what the host does with the disks', async () => {
    assert.deepEqual((await read(merging)).work, ['mergingDisks']);
  });

  it('become what was asked for where the guest helps, and carry the name', async () => {
    const production = await create(answers, 'production', 'before $(x) "update"');
    assert.deepEqual([production.made?.verdict, production.failure], ['asWanted', undefined]);
    assert.equal(production.made?.checkpoint?.name, 'before $(x) "update"');
    const standard = await create(answers, 'standard', 'second');
    assert.deepEqual([standard.made?.verdict, standard.made?.checkpoint?.hasMemory], ['asWanted', true]);
    const { checkpoints, currentId, setting } = await read(answers);
    assert.deepEqual(
      checkpoints.map(({ name, hasMemory }) => [name, hasMemory]),
      [
        ['before $(x) "update"', false],
        ['second', true],
      ],
    );
    assert.equal(currentId, checkpoints[1]?.id);
    assert.equal(checkpoints[1]?.parentId, checkpoints[0]?.id);
    // The type was lent for the second one, and is what it was.
    assert.equal(setting, 'production');
  });

  it('fall back to the standard type where no guest can rest, and that is told', async () => {
    const { made } = await create(noDaemon, 'production', 'x');
    assert.deepEqual([made?.verdict, made?.checkpoint?.hasMemory], ['fellBack', true]);
  });

  it('are not made at all where falling back was ruled out, and the setting is given back', async () => {
    const { failure, made, reading, settingLeft } = await create(noDaemon, 'productionOnly', 'x');
    assert.equal(made, undefined);
    assert.equal(failure?.reason, 'failed');
    assert.match(failure.detail.hostMessage ?? '', /Production checkpoints cannot be created/);
    assert.deepEqual([reading?.checkpoints, reading?.setting, settingLeft], [[], 'production', undefined]);
  });

  it('of a VM that is off or saved are the same whatever was asked for', async () => {
    for (const id of [off, saved]) assert.equal((await create(id, 'standard')).made?.verdict, 'noDifference');
  });

  it('are not made where they are disabled, in the words of the host', async () => {
    const { failure } = await create(disabled, 'standard');
    assert.match(failure?.detail.hostMessage ?? '', /Checkpoints have been disabled for 'disabled'/);
    assert.equal((await read(disabled)).setting, 'disabled');
  });

  it('are refused while disks are merged', async () => {
    assert.equal((await create(merging, 'standard')).failure?.reason, 'invalidState');
  });

  it('are renamed', async () => {
    const { id } = await named(off, 'side');
    const { failure, reading } = await change(off, { kind: 'rename', checkpointId: id, name: 'Größe [1] $x' });
    assert.equal(failure, undefined);
    assert.ok(reading?.checkpoints.some((one) => one.id === id && one.name === 'Größe [1] $x'));
  });

  it('are applied to a VM that is off, which is then as it was', async () => {
    const first = await named(off, 'first');
    const outcome = await change(off, { kind: 'apply', checkpointId: first.id });
    assert.deepEqual(
      [outcome.failure, outcome.savedFrom, outcome.reading?.currentId],
      [undefined, undefined, first.id],
    );
    assert.equal((await lab.client.readVm(off)).state, 'saved');
    const second = await named(off, 'second');
    await change(off, { kind: 'apply', checkpointId: second.id });
    assert.equal((await lab.client.readVm(off)).state, 'off');
  });

  it('are applied to a VM that runs after it was saved, and the VM is told of on the way', async () => {
    await create(answers, 'production', 'x');
    const { id } = await named(answers, 'x');
    const steps: string[] = [];
    const seen: string[] = [];
    const outcome = await lab.client.changeCheckpoints(
      answers,
      { kind: 'apply', checkpointId: id },
      { onProgress: (step) => steps.push(step) },
      ({ state }) => seen.push(state),
    );
    assert.deepEqual([outcome.failure, outcome.savedFrom], [undefined, 'running']);
    assert.deepEqual([...new Set(steps)], ['saving', 'applying']);
    assert.ok(seen.includes('saved'), seen.join());
    assert.equal(seen.at(-1), 'off');
  });

  it('that fail to be applied leave the VM saved, with nothing lost', async () => {
    await create(answers, 'production', 'x');
    const { id } = await named(answers, 'x');
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'ApplySnapshot', code: 5 });
    const { failure, savedFrom } = await change(answers, { kind: 'apply', checkpointId: id });
    assert.deepEqual([failure?.reason, savedFrom], ['invalidState', 'running']);
    assert.equal((await lab.client.readVm(answers)).state, 'saved');
  });

  it('are deleted alone, so that those after them stay', async () => {
    const { id } = await named(off, 'side');
    const { failure, reading } = await change(off, { kind: 'delete', checkpointId: id, subtree: false });
    assert.equal(failure, undefined);
    const left = reading?.checkpoints ?? [];
    assert.deepEqual(
      left.map(({ name }) => name),
      ['first', 'second', 'leaf'],
    );
    assert.equal(left[2]?.parentId, left[0]?.id);
  });

  it('are deleted with all that came after them', async () => {
    const { id } = await named(off, 'side');
    const { reading } = await change(off, { kind: 'delete', checkpointId: id, subtree: true });
    assert.deepEqual(
      reading?.checkpoints.map(({ name }) => name),
      ['first', 'second'],
    );
  });

  it('that cannot be deleted stay, and the reason is known', async () => {
    const [one] = (await read(refuses)).checkpoints;
    assert.ok(one);
    const { failure, reading } = await change(refuses, { kind: 'delete', checkpointId: one.id, subtree: false });
    assert.equal(failure?.reason, 'inUse');
    assert.equal(reading?.checkpoints.length, 1);
  });

  it('of another VM, of a backup, and those that are gone are not touched', async () => {
    const { id } = await named(off, 'first');
    const [backup] = (await read(backedUp)).checkpoints;
    assert.ok(backup);
    for (const [vm, checkpointId] of [
      [answers, id],
      [backedUp, backup.id],
    ] as const) {
      for (const what of [
        { kind: 'delete', checkpointId, subtree: true },
        { kind: 'apply', checkpointId },
        { kind: 'rename', checkpointId, name: 'x' },
      ] as const)
        assert.equal((await change(vm, what)).failure?.reason, 'checkpointNotFound');
    }
    assert.equal((await read(off)).checkpoints.length, 4);
    assert.equal((await read(backedUp)).checkpoints.length, 1);
  });
});

describe('a job for a checkpoint', () => {
  // Time stands almost still, and goes on when a test says so.
  const lab = labForSuite({ ...spec, timeScale: 0.01 });

  /** Leaves when the host is seen to be at work. */
  function leaver(): CheckpointWatch {
    const leaving = new AbortController();
    let told = 0;
    return {
      signal: leaving.signal,
      onProgress: () => {
        told += 1;
        if (told === 2) leaving.abort();
      },
    };
  }

  it('tells how far it is', async () => {
    const seen: (number | undefined)[] = [];
    const onProgress = (_: string, percent: number | undefined): void => {
      seen.push(percent);
      void lab.client.call('lab.advance', { ms: 1_200 });
    };
    const what = { kind: 'create', type: 'standard', name: '' } as const;
    const { failure } = await lab.client.changeCheckpoints(answers, what, { onProgress });
    assert.equal(failure, undefined);
    assert.ok(
      seen.some((percent) => percent !== undefined && percent > 0 && percent < 100),
      seen.join(),
    );
  });

  it('whose type could not be taken back from the VM tells so', async () => {
    let told = 0;
    const { settingLeft, made } = await lab.client.changeCheckpoints(
      answers,
      { kind: 'create', type: 'standard', name: '' },
      {
        onProgress: () => {
          told += 1;
          if (told !== 2) return;
          void (async () => {
            await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Set-VM' });
            await lab.client.call('lab.advance', { ms: 10_000 });
          })();
        },
      },
    );
    assert.deepEqual([settingLeft, made?.verdict], ['standard', 'asWanted']);
  });

  it('that can be ended is, and leaves nothing', async () => {
    const what = { kind: 'create', type: 'standard', name: '' } as const;
    const { failure, reading, settingLeft } = await lab.client.changeCheckpoints(answers, what, leaver());
    assert.deepEqual([failure?.reason, failure?.outcome], ['cancelled', 'none']);
    assert.deepEqual([reading?.checkpoints, reading?.setting, settingLeft], [[], 'production', undefined]);
  });

  it('that cannot be ended goes on, which is said, and the disks are merged in its wake', async () => {
    const { checkpoints } = await lab.client.readCheckpoints(off);
    const checkpointId = (checkpoints[1] ?? assert.fail()).id;
    const what = { kind: 'delete', checkpointId, subtree: false } as const;
    const { failure } = await lab.client.changeCheckpoints(off, what, leaver());
    assert.deepEqual([failure?.reason, failure?.outcome], ['cancelled', 'unknown']);
    assert.deepEqual((await lab.client.readCheckpoints(off)).work, ['deletingCheckpoint']);
    await lab.client.call('lab.advance', { ms: 5_000 });
    const after = await lab.client.readCheckpoints(off);
    assert.deepEqual([after.checkpoints.length, after.work], [3, ['mergingDisks']]);
    await lab.client.call('lab.advance', { ms: 30_000 });
    assert.deepEqual((await lab.client.readCheckpoints(off)).work, []);
  });

  it('is not begun for somebody who has left', async () => {
    const what = { kind: 'create', type: 'production', name: '' } as const;
    const making = lab.client.changeCheckpoints(off, what, { signal: AbortSignal.abort() });
    assert.equal((await refused(making, 'cancelled')).outcome, 'none');
    assert.equal((await lab.client.readCheckpoints(off)).checkpoints.length, 4);
  });
});
