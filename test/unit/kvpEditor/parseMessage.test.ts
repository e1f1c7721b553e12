import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFromPage, parsePageState } from '../../../src/kvpEditor/parseMessage';
import type { FromPage } from '../../../src/kvpEditor/messages';

const row = { id: 1, base: { key: 'a', value: '1' }, key: 'a', value: '2', removed: false };
const plan = { changes: { add: [], change: [{ key: 'a', value: '2' }], remove: [{ key: 'b' }] }, expected: [row.base] };
const messages: readonly FromPage[] = [
  { type: 'ready' },
  { type: 'refresh' },
  { type: 'cancelSave' },
  { type: 'save', id: 7, plans: { external: plan } },
  { type: 'draft', draft: null },
  { type: 'draft', draft: { external: [row], hostOnly: [{ ...row, base: null, theirs: null }] } },
  { type: 'copy', text: '</script>' },
  { type: 'copyPairs', pairs: [{ key: 'a', value: '' }] },
  { type: 'export', format: 'env', pairs: [{ key: 'A', value: '1' }] },
  { type: 'import', pool: 'hostOnly' },
  { type: 'action', action: 'showLog' },
];

describe('messages of the editor page', () => {
  for (const message of messages) {
    it(`are taken as they are: ${JSON.stringify(message).slice(0, 60)}`, () => {
      assert.deepEqual(parseFromPage(structuredClone(message)), message);
    });
  }

  it('are not taken when a field is missing, of another type or not of the list', () => {
    const bad: readonly unknown[] = [
      undefined,
      null,
      'ready',
      [],
      { type: 'exec' },
      { type: 'save', plans: {} },
      { type: 'save', id: 1, plans: { guest: plan } },
      { type: 'save', id: 1, plans: { external: { ...plan, expected: [{ key: 1, value: '' }] } } },
      { type: 'save', id: 1, plans: { external: { changes: { add: {}, change: [], remove: [] }, expected: [] } } },
      { type: 'draft' },
      { type: 'draft', draft: { external: [] } },
      { type: 'draft', draft: { external: [{ ...row, removed: 'no' }], hostOnly: [] } },
      { type: 'copy', text: 5 },
      { type: 'copyPairs', pairs: [{ key: 'a' }] },
      { type: 'export', format: 'exe', pairs: [] },
      { type: 'export', format: 'env', pairs: 'A=1' },
      { type: 'import', pool: 'intrinsic' },
      { type: 'action', action: 'workbench.action.quit' },
    ];
    for (const message of bad) assert.equal(parseFromPage(message), undefined, JSON.stringify(message));
  });

  it('never make the check throw', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        parseFromPage(message);
        parsePageState(message);
      }),
    );
  });
});

describe('the state of a page that is brought back', () => {
  const target = { hostId: 'lab-0', vmId: 'x', hostName: 'H', vmName: 'V' };

  it('names the VM and holds the draft', () => {
    const draft = { external: [row], hostOnly: [] };
    assert.deepEqual(parsePageState({ target, draft }), { target, draft });
  });

  it('loses a draft that makes no sense, but not the page', () => {
    assert.deepEqual(parsePageState({ target, draft: { external: 'x' } }), { target, draft: null });
  });

  it('is nothing when it does not say whose pairs were shown', () => {
    assert.equal(parsePageState({ target: { ...target, vmId: undefined }, draft: null }), undefined);
    assert.equal(parsePageState(undefined), undefined);
  });
});
