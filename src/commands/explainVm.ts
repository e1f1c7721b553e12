// Explain This VM: what is true about one VM or several, as a page to read and to send to somebody. Changes nothing, and reads
// nothing before somebody asks.
import * as l10n from '@vscode/l10n';
import { totalSize } from '../domain/checkpoints/sizes';
import { HyperVError } from '../domain/errors';
import type { VmHealth } from '../domain/health/facts';
import { vmReport } from '../domain/health/vmReport';
import type { VmReport } from '../domain/health/vmReport';
import { pageSize } from '../domain/screen/thumbnail';
import type { Thumbnail } from '../domain/screen/thumbnail';
import type { VmRecord } from '../domain/vm';
import type { NodeRegistry } from '../views/nodes';
import { noScreenText } from '../views/vmScreen';
import type { CommandContext } from './commandContext';
import { offerActions } from './explainVmOffer';
import { reportPage } from './explainVmReport';
import type { Pages } from './pages';
import { pageId, readEach } from './reportReading';
import type { Asking, Attempt } from './reportReading';
import { resolveVmsWhere } from './targets';
import type { VmTarget } from './targets';

export async function explainVm(
  context: CommandContext,
  nodes: NodeRegistry,
  pages: Pick<Pages, 'show'>,
  ...args: readonly unknown[]
): Promise<void> {
  const texts = { title: l10n.t('Explain This VM'), placeholder: l10n.t('Which virtual machine shall be explained?') };
  await explain(context, nodes, pages, await resolveVmsWhere(context, args, texts, { isAllowed: () => true }));
}

async function explain(
  context: CommandContext,
  nodes: NodeRegistry,
  pages: Pick<Pages, 'show'>,
  targets: readonly VmTarget[],
): Promise<void> {
  const [first] = targets;
  if (first === undefined) return;
  const title =
    targets.length === 1
      ? l10n.t('Reading {0}', first.vm.name)
      : l10n.t('Reading {0} virtual machines', targets.length);
  const reports = await context.ui.progress({ title, cancellable: true }, (report, signal) =>
    readEach(context, targets, report, signal, (target, record, asking) =>
      readOne(context, target, record, asking, targets.length === 1, signal),
    ),
  );
  // Whoever cancels wants no page of half of it.
  if (reports === undefined) return;
  const name = targets.length === 1 ? first.vm.name : l10n.t('{0} virtual machines', targets.length);
  await pages.show(pageId('', targets), name, reportPage(reports));
  const [only, ...others] = reports;
  if (only === undefined || others.length > 0) return;
  // The command has ended; an offer may be taken later, or never.
  void offerActions(context, nodes, first, only, () => explain(context, nodes, pages, targets));
}

/**
 * A host that does not answer makes no empty page: what was known is shown as that. The console is shown on a page about one
 * VM only, which is not read for the sake of a table. undefined when it was cancelled.
 */
async function readOne(
  { details, store, contact: openContact, showsThumbnails }: CommandContext,
  target: VmTarget,
  reading: Promise<Attempt<VmRecord | undefined>>,
  asking: Asking,
  isAlone: boolean,
  signal: AbortSignal,
): Promise<VmReport | undefined> {
  const { hostId, hostName, vm } = target;
  const wantsScreen = isAlone && vm.state === 'running' && showsThumbnails();
  const [contact, record, { health, checkpointSpace }, screen] = await Promise.all([
    openContact(),
    reading,
    readHealth(details, target, asking, signal),
    wantsScreen ? lookAtScreen(hostName, vm.name, details.readThumbnail(hostId, vm.id, pageSize, signal)) : undefined,
  ]);
  if (signal.aborted) return undefined;
  const lost = contact.lost.find((one) => one.hostId === hostId && one.vmId === vm.id);
  return vmReport({
    hostName,
    vm: record.value ?? store.vm(hostId, vm.id) ?? vm,
    vmProblem: record.problem ?? (record.value === undefined ? l10n.t('The host has it no longer.') : undefined),
    readAtMs: contact.now(),
    health: health.value,
    healthProblem: health.problem,
    checkpointSpace,
    seen: contact.history.of(hostId, vm.id),
    lostSinceMs: lost?.sinceMs,
    screen,
  });
}

/** What checkpoints take on the host is asked only where there are some. */
async function readHealth(
  details: CommandContext['details'],
  target: VmTarget,
  asking: Asking,
  signal: AbortSignal,
): Promise<{ health: Attempt<VmHealth>; checkpointSpace: VmReport['checkpointSpace'] }> {
  const { hostId, vm } = target;
  const health = await asking.attempt(target, () => details.readHealth(hostId, vm.id, signal));
  const count = health.value?.checkpoints?.length ?? 0;
  if (count === 0 || signal.aborted) return { health, checkpointSpace: undefined };
  const { value } = await asking.attempt(target, () => details.readCheckpoints(hostId, vm.id, signal));
  return { health, checkpointSpace: (value && totalSize(value)) ?? null };
}

async function lookAtScreen(
  hostName: string,
  vmName: string,
  work: Promise<Thumbnail | undefined>,
): Promise<VmReport['screen']> {
  try {
    return { thumbnail: await work, problem: undefined };
  } catch (error) {
    return { thumbnail: undefined, problem: noScreenText(HyperVError.from(error), { hostName, vmName }) };
  }
}
