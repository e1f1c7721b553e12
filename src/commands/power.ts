// Start, Save, Pause and Resume: what the host does by itself, without asking the guest and without losing anything.
// The row shows the result.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { resolveVms } from './targets';
import type { VmTarget } from './targets';
import type { PickTexts } from './ui';

export type PowerVerb = 'start' | 'save' | 'pause' | 'resume';

export async function changePower(
  context: CommandContext,
  verb: PowerVerb,
  ...args: readonly unknown[]
): Promise<void> {
  const targets = await resolveVms(context, args, verb, pickTexts(verb));
  await runOnEach(context, targets, {
    action: verb,
    title: (chosen) => title(verb, chosen),
    run: ({ hostId, vm }, withdraw) => context.service.change(hostId, `vm.${verb}`, { id: vm.id }, undefined, withdraw),
  });
}

function pickTexts(verb: PowerVerb): PickTexts {
  switch (verb) {
    case 'start':
      return { title: l10n.t('Start'), placeholder: l10n.t('Which virtual machine shall start?') };
    case 'save':
      return { title: l10n.t('Save'), placeholder: l10n.t('Which virtual machine shall be saved?') };
    case 'pause':
      return { title: l10n.t('Pause'), placeholder: l10n.t('Which virtual machine shall pause?') };
    case 'resume':
      return { title: l10n.t('Resume'), placeholder: l10n.t('Which virtual machine shall go on?') };
    default:
      return assertNever(verb);
  }
}

function title(verb: PowerVerb, targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return titleOfOne(verb, first.vm.name);
  const count = targets.length;
  switch (verb) {
    case 'start':
      return l10n.t('Starting {0} virtual machines', count);
    case 'save':
      return l10n.t('Saving {0} virtual machines', count);
    case 'pause':
      return l10n.t('Pausing {0} virtual machines', count);
    case 'resume':
      return l10n.t('Resuming {0} virtual machines', count);
    default:
      return assertNever(verb);
  }
}

function titleOfOne(verb: PowerVerb, name: string): string {
  switch (verb) {
    case 'start':
      return l10n.t('Starting {0}', name);
    case 'save':
      return l10n.t('Saving {0}', name);
    case 'pause':
      return l10n.t('Pausing {0}', name);
    case 'resume':
      return l10n.t('Resuming {0}', name);
    default:
      return assertNever(verb);
  }
}
