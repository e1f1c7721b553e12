// Filter VMs: narrows the tree to what is typed, to a state, or to what needs attention.
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import { filterStates } from '../domain/vmFilter';
import type { TreeFilter } from '../domain/vmFilter';
import { nextTurn } from '../hyperv/nextTurn';
import { filterText } from '../views/filterTexts';
import { vmIcon } from '../views/presentationVm';
import type { CommandContext } from './commandContext';
import { FilterCounts } from './filterCounts';
import { slices } from './findVmSearch';
import type { SearchBox, SearchRow } from './searchUi';

/** What a row stands for; `filter` is missing where every VM is shown again. */
interface Choice {
  readonly filter?: TreeFilter;
}

export async function filterVms({ store, filter, search }: CommandContext): Promise<void> {
  const counts = new FilterCounts(store.hosts().filter(({ status }) => status.kind !== 'failed'));
  const chosen = await new Promise<Choice | undefined>((resolve, reject) => {
    const texts = { title: l10n.t('Filter VMs'), placeholder: l10n.t('Type what the rows shall contain, or choose') };
    const listed = new Listing(counts, filter.current, () => box);
    const box: SearchBox<Choice> = search.open<Choice>(texts, {
      typed: (text) => {
        listed.list(text.trim()).catch(reject);
      },
      accepted: (choice) => {
        resolve(choice);
        box.close();
      },
      pressed: () => undefined,
      left: () => {
        listed.end();
        resolve(undefined);
      },
    });
    listed.list('').catch(reject);
  });
  if (chosen !== undefined) await filter.set(chosen.filter);
}

/** The rows for what is typed: at once without the counts that take a moment, and then with them. */
class Listing {
  #wanted: string | undefined;

  constructor(
    private readonly counts: FilterCounts,
    private readonly current: TreeFilter | undefined,
    private readonly box: () => SearchBox<Choice>,
  ) {}

  async list(text: string): Promise<void> {
    this.#wanted = text;
    this.#show(text, false);
    // A letter typed meanwhile makes this one needless.
    await nextTurn();
    const filters = [...(text === '' ? [] : [textFilter(text)]), attention, ...filterStates.map(stateFilter)];
    if (
      await this.counts.count(
        filters,
        slices(() => this.#wanted === text),
      )
    )
      this.#show(text, true);
  }

  end(): void {
    this.#wanted = undefined;
  }

  #show(text: string, keepActive: boolean): void {
    this.box().show(choiceRows(this.counts, this.current, text), keepActive);
  }
}

const attention: TreeFilter = { kind: 'attention' };
const textFilter = (text: string): TreeFilter => ({ kind: 'text', text });
const stateFilter = (state: (typeof filterStates)[number]): TreeFilter => ({ kind: 'state', state });

function choiceRows(counts: FilterCounts, current: TreeFilter | undefined, text: string): SearchRow<Choice>[] {
  const row = (id: string, label: string, icon: string, filter: TreeFilter): SearchRow<Choice> => {
    const count = counts.of(filter);
    return {
      id,
      label,
      ...(count !== undefined && { description: l10n.t('{0} of {1}', count, counts.all) }),
      icon: isDeepStrictEqual(filter, current) ? 'check' : icon,
      value: { filter },
    };
  };
  const all = [
    row('attention', filterText(attention), 'warning', attention),
    ...filterStates.map((state) =>
      row(state, filterText(stateFilter(state)), vmIcon({ state, heartbeat: null }), stateFilter(state)),
    ),
    ...(current === undefined
      ? []
      : [{ id: 'all', label: l10n.t('Show all'), description: filterText(current), icon: 'clear-all', value: {} }]),
  ];
  if (text === '') return all;
  // What is typed comes first; below it are the choices that it may be the beginning of.
  const begun = all.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  return [row('text', l10n.t('Contains {0}', filterText(textFilter(text))), 'search', textFilter(text)), ...begun];
}
