// Find VM and the filter of the tree, through VS Code's own list and its own tree.
import assert from 'node:assert/strict';
import { contextKeys } from '../../src/manifest';
import { ContextKeys } from './support/contextKeys';
import { useLab } from './support/lab';
import { Searches } from './support/searches';
import { put, run, until } from './support/window';
import type { VmName } from './support/window';

describe('Looking for a VM', () => {
  const lab = useLab();
  const searches = new Searches();
  const keys = new ContextKeys();

  beforeEach(() => {
    searches.install();
    keys.install();
  });

  afterEach(async () => {
    await run('clearFilter');
    searches.restore();
    keys.restore();
  });

  /** The tree selects in its own time. */
  async function selects(name: VmName): Promise<void> {
    let asking = false;
    await until(() => {
      if (!asking) {
        asking = true;
        void run('copyName', 'selection').then(() => {
          asking = false;
        });
      }
      return lab.prompts.copied.at(-1) === name;
    }, `the row of ${name} is selected`);
  }

  it('leads from a few letters to its row', async () => {
    const ended = run('findVm');
    await searches.choose('dea', 'deaf');
    await ended;
    await selects('deaf');
  });

  it('finds by state, and names hosts that could not be searched', async () => {
    await put(lab.api, 'paused', ['locked']);
    const ended = run('findVm');
    await searches.choose('paused', 'locked');
    const failed = lab.api.snapshot().filter(({ status }) => status === 'failed');
    assert.ok(failed.length > 0);
    for (const { name } of failed)
      assert.ok(searches.labels.includes(`${name} is not searched`), searches.labels.join(', '));
    await ended;
    await selects('locked');
  });

  it('shows a row which the filter hides, by clearing it', async () => {
    const filtering = run('filterVms');
    await searches.choose('polite', 'Contains "polite"');
    await filtering;
    await until(() => keys.get(contextKeys.filtered) === true, 'the view is filtered');
    const finding = run('findVm');
    await searches.choose('deaf', 'deaf');
    await finding;
    await selects('deaf');
    assert.equal(keys.get(contextKeys.filtered), false);
  });
});
