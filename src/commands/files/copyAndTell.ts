// Carries a copy out, with the one question about what is there already, and tells what became of it.
import * as l10n from '@vscode/l10n';
import { styleOfPath } from '../../domain/files/guestPaths';
import { hasOtherLetters } from '../../domain/files/plan';
import { copyRefusal } from '../../domain/files/targets';
import { guestFamily } from '../../domain/health/guestFamily';
import { tellFailures } from '../bulkFailures';
import { firstNames, namesInModal } from '../bulkNames';
import type { CommandContext } from '../commandContext';
import type { ServiceWish } from './destination';
import {
  canRetryFile,
  causeSentence,
  failureText,
  fileCount,
  nextStepOf,
  summarySentences,
  summaryText,
} from './resultTexts';
import type { Counts } from './resultTexts';
import { byVm, copyAll } from './run';
import type { FileTarget } from './run';
import type { ServiceUse } from './serviceUse';
import { endUses } from './stillEnabled';

/**
 * @param targets one at least
 * @param left what was left out beforehand. Resolves before the person has answered a report on failures.
 */
export async function copyAndTell(
  context: CommandContext,
  uses: ServiceUse,
  targets: readonly FileTarget[],
  wish: ServiceWish,
  left?: string,
): Promise<void> {
  const title = titleOf(targets);
  const vms = byVm(targets).map(([first]) => first);
  let counts: Counts;
  for (const vm of vms) uses.begin(vm);
  try {
    counts = await copyWithQuestion(context, uses, targets, wish, title);
  } finally {
    await endUses(context, uses, vms);
  }
  const { copied, failed, kept } = counts;
  for (const { vm, hostName, file } of kept)
    context.log.info(l10n.t('{0} on {1}: {2} was there and stays as it is.', vm.name, hostName, file.destination));
  const letters = hasOtherLetters(copied.map(({ file }) => file)) && copied.some(isLinux) ? [otherLettersText()] : [];
  if (failed.length === 0) {
    const isPlain = copied.length === targets.length && left === undefined && letters.length === 0;
    if (isPlain) context.ui.mention(summaryText(counts));
    else tellOutcome(context, [...summarySentences(counts), ...letters, ...(left === undefined ? [] : [left])]);
    return;
  }
  const more = [...(left === undefined ? [] : [left]), ...letters];
  void tellFailures(context, {
    title,
    message: [summaryText(counts), failureText(failed), ...more].join(' '),
    isPossible: (vm) => copyRefusal(vm) === undefined,
    failures: failed.map((one) => ({
      target: one.target,
      label: one.target.file.name,
      description: l10n.t('{0} on {1}', one.target.vm.name, one.target.hostName),
      cause: causeSentence(one),
      // The cause is said above it, and a line is soon cut.
      detail: nextStepOf(one),
      mayRetry: canRetryFile(one),
    })),
    // Where the service was what failed, the report says that it would be enabled.
    again: (chosen) => copyAndTell(context, uses, chosen, wish === 'asItIs' ? 'stays' : wish),
  });
}

/** Tells what is no failure. VS Code cuts what has no button after one line, and of each file the log knows more. */
export function tellOutcome({ ui }: CommandContext, sentences: readonly string[]): void {
  const text = sentences.join(' ');
  if (sentences.length === 1) {
    ui.inform(text);
    return;
  }
  const showLog = l10n.t('Show Log');
  void ui.offer(text, showLog).then((pressed) => {
    if (pressed === showLog) ui.showLog();
  });
}

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
  // Who has cancelled wants no more of it.
  if (first.isCancelled || !(await mayReplace(context, there))) return { ...first, failed: others, kept: there };
  const second = await copyAll(context, there, { title: titleOf(there), overwrite: true, wish, uses });
  return {
    copied: [...first.copied, ...second.copied],
    failed: [...others, ...second.failed],
    left: [...first.left, ...second.left],
    cut: [...first.cut, ...second.cut],
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

function titleOf(targets: readonly FileTarget[]): string {
  const groups = byVm(targets);
  const [group] = groups;
  const [first] = targets;
  if (first === undefined || group === undefined) return '';
  if (targets.length === 1) return l10n.t('Copying {0} to {1}', first.file.name, first.vm.name);
  if (groups.length === 1) return l10n.t('Copying {0} files to {1}', targets.length, first.vm.name);
  return fileCount(targets) === 1
    ? l10n.t('Copying {0} to {1} virtual machines', first.file.name, groups.length)
    : l10n.t('Copying {0} files to {1} virtual machines', fileCount(targets), groups.length);
}

function isLinux({ vm, file }: FileTarget): boolean {
  return guestFamily(vm.guest.osName) !== 'windows' && styleOfPath(file.destination) === 'linux';
}

function otherLettersText(): string {
  return l10n.t('Newer Linux guests write X for letters beyond A to Z in names.');
}
