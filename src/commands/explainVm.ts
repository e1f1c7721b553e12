// Explain This VM: what is true about one VM or several, as a page to read and to send to somebody. Changes nothing, and reads
// nothing before somebody asks.
import * as l10n from '@vscode/l10n';
import { HyperVError } from '../domain/errors';
import { errorText } from '../domain/errorTexts';
import { vmReport } from '../domain/health/vmReport';
import type { VmReport } from '../domain/health/vmReport';
import type { CommandContext } from './commandContext';
import { reportPage } from './explainVmReport';
import type { Pages } from './pages';
import { resolveVmsWhere } from './targets';
import type { VmTarget } from './targets';

export async function explainVm(
  context: CommandContext,
  pages: Pick<Pages, 'show'>,
  ...args: readonly unknown[]
): Promise<void> {
  const texts = { title: l10n.t('Explain This VM'), placeholder: l10n.t('Which virtual machine shall be explained?') };
  const targets = await resolveVmsWhere(context, args, texts, { isAllowed: () => true });
  const [first] = targets;
  if (first === undefined) return;
  const title =
    targets.length === 1
      ? l10n.t('Reading {0}', first.vm.name)
      : l10n.t('Reading {0} virtual machines', targets.length);
  const reports = await context.ui.progress({ title, cancellable: true }, (report, signal) =>
    readAll(context, targets, report, signal),
  );
  // Whoever cancels wants no page of half of it.
  if (reports === undefined) return;
  const id = targets.map(({ hostId, vm }) => `${hostId}/${vm.id}`).join('+');
  const name = targets.length === 1 ? first.vm.name : l10n.t('{0} virtual machines', targets.length);
  await pages.show(id, name, reportPage(reports));
}

/** One after the other on each host: a report is in no hurry, and the host has other work. */
async function readAll(
  context: CommandContext,
  targets: readonly VmTarget[],
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly VmReport[] | undefined> {
  const found = new Map<VmTarget, VmReport>();
  const hostIds = new Set(targets.map(({ hostId }) => hostId));
  await Promise.all(
    [...hostIds].map(async (hostId) => {
      for (const target of targets.filter((one) => one.hostId === hostId)) {
        if (signal.aborted) return;
        const report = await readOne(context, target, signal);
        if (report !== undefined) found.set(target, report);
        if (targets.length > 1) tell(l10n.t('{0} of {1}', found.size, targets.length));
      }
    }),
  );
  return signal.aborted
    ? undefined
    : targets.map((target) => found.get(target)).filter((report) => report !== undefined);
}

/** A host that does not answer makes no empty page: what was known is shown as that. undefined when it was cancelled. */
async function readOne(
  { service, details, store, contact: openContact }: CommandContext,
  { hostId, hostName, vm }: VmTarget,
  signal: AbortSignal,
): Promise<VmReport | undefined> {
  const [contact, record, health] = await Promise.all([
    openContact(),
    attempt(hostName, vm.name, service.readVm(hostId, vm.id, signal)),
    attempt(hostName, vm.name, details.readHealth(hostId, vm.id, signal)),
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
    seen: contact.history.of(hostId, vm.id),
    lostSinceMs: lost?.sinceMs,
  });
}

async function attempt<T>(
  hostName: string,
  vmName: string,
  work: Promise<T>,
): Promise<{ readonly value: T | undefined; readonly problem: string | undefined }> {
  try {
    return { value: await work, problem: undefined };
  } catch (error) {
    const { what, nextStep } = errorText(HyperVError.from(error), { hostName, vmName });
    return { value: undefined, problem: `${what} ${nextStep}` };
  }
}
