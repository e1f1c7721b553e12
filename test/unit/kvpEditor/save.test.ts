import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { KvpReading } from '../../../src/domain/kvp/pools';
import type { KvpApplied } from '../../../src/hyperv/kvpApplied';
import type { SavePlans, SaveResult } from '../../../src/kvpEditor/messages';
import { savePlans } from '../../../src/kvpEditor/save';
import type { Saved } from '../../../src/kvpEditor/save';
import { stateTarget } from '../../support/kvpStates';
import { vmId } from '../../support/vms';

const reading: KvpReading = {
  pools: { external: [], guest: [], intrinsic: [], hostOnly: [] },
  enabled: true,
  unreadable: 0,
};
const plan = { changes: { add: [{ key: 'a', value: '1' }], change: [], remove: [{ key: 'b' }] }, expected: [] };
const both: SavePlans = { external: plan, hostOnly: plan };

/** Each call of applyKvp gets the next of these answers. */
async function save(...answers: (KvpApplied | HyperVError)[]): Promise<Saved & { readonly asked: string[] }> {
  const asked: string[] = [];
  const details = {
    readKvp: () => Promise.resolve(reading),
    applyKvp: (_host: string, _vm: string, pool: string) => {
      asked.push(pool);
      const answer = answers.shift();
      assert.ok(answer);
      return HyperVError.is(answer) ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const { signal } = new AbortController();
  return { ...(await savePlans({ details, target: stateTarget, vmId: vmId(1), signal }, both)), asked };
}

function said(result: SaveResult): string[] {
  assert.equal(result.kind, 'done');
  return [...result.outcomes.external, ...result.outcomes.hostOnly].map(
    ({ verb, key, outcome, reason }) => `${verb} ${key} ${outcome} ${reason ?? ''}`,
  );
}

const written: KvpApplied = {
  outcomes: [
    { verb: 'add', key: 'a', outcome: 'written' },
    { verb: 'remove', key: 'b', outcome: 'written' },
  ],
  reading,
};

describe('a save of two pools', () => {
  it('tells what became of the first when the second cannot begin', async () => {
    const { result, reading: last } = await save(written, new HyperVError('cancelled', 'The save was cancelled.'));
    assert.deepEqual(said(result), [
      'add a written ',
      'remove b written ',
      'add a notTried cancelled',
      'remove b notTried cancelled',
    ]);
    assert.equal(last, reading);
  });

  it('asks nothing of the second once the session was lost', async () => {
    const lost: KvpApplied = {
      outcomes: [
        { verb: 'add', key: 'a', outcome: 'unknown', reason: 'sessionLost' },
        { verb: 'remove', key: 'b', outcome: 'written' },
      ],
      reading: null,
    };
    const { result, reading: last, asked } = await save(lost);
    assert.deepEqual(asked, ['external']);
    assert.deepEqual(said(result).slice(2), ['add a notTried sessionLost', 'remove b notTried sessionLost']);
    assert.equal(last, undefined);
  });

  it('rejects when not even the first can begin', async () => {
    await assert.rejects(save(new HyperVError('vmNotFound', 'gone')), (error) => HyperVError.is(error, 'vmNotFound'));
  });
});
