import assert from 'node:assert/strict';
import { checkpointRefusal, createRefusal, mustBeSaved } from '../../../../src/domain/checkpoints/actions';
import { checkpointIdIn } from '../../../../src/domain/checkpoints/checkpoint';
import { kindOf, newCheckpoint, verdictOn } from '../../../../src/domain/checkpoints/kind';
import { momentText } from '../../../../src/domain/checkpoints/moments';
import { maxNameLength, nameProblem, suggestedName } from '../../../../src/domain/checkpoints/names';
import type { VmState } from '../../../../src/domain/powerStates';
import { checkpointReading } from '../../../../src/hyperv/checkpointReading';
import { checkpointId, makeCheckpoint } from '../../../support/checkpoints';

describe('the type of a checkpoint', () => {
  it('is what is in it, and nothing is guessed', () => {
    assert.equal(kindOf({ hasMemory: true, setting: 'production' }), 'standard');
    assert.equal(kindOf({ hasMemory: false, setting: 'production' }), 'withoutMemory');
    assert.equal(kindOf({ hasMemory: false, setting: 'unknown' }), 'withoutMemory');
    assert.equal(kindOf({ hasMemory: false, setting: 'standard' }), 'offline');
    assert.equal(kindOf({ hasMemory: null, setting: 'production' }), 'unknown');
  });

  it('is compared with what was asked for', () => {
    const verdict = (
      wanted: 'standard' | 'production' | 'productionOnly',
      before: VmState,
      hasMemory: boolean | null,
    ): string => verdictOn(wanted, before, { hasMemory });
    assert.equal(verdict('production', 'running', false), 'asWanted');
    assert.equal(verdict('production', 'running', true), 'fellBack');
    assert.equal(verdict('productionOnly', 'running', true), 'fellBack');
    assert.equal(verdict('standard', 'running', true), 'asWanted');
    assert.equal(verdict('standard', 'paused', true), 'asWanted');
    assert.equal(verdict('standard', 'running', false), 'withoutMemory');
    assert.equal(verdict('production', 'off', false), 'noDifference');
    assert.equal(verdict('production', 'saved', true), 'noDifference');
    assert.equal(verdict('production', 'running', null), 'unknown');
    assert.equal(verdict('production', 'starting', false), 'unknown');
  });

  it('is looked for in the one that is new, and in none when nobody can tell which that is', () => {
    const [one, two, three] = [1, 2, 3].map((number) => makeCheckpoint(number));
    assert.ok(one && two && three);
    assert.equal(newCheckpoint([one], [one, two], two.id)?.id, two.id);
    assert.equal(newCheckpoint([one], [one], one.id), undefined);
    // Somebody else made one at the same time: the VM goes on from the last.
    assert.equal(newCheckpoint([one], [one, two, three], three.id)?.id, three.id);
    assert.equal(newCheckpoint([one], [one, two, three], one.id), undefined);
    const backup = makeCheckpoint(4, { purpose: 'backup' });
    assert.equal(newCheckpoint([one], [one, backup], backup.id), undefined);
  });
});

describe('what can be done with checkpoints', () => {
  it('none is made where they are disabled, while the host is busy, and in states that change', () => {
    const refusal = (state: VmState, checkpointType: 'disabled' | 'production', work: never[] = []): unknown =>
      createRefusal({ state, checkpointType, work });
    for (const state of ['running', 'off', 'saved', 'paused'] as const)
      assert.equal(refusal(state, 'production'), undefined);
    assert.equal(refusal('running', 'disabled'), 'disabled');
    assert.equal(refusal('starting', 'production'), 'changing');
    assert.equal(refusal('unknown', 'production'), 'unknownState');
    const vm = { state: 'off', checkpointType: 'standard' } as const;
    assert.equal(createRefusal({ ...vm, work: ['mergingDisks'] }), 'merging');
    assert.equal(createRefusal({ ...vm, work: ['exporting'] }), 'busy');
    assert.equal(createRefusal({ ...vm, work: ['waitingToStart'] }), undefined);
  });

  it('those of backups, of replication and of nobody are left alone; a name can always be changed', () => {
    const reading = { vmState: 'running', work: [] } as const;
    const busy = { vmState: 'running', work: ['mergingDisks'] } as const;
    for (const action of ['apply', 'rename', 'delete', 'deleteSubtree'] as const) {
      assert.equal(checkpointRefusal(reading, { purpose: 'person' }, action), undefined);
      for (const purpose of ['backup', 'replica', 'other'] as const)
        assert.equal(checkpointRefusal(reading, { purpose }, action), 'notOurs');
      assert.equal(checkpointRefusal(reading, { purpose: 'missing' }, action), 'missing');
      const expected = action === 'rename' ? undefined : 'merging';
      assert.equal(checkpointRefusal(busy, { purpose: 'person' }, action), expected);
    }
  });

  it('a VM that runs or is paused is saved before one is applied', () => {
    const states = ['running', 'paused', 'off', 'saved'] as const;
    assert.deepEqual(states.map(mustBeSaved), [true, true, false, false]);
  });
});

