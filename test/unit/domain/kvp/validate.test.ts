import assert from 'node:assert/strict';
import { addRow, editRow, emptyDraft, removeRow } from '../../../../src/domain/kvp/draft';
import type { PoolDraft } from '../../../../src/domain/kvp/draft';
import { draftOf, mergeReading } from '../../../../src/domain/kvp/merge';
import type { EditableKvpPool, KvpPair } from '../../../../src/domain/kvp/pools';
import { validateDraft } from '../../../../src/domain/kvp/validate';

const typed = (...pairs: KvpPair[]): PoolDraft => pairs.reduce(addRow, emptyDraft);
const keyProblem = (key: string, pool: EditableKvpPool = 'external'): unknown =>
  validateDraft(pool, typed({ key, value: '' })).rows.get(1)?.key;
const valueProblem = (value: string, pool: EditableKvpPool = 'external'): unknown =>
  validateDraft(pool, typed({ key: 'a', value })).rows.get(1)?.value;

describe('what stops a save', () => {
  it('an empty key, a key twice, a text that is too long or cannot travel', () => {
    assert.deepEqual(keyProblem(''), { kind: 'keyEmpty' });
    assert.deepEqual(keyProblem('k'.repeat(255)), undefined);
    assert.deepEqual(keyProblem('k'.repeat(256)), { kind: 'tooLong' });
    assert.deepEqual(keyProblem('k'.repeat(256), 'hostOnly'), undefined);
    assert.deepEqual(keyProblem('a\0b'), { kind: 'badCharacter', character: 'nul' });
    assert.deepEqual(valueProblem('v'.repeat(1023)), undefined);
    assert.deepEqual(valueProblem('v'.repeat(1024)), { kind: 'tooLong' });
    assert.deepEqual(valueProblem('v'.repeat(16_384), 'hostOnly'), undefined);
    assert.deepEqual(valueProblem('\ud800'), { kind: 'badCharacter', character: 'loneSurrogate' });
    const twice = validateDraft('external', typed({ key: 'a', value: '1' }, { key: 'a', value: '2' }));
    assert.deepEqual(
      [...twice.rows.values()].map(({ key }) => key?.kind),
      ['keyDuplicate', 'keyDuplicate'],
    );
    assert.equal(twice.canSave, false);
  });

  it('nothing that the host already has, however it is', () => {
    const draft = draftOf([
      { key: 'k'.repeat(600), value: 'v'.repeat(5000) },
      { key: '', value: '\0' },
    ]);
    assert.deepEqual(validateDraft('external', draft), { rows: new Map(), pairsOver: 0, canSave: true });
  });

  it('not a key that another row gives up', () => {
    const read = draftOf([{ key: 'a', value: '1' }]);
    assert.equal(validateDraft('external', addRow(removeRow(read, 1), { key: 'a', value: '2' })).canSave, true);
  });

  it('an open conflict', () => {
    const draft = editRow(draftOf([{ key: 'a', value: '1' }]), 1, { value: '2' });
    assert.equal(validateDraft('external', draft).canSave, true);
    assert.equal(validateDraft('external', mergeReading(draft, [{ key: 'a', value: '3' }])).canSave, false);
  });

  it('more than 128 pairs kept on the host, of which removed ones are not counted', () => {
    const many = Array.from({ length: 128 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const full = draftOf(many);
    assert.equal(validateDraft('hostOnly', full).pairsOver, 0);
    const over = addRow(full, { key: 'one more', value: '' });
    assert.equal(validateDraft('hostOnly', over).pairsOver, 1);
    assert.equal(validateDraft('hostOnly', over).canSave, false);
    assert.equal(validateDraft('hostOnly', removeRow(over, 1)).canSave, true);
    assert.equal(validateDraft('external', over).canSave, true);
  });
});

describe('what is warned of', () => {
  it('a name that looks like a secret, and keys that a Windows guest takes for one', () => {
    const { rows, canSave } = validateDraft(
      'external',
      typed({ key: 'token', value: '' }, { key: 'Stage', value: '' }, { key: 'stage', value: '' }),
    );
    assert.deepEqual(
      [...rows.values()].map(({ warnings }) => warnings),
      [['secret'], ['caseTwin'], ['caseTwin']],
    );
    assert.equal(canSave, true);
  });

  it('not of letter case where no guest reads', () => {
    const { rows } = validateDraft('hostOnly', typed({ key: 'A', value: '' }, { key: 'a', value: '' }));
    assert.equal(rows.size, 0);
  });
});
