// Group VMs By: how the VMs of large hosts stand together in the tree, kept in the person's settings.
import * as l10n from '@vscode/l10n';
import { groupings } from '../domain/vmGrouping';
import type { GroupBy } from '../domain/vmGrouping';
import { joinFacts } from '../views/row';
import type { CommandContext } from './commandContext';
import type { Choice } from './ui';

/** The tree follows the setting. */
export async function groupVms({ ui, grouping }: CommandContext): Promise<void> {
  const { by: current, above } = grouping.read();
  const texts = {
    title: l10n.t('Group VMs By'),
    placeholder: l10n.t('For hosts that show more than {0} virtual machines', above),
  };
  const picked = await ui.pick(
    texts,
    groupings.map((by) => choiceOf(by, by === current)),
  );
  if (picked !== undefined && picked !== current) await grouping.write(picked);
}

/** The one there is has a sign, and a word for those who do not see it. */
function choiceOf(by: GroupBy, isCurrent: boolean): Choice<GroupBy> {
  const { label, description } = wordsOf(by);
  if (!isCurrent) return { label, description, icon: icons[by], value: by };
  return { label, description: joinFacts([description, l10n.t('chosen now')]), icon: 'check', value: by };
}

const icons: Readonly<Record<GroupBy, string>> = {
  name: 'list-unordered',
  state: 'vm-running',
  tag: 'tag',
  none: 'list-flat',
};

function wordsOf(by: GroupBy): { readonly label: string; readonly description: string } {
  switch (by) {
    case 'name':
      return { label: l10n.t('Name'), description: l10n.t('ranges such as A–C') };
    case 'state':
      return { label: l10n.t('State'), description: l10n.t('running, paused, saved, off') };
    case 'tag':
      return { label: l10n.t('Tag'), description: l10n.t('the first word with # in the notes') };
    case 'none':
      return { label: l10n.t('Nothing'), description: l10n.t('one list, slow for thousands') };
  }
}
