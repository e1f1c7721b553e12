import assert from 'node:assert/strict';
import { groupVms } from '../../../src/commands/groupVms';
import type { Choice, PickTexts } from '../../../src/commands/ui';
import type { GroupBy } from '../../../src/domain/vmGrouping';
import { makeRig } from '../../support/commandRig';

interface Asked {
  readonly placeholder: string;
  readonly choices: readonly string[];
  readonly written: readonly GroupBy[];
}

/** Runs the command for a person who picks this label. */
async function choose(label: string | undefined, by: GroupBy): Promise<Asked> {
  const { context } = makeRig({});
  const written: GroupBy[] = [];
  let asked: { placeholder: string; choices: string[] } | undefined;
  const pick = <T>({ placeholder }: PickTexts, choices: readonly Choice<T>[]): Promise<T | undefined> => {
    asked = { placeholder, choices: choices.map((one) => `${one.icon ?? ''} ${one.label}: ${one.description ?? ''}`) };
    return Promise.resolve(choices.find((one) => one.label === label)?.value);
  };
  const write = (wanted: GroupBy): Promise<void> => Promise.resolve(void written.push(wanted));
  Object.assign(context.ui, { pick });
  await groupVms({ ...context, grouping: { read: () => ({ by, above: 300 }), write } });
  return { ...(asked ?? assert.fail('nobody was asked')), written };
}

describe('Group VMs By', () => {
  it('offers each way, marks the present one, and says for which hosts it is', async () => {
    const { placeholder, choices, written } = await choose(undefined, 'state');
    assert.deepEqual(choices, [
      'list-unordered Name: ranges such as A–C',
      'check State: running, paused, saved, off, chosen now',
      'tag Tag: the first word with # in the notes',
      'list-flat Nothing: one list, slow for thousands',
    ]);
    assert.equal(placeholder, 'For hosts that show more than 300 virtual machines');
    assert.deepEqual(written, []);
  });

  it('writes what is chosen, and nothing when it is what it was', async () => {
    assert.deepEqual((await choose('Tag', 'name')).written, ['tag']);
    assert.deepEqual((await choose('Nothing', 'name')).written, ['none']);
    assert.deepEqual((await choose('Name', 'name')).written, []);
  });
});
