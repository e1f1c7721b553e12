// Copy Name, Copy Id, Copy Address: puts a fact of one or more VMs on the clipboard, one a line.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { vmAddress } from '../domain/vmAddress';
import type { VmRecord } from '../domain/vm';
import type { CommandContext } from './commandContext';
import { resolveVmsWhere } from './targets';
import type { PickTexts } from './ui';

export type CopiedFact = 'name' | 'id' | 'address';

export async function copyFact(context: CommandContext, fact: CopiedFact, ...args: readonly unknown[]): Promise<void> {
  const targets = await resolveVmsWhere(context, args, pickTexts(fact), {
    isAllowed: (vm) => factOf(vm, fact) !== undefined,
    refusal: (vm) => l10n.t('{0} has not reported an address.', vm.name),
  });
  const lines = targets.flatMap(({ vm }) => factOf(vm, fact) ?? []);
  const [first] = lines;
  if (first === undefined) return;
  await context.ui.copy(lines.join('\n'));
  // Nothing else shows that the clipboard changed.
  context.ui.mention(lines.length === 1 ? l10n.t('Copied: {0}', first) : l10n.t('Copied {0} lines.', lines.length));
}

function factOf(vm: VmRecord, fact: CopiedFact): string | undefined {
  switch (fact) {
    case 'name':
      return vm.name;
    case 'id':
      return vm.id;
    case 'address':
      return vmAddress(vm);
    default:
      return assertNever(fact);
  }
}

function pickTexts(fact: CopiedFact): PickTexts {
  const placeholder = l10n.t('Of which virtual machine?');
  switch (fact) {
    case 'name':
      return { title: l10n.t('Copy Name'), placeholder };
    case 'id':
      return { title: l10n.t('Copy Id'), placeholder };
    case 'address':
      return { title: l10n.t('Copy Address'), placeholder };
    default:
      return assertNever(fact);
  }
}