describe('names of checkpoints', () => {
  it('are neither empty nor longer than Hyper-V keeps, and have no control characters', () => {
    assert.equal(nameProblem('before $(x) "update" [1] \u{1F680}'), undefined);
    assert.equal(nameProblem('  '), 'empty');
    assert.equal(nameProblem('a\nb'), 'controlCharacters');
    assert.equal(nameProblem('x'.repeat(maxNameLength)), undefined);
    assert.equal(nameProblem('x'.repeat(maxNameLength + 1)), 'tooLong');
    assert.equal(nameProblem('\u{D83D}'), 'controlCharacters');
  });

  it('are suggested so that they can be kept, whatever the VM is called', () => {
    const ms = new Date(2026, 10, 29, 9, 5, 7).getTime();
    assert.equal(suggestedName('web', ms), 'web - 2026-11-29 09:05:07');
    for (const name of ['\u{1F680}'.repeat(99), 'a\nb', '', 'x'.repeat(200)])
      assert.equal(nameProblem(suggestedName(name, ms)), undefined);
    assert.equal(momentText(ms), '2026-11-29 09:05:07');
  });
});

describe('the rows of a host', () => {
  const path = String.raw`\\HV\root\virtualization\v2:Msvm_VirtualSystemSettingData.InstanceID="Microsoft:`;

  it('become checkpoints, and what is not understood is counted', () => {
    const upper = checkpointId(1).toUpperCase();
    const row = ['checkpoint', `Microsoft:${upper}`, 'a', 'Microsoft:Hyper-V:Snapshot:Realized'];
    const reading = checkpointReading(
      [
        [...row, null, 1_000, true, 5, false],
        [
          'checkpoint',
          `Microsoft:${checkpointId(2)}`,
          7,
          'Microsoft:Hyper-V:Snapshot:Replica:Standard',
          `${path}${upper}"`,
        ],
        ['checkpoint', 'no GUID', 'x'],
        ['problem', 'Msvm_VirtualSystemSettingData', 'x'],
        'nonsense',
        null,
      ],
      { state: 2, work: [11, 32772], current: `${path}${checkpointId(2)}"`, setting: 3 },
    );
    assert.equal(reading.unreadable, 4);
    assert.deepEqual(reading.work, ['mergingDisks']);
    assert.deepEqual([reading.currentId, reading.setting, reading.vmState], [checkpointId(2), 'production', 'running']);
    const [first, second] = reading.checkpoints;
    assert.deepEqual(first, makeCheckpoint(1, { name: 'a', createdAtMs: 1_000 }));
    assert.deepEqual(
      second,
      makeCheckpoint(2, {
        name: '',
        createdAtMs: null,
        purpose: 'replica',
        hasMemory: null,
        setting: 'unknown',
        automatic: null,
      }),
    );
  });

  it('of any shape never throw', () => {
    for (const answer of [null, undefined, 'x', { work: 'x', state: 'y', current: 3 }, []]) {
      assert.deepEqual(checkpointReading([], answer).checkpoints, []);
      assert.equal(checkpointReading([[]], answer).unreadable, 1);
    }
  });

  it('name a checkpoint by the last GUID of its path', () => {
    assert.equal(checkpointIdIn(`${path}${checkpointId(3)}"`), checkpointId(3));
    assert.equal(checkpointIdIn('none'), undefined);
  });
});
