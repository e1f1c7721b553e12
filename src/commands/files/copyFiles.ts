// Copy Files to Guest: for rows, from the palette, or for files that were dropped on a row.
import * as l10n from '@vscode/l10n';
import { copyRefusal } from '../../domain/files/targets';
import type { CopyRefusal } from '../../domain/files/targets';
import { styleOfPath } from '../../domain/files/guestPaths';
import { planCopy } from '../../domain/files/plan';
import type { Skipped } from '../../domain/files/plan';
import { skipReasonText } from '../../domain/files/texts';
import { assertNever } from '../../domain/assertNever';
import { refusalText } from '../../domain/errorTexts';
import { isRemote } from '../../hyperv/hostOrder';
import { isHypervNode } from '../../views/nodes';
import type { CommandContext } from '../commandContext';
import { resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import { copyAndTell, tellOutcome } from './copyAndTell';
import { askWhere } from './destination';
import type { CopyDraft } from './destination';
import { leftOutText } from './resultTexts';
import type { FileTarget } from './run';
import type { ServiceUse } from './serviceUse';
import { findSources, urisIn } from './sources';
import { offerSsh } from './sshWay';
import type { Found } from './walk';

/**
 * @param args (row, selected rows) from a menu, nothing from the palette, (row, nothing, `text/uri-list`) from a drop.
 * Resolves before the person has answered a report on failures.
 */
export async function copyFiles(context: CommandContext, uses: ServiceUse, ...args: readonly unknown[]): Promise<void> {
  const title = l10n.t('Copy Files to Guest');
  const [row, , list] = args;
  const dropped = typeof list === 'string' ? urisIn(list) : undefined;
  // No menu of such a row has the command.
  if (dropped !== undefined && isHypervNode(row) && row.kind !== 'vm') {
    context.ui.inform(l10n.t('Files go into a virtual machine: drop them on the row of one that runs.'));
    return;
  }
  if (dropped?.length === 0) {
    context.ui.inform(l10n.t('What was dropped is in no file yet. Save it on this computer, then drop that file.'));
    return;
  }
  const chosen = await resolveVmsWhere(
    context,
    args,
    { title, placeholder: l10n.t('Into which virtual machine?') },
    {
      isAllowed: (vm) => copyRefusal(vm) === undefined,
      refusal: (vm) => {
        const refusal = copyRefusal(vm);
        return refusal && copyRefusalText(refusal, vm.name);
      },
    },
  );
  const targets = await wholeTargets(context, chosen);
  const far = targets.filter(({ hostId }) => isFar(context, hostId));
  const near = targets.filter(({ hostId }) => !isFar(context, hostId));
  // The others do not wait until somebody presses its button.
  const offering = far.length === 0 ? undefined : offerSsh(context, title, far, dropped);
  if (near.length > 0) await copyInto(context, uses, title, near, dropped);
  else await offering;
}

async function copyInto(
  context: CommandContext,
  uses: ServiceUse,
  title: string,
  targets: readonly VmTarget[],
  dropped: readonly string[] | undefined,
): Promise<void> {
  const found = await findSources(context, title, dropped);
  if (found === undefined) return;
  const where = found.files.length === 0 ? undefined : await askWhere(context, title, targets);
  if (where === undefined && found.files.length > 0) return;
  const { files, skipped } = where === undefined ? { files: [], skipped: [] } : planned(targets, found, where);
  const left = leftOut(context, [...found.skipped, ...skipped]);
  if (where === undefined || files.length === 0)
    tellOutcome(context, [l10n.t('There is no file to copy.'), ...(left === undefined ? [] : [left])]);
  else await copyAndTell(context, uses, files, where.service, left);
}

/** What was left out; its names are in the log. */
function leftOut({ log }: CommandContext, skipped: readonly Skipped[]): string | undefined {
  for (const { reason, name } of skipped) log.info(l10n.t('Left out, {0}: {1}', skipReasonText(reason), name));
  return leftOutText(skipped);
}

/** Reads those of which only the state is known yet, and says which cannot be. */
async function wholeTargets(context: CommandContext, chosen: readonly VmTarget[]): Promise<readonly VmTarget[]> {
  const read = chosen.map(async (target) => {
    if (target.vm.partial !== true) return [target];
    const vm = await context.service.readVm(target.hostId, target.vm.id);
    const refusal = vm === undefined ? 'notRunning' : copyRefusal(vm);
    if (refusal !== undefined) context.ui.inform(copyRefusalText(refusal, target.vm.name));
    return vm === undefined || refusal !== undefined ? [] : [{ ...target, vm }];
  });
  return (await Promise.all(read)).flat();
}

function isFar({ store }: CommandContext, hostId: string): boolean {
  const definition = store.host(hostId)?.definition;
  return definition !== undefined && isRemote(definition);
}

function copyRefusalText(refusal: CopyRefusal, vmName: string): string {
  switch (refusal) {
    case 'notRunning':
      return l10n.t('{0} does not run: files can be copied only into a guest that does.', vmName);
    case 'changing':
      return refusalText(refusal, vmName);
    case 'noPart':
      return l10n.t('The system of {0} has no part for file copy. Use ssh.', vmName);
    case 'serviceFixed':
      return l10n.t('Guest Services of {0} is disabled, and cannot be enabled now.', vmName);
    default:
      return assertNever(refusal);
  }
}

function planned(
  targets: readonly VmTarget[],
  found: Found,
  { folders }: CopyDraft,
): { readonly files: readonly FileTarget[]; readonly skipped: readonly Skipped[] } {
  const plans = targets.map((target) => {
    const folder = folders[target.vm.id] ?? '';
    return { target, plan: planCopy(styleOfPath(folder), folder, found.files) };
  });
  const skipped = plans.flatMap(({ plan }) => plan.skipped);
  return {
    files: plans.flatMap(({ target, plan }) => plan.files.map((file) => ({ ...target, file }))),
    // Guests of a kind leave out the same.
    skipped: [...new Map(skipped.map((one) => [`${one.reason}\n${one.name}`, one])).values()],
  };
}
