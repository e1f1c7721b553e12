// The plan of a save, pool by pool, as the question shows it.
import * as l10n from '@vscode/l10n';
import { editableKvpPools } from '../../domain/kvp/pools';
import type { SavePlans } from '../messages';
import { changeList } from './changeList';
import type { Model } from './model';
import { poolTitle } from './poolTexts';
import { el } from './render/view';
import type { View } from './render/view';

export function planView(plans: SavePlans, drafts: Model['drafts']): readonly View[] {
  return editableKvpPools.flatMap((pool) => {
    const plan = plans[pool];
    if (plan === undefined) return [];
    const { add, change, remove } = plan.changes;
    const before = new Map(drafts[pool].rows.flatMap(({ base }) => (base ? [[base.key, base.value] as const] : [])));
    return [
      el('h3', {}, poolTitle(pool)),
      ...changeList(
        l10n.t('Add'),
        add.map((pair) => ({ verb: 'add', ...pair })),
      ),
      ...changeList(
        l10n.t('Change'),
        change.map((pair) => ({ verb: 'change', ...pair, was: before.get(pair.key) })),
      ),
      ...changeList(
        l10n.t('Remove'),
        remove.map(({ key, renamedTo }) => ({ verb: 'remove', key, renamedTo, was: before.get(key) })),
      ),
    ];
  });
}
