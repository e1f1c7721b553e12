// Start, Save, Pause and Resume: what the host does by itself, without asking the guest and without losing anything.
// The row shows the result.
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { powerPick, powerTitle } from './powerTexts';
import type { PowerVerb } from './powerTexts';
import { resolveVms } from './targets';

export async function changePower(
  context: CommandContext,
  verb: PowerVerb,
  ...args: readonly unknown[]
): Promise<void> {
  const targets = await resolveVms(context, args, verb, powerPick(verb));
  await runOnEach(context, targets, {
    action: verb,
    title: (chosen) => powerTitle(verb, chosen),
    run: ({ hostId, vm }, withdraw) => context.service.change(hostId, `vm.${verb}`, { id: vm.id }, undefined, withdraw),
  });
}
