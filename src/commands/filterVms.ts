// Filter VMs: narrows the tree to what is typed, to a state, or to what needs attention.
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import { filterStates, filterTest } from '../domain/vmFilter';
import type { TreeFilter } from '../domain/vmFilter';
import type { HostStore } from '../hyperv/hostStore';
import { filterText } from '../views/filterTexts';
import { vmIcon } from '../views/presentationVm';
import { searchableVm } from '../views/vmSearch';
import type { CommandContext } from './commandContext';
import type { SearchRow } from './searchUi';

/** What a row stands for; `filter` is missing where every VM is shown again. */
interface Choice {
  readonly filter?: TreeFilter;
}

export async function filterVms({ store, filter, search }: CommandContext): Promise<void> {
  const texts = { title: l10n.t('Filter VMs'), placeholder: l10n.t('Type what the rows shall contain, or choose') };
  const chosen = await new Promise<Choice | undefined>((resolve) => {
    const box = search.open<Choice>(texts, {
      typed: (text) => {
        box.show(choiceRows(store, filter.current, text.trim()), false);
      },
      accepted: (choice) => {
        resolve(choice);
        box.close();
      },
      pressed: () => undefined,
      left: () => {
        resolve(undefined);
      },
    });
    box.show(choiceRows(store, filter.current, ''), false);
  });
  if (chosen !== undefined) await filter.set(chosen.filter);
}

function choiceRows(store: HostStore, current: TreeFilter | undefined, text: string): SearchRow<Choice>[] {
  const row = (id: string, label: string, icon: string, filter: TreeFilter): SearchRow<Choice> => ({
    id,
    label,
    description: countText(store, filter),
    icon: isDeepStrictEqual(filter, current) ? 'check' : icon,
    value: { filter },
  });
  const typed: TreeFilter = { kind: 'text', text };
  const attention: TreeFilter = { kind: 'attention' };
  const all = [
    row('attention', filterText(attention), 'warning', attention),
    ...filterStates.map((state) => {
      const filter: TreeFilter = { kind: 'state', state };
      return row(state, filterText(filter), vmIcon({ state, heartbeat: null }), filter);
    }),
    ...(current === undefined
      ? []
      : [{ id: 'all', label: l10n.t('Show all'), description: filterText(current), icon: 'clear-all', value: {} }]),
  ];
  if (text === '') return all;
  // What is typed comes first; below it are the choices that it may be the beginning of.
  const begun = all.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  return [row('text', l10n.t('Contains {0}', filterText(typed)), 'search', typed), ...begun];
}

function countText(store: HostStore, filter: TreeFilter): string {
  const hosts = store.hosts().filter(({ status }) => status.kind !== 'failed');
  const matching = hosts.map(
    ({ definition, vms }) =>
      [...vms.values()].filter(filterTest(filter, (vm) => searchableVm(vm, definition.name))).length,
  );
  return l10n.t(
    '{0} of {1}',
    matching.reduce((sum, count) => sum + count, 0),
    hosts.reduce((sum, { vms }) => sum + vms.size, 0),
  );
}
