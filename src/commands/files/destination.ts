// Asks where files go, and whether a service that is disabled shall be enabled for them; remembers the folder of each VM.
import * as l10n from '@vscode/l10n';
import { defaultFolders, folderProblem, pathStyle, tidyFolder } from '../../domain/files/guestPaths';
import type { PathStyle } from '../../domain/files/guestPaths';
import { needsService } from '../../domain/files/targets';
import { folderProblemText } from '../../domain/files/texts';
import { guestFamily } from '../../domain/health/guestFamily';
import type { VmId, VmRecord } from '../../domain/vm';
import type { CommandContext } from '../commandContext';
import { runSteps } from '../hosts/steps';
import type { Step } from '../hosts/steps';
import { back } from '../hosts/stepsUi';
import type { VmTarget } from '../targets';

/** What becomes of a service that has to be enabled. */
export type ServiceWish =
  | 'stays'
  | 'disableAgain'
  /** Nobody was asked, as it was enabled: it is not touched. */
  | 'asItIs';

export interface CopyDraft {
  readonly service: ServiceWish;
  /** Tidy, by the id of the VM. */
  readonly folders: Readonly<Record<VmId, string>>;
}

/** undefined when the person left. */
export async function askWhere(
  context: CommandContext,
  title: string,
  targets: readonly VmTarget[],
): Promise<CopyDraft | undefined> {
  const folders = Object.fromEntries(targets.map(({ vm }) => [vm.id, suggestedFolder(context, vm)]));
  const closed = targets.filter(({ vm }) => needsService(vm));
  const askService: Step<CopyDraft> = async (draft, head) => {
    const choices = [
      {
        label: l10n.t('Enable and Copy'),
        detail: l10n.t('Guest Services stays enabled.'),
        icon: 'check',
        value: 'stays',
      },
      {
        label: l10n.t('Enable, Copy and Disable Again'),
        detail: l10n.t('Also when the copy fails or is cancelled; not when this window is closed before.'),
        icon: 'history',
        value: 'disableAgain',
      },
    ] as const;
    const answer = await context.hosts.steps.choose<ServiceWish>(head, closedText(closed), choices, draft.service);
    return answer === undefined || answer === back ? answer : { ...draft, service: answer };
  };
  const steps = [
    ...(closed.length > 0 ? [askService] : []),
    ...groups(targets).map((group) => askFolder(context, group)),
  ];
  const service = closed.length > 0 ? 'stays' : 'asItIs';
  const draft = await runSteps<CopyDraft>(title, { service, folders }, () => steps);
  if (draft !== undefined) await remember(context, draft.folders);
  return draft;
}

/** One question for all guests that write paths in the same way. */
function groups(targets: readonly VmTarget[]): (readonly [VmTarget, ...VmTarget[]])[] {
  const byStyle = new Map<PathStyle | undefined, [VmTarget, ...VmTarget[]]>();
  for (const target of targets) {
    const style = styleOf(target.vm);
    const group = byStyle.get(style);
    if (group === undefined) byStyle.set(style, [target]);
    else group.push(target);
  }
  return [...byStyle.values()];
}

function askFolder(context: CommandContext, group: readonly [VmTarget, ...VmTarget[]]): Step<CopyDraft> {
  const [{ vm: first }] = group;
  const style = styleOf(first);
  return async (draft, head) => {
    const answer = await context.hosts.steps.input(head, {
      prompt:
        group.length === 1
          ? l10n.t('Folder in {0}. It is made where it is missing.', first.name)
          : l10n.t('Folder in {0} and {1} more. It is made where it is missing.', first.name, group.length - 1),
      placeholder: style === undefined ? Object.values(defaultFolders).join(', ') : defaultFolders[style],
      value: draft.folders[first.id] ?? '',
      check: (text) => {
        const problem = folderProblem(style, text);
        return problem && folderProblemText(problem, style);
      },
    });
    if (answer === undefined || answer === back) return answer;
    const chosen = Object.fromEntries(group.map(({ vm }) => [vm.id, tidyFolder(answer)]));
    return { ...draft, folders: { ...draft.folders, ...chosen } };
  };
}

function closedText(closed: readonly VmTarget[]): string {
  const [first] = closed;
  return first !== undefined && closed.length === 1
    ? l10n.t('Guest Services of {0} copies files, and is disabled. Enable it?', first.vm.name)
    : l10n.t('Guest Services copies files, and is disabled for {0} virtual machines. Enable it?', closed.length);
}

function styleOf(vm: VmRecord): PathStyle | undefined {
  const style = pathStyle(guestFamily(vm.guest.osName));
  return style === 'none' ? undefined : style;
}

/** Of all windows: VMs of this computer, newest last. More than these are forgotten. */
const foldersKey = 'hyperv.files.folders';
const mostFolders = 200;

function remembered({ memory }: CommandContext): [string, string][] {
  const kept = memory.get(foldersKey);
  if (!Array.isArray(kept)) return [];
  return kept.filter((one): one is [string, string] => Array.isArray(one) && one.length === 2 && one.every(isText));
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function suggestedFolder(context: CommandContext, vm: VmRecord): string {
  const style = styleOf(vm);
  const last = new Map(remembered(context)).get(vm.id);
  // The guest may be another one by now.
  if (last !== undefined && folderProblem(style, last) === undefined) return last;
  return style === undefined ? '' : defaultFolders[style];
}

async function remember(context: CommandContext, folders: CopyDraft['folders']): Promise<void> {
  const kept = new Map(remembered(context));
  for (const [vmId, folder] of Object.entries(folders)) {
    kept.delete(vmId);
    kept.set(vmId, folder);
  }
  await context.memory.update(foldersKey, [...kept].slice(-mostFolders));
}
