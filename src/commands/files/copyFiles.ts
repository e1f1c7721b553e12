// Copy Files to Guest: for rows, from the palette, or for files that were dropped on a row.
import * as l10n from '@vscode/l10n';
import { guestFamily } from '../../domain/health/guestFamily';
import { copyRefusal } from '../../domain/files/targets';
import type { CopyRefusal } from '../../domain/files/targets';
import { styleOfPath } from '../../domain/files/guestPaths';
import { hasOtherLetters, planCopy } from '../../domain/files/plan';
import type { Skipped } from '../../domain/files/plan';
import { assertNever } from '../../domain/assertNever';
import { refusalText } from '../../domain/errorTexts';
import { isRemote } from '../../hyperv/hostOrder';
import { tellFailures } from '../bulkFailures';
import { firstNames, namesInModal } from '../bulkNames';
import type { CommandContext } from '../commandContext';
import { nodesOf, resolveVmsWhere, vmTarget } from '../targets';
import type { VmTarget } from '../targets';
import { askWhere } from './destination';
import type { CopyDraft, ServiceWish } from './destination';
import { canRetryFile, causeSentence, failedDetail, failureText, leftOutText, summaryText } from './resultTexts';
import type { Counts } from './resultTexts';
import { byVm, copyAll } from './run';
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
  const [, , list] = args;
  const dropped = typeof list === 'string' ? urisIn(list) : undefined;
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
  const far = targets.find(({ hostId }) => isFar(context, hostId));
  if (far !== undefined) {
    await offerSsh(
      context,
      far,
      (dropped ?? []).flatMap((uri) => context.files.pathOf(uri) ?? []),
    );
    return;
  }
  if (chosen.length === 0) {
    // Of a VM it was said why not.
    const [row] = nodesOf(args, context.selection) ?? [];
    if (dropped !== undefined && (row === undefined || vmTarget(context.store, row) === undefined))
      context.ui.inform(l10n.t('Drop files on a virtual machine that runs.'));
    return;
  }
  if (targets.length === 0) return;
  const found = await findSources(context, title, dropped);
  if (found === undefined) return;
  const where = found.files.length === 0 ? undefined : await askWhere(context, title, targets);
  if (where === undefined) {
    const text = found.files.length === 0 ? leftOutText(found.skipped, found.emptyFolders) : undefined;
    if (text !== undefined) context.ui.inform([l10n.t('There is no file to copy.'), text].join(' '));
    return;
  }
  const { files, skipped } = planned(targets, found, where);
  const leftOut = leftOutText([...found.skipped, ...skipped], found.emptyFolders);
  await copyAndTell(context, uses, files, where.service, leftOut);
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
  return {
    files: plans.flatMap(({ target, plan }) => plan.files.map((file) => ({ ...target, file }))),
    skipped: plans.flatMap(({ plan }) => plan.skipped),
  };
}

async function copyAndTell(
  context: CommandContext,
  uses: ServiceUse,
  targets: readonly FileTarget[],
  wish: ServiceWish,
  leftOut?: string,
): Promise<void> {
  const title = titleOf(targets);
  let counts: Counts;
  for (const [target] of byVm(targets)) uses.begin(target);
  try {
    counts = targets.length === 0 ? nothing : await copyWithQuestion(context, uses, targets, wish, title);
  } finally {
    await endUse(context, uses, targets);
  }
  const letters = hasOtherLetters(targets.map(({ file }) => file)) && targets.some(isLinux) ? [otherLettersText()] : [];
  const more = [...(leftOut === undefined ? [] : [leftOut]), ...letters];
  const { failed } = counts;
  if (failed.length === 0) {
    const isPlain = counts.copied.length === targets.length && targets.length > 0 && more.length === 0;
    const text = [...(targets.length === 0 ? [l10n.t('There is no file to copy.')] : [summaryText(counts)]), ...more];
    if (isPlain) context.ui.mention(text.join(' '));
    else context.ui.inform(text.join(' '));
    return;
  }
  void tellFailures(context, {
    title,
    message: [summaryText(counts), failureText(failed), ...more].join(' '),
    isPossible: (vm) => copyRefusal(vm) === undefined,
    failures: failed.map((one) => ({
      target: one.target,
      label: one.target.file.name,
      description: l10n.t('{0} on {1}', one.target.vm.name, one.target.hostName),
      cause: causeSentence(one),
      detail: failedDetail(one),
      mayRetry: canRetryFile(one),
    })),
    again: (chosen) => copyAndTell(context, uses, chosen, wish),
  });
}

const nothing: Counts = { copied: [], failed: [], left: [], kept: [] };

/** What is there already is asked for once, when it is known which files are. */
async function copyWithQuestion(
  context: CommandContext,
  uses: ServiceUse,
  targets: readonly FileTarget[],
  wish: ServiceWish,
  title: string,
): Promise<Counts> {
  const first = await copyAll(context, targets, { title, overwrite: false, wish, uses });
  const there = first.failed.filter(({ cause }) => cause === 'exists').map(({ target }) => target);
  const others = first.failed.filter(({ cause }) => cause !== 'exists');
  if (there.length === 0) return { ...first, kept: [] };
  if (!(await mayReplace(context, there))) return { ...first, failed: others, kept: there };
  const second = await copyAll(context, there, { title: titleOf(there), overwrite: true, wish, uses });
  return {
    copied: [...first.copied, ...second.copied],
    failed: [...others, ...second.failed],
    left: [...first.left, ...second.left],
    kept: [],
  };
}

function mayReplace({ ui }: CommandContext, there: readonly FileTarget[]): Promise<boolean> {
  const [first] = there;
  const question =
    first !== undefined && there.length === 1
      ? l10n.t('Replace {0} in {1}?', first.file.destination, first.vm.name)
      : l10n.t('Replace {0} files that are in the guest already?', there.length);
  const names = there.map(({ vm, file }) => l10n.t('{0}: {1}', vm.name, file.destination));
  const detail = [
    ...(there.length > 1 ? [firstNames(names, namesInModal).join('\n')] : []),
    l10n.t('The present contents are lost. Cancel keeps them.'),
  ];
  return ui.confirm(question, detail.join('\n\n'), l10n.t('Replace'));
}

async function endUse(context: CommandContext, uses: ServiceUse, targets: readonly FileTarget[]): Promise<void> {
  for (const [target] of byVm(targets)) {
    const failure = await uses.end(context, target);
    if (failure === undefined) continue;
    const { vm, hostName } = target;
    context.log.error(l10n.t('{0} on {1}: Guest Services was not disabled again.', vm.name, hostName), failure);
    const showLog = l10n.t('Show Log');
    const text = l10n.t('Guest Services of {0} could not be disabled again: it is still enabled.', vm.name);
    void context.ui.error(text, showLog).then((pressed) => {
      if (pressed === showLog) context.ui.showLog();
    });
  }
}

function titleOf(targets: readonly FileTarget[]): string {
  const groups = byVm(targets);
  const [group] = groups;
  const [first] = targets;
  if (first === undefined || group === undefined) return '';
  if (targets.length === 1) return l10n.t('Copying {0} to {1}', first.file.name, first.vm.name);
  return groups.length === 1
    ? l10n.t('Copying {0} files to {1}', targets.length, first.vm.name)
    : l10n.t('Copying {0} files to {1} virtual machines', targets.length, groups.length);
}

function isLinux({ vm, file }: FileTarget): boolean {
  return guestFamily(vm.guest.osName) !== 'windows' && styleOfPath(file.destination) === 'linux';
}

function otherLettersText(): string {
  return l10n.t('Newer Linux guests write X for letters beyond A to Z in names.');
}
