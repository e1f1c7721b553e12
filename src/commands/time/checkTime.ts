// Check Time: who sets the clock of a VM, with the evidence, as a page; of several a table first. Changes nothing by itself,
// and goes into no guest before a person allowed it.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import type { TimeFacts } from '../../domain/time/facts';
import { durationText } from '../../domain/time/reasons';
import { timeVerdict } from '../../domain/time/verdict';
import type { TimeAction, TimeVerdict } from '../../domain/time/verdict';
import { actionButton, setByText } from '../../domain/time/verdictTexts';
import type { NodeRegistry } from '../../views/nodes';
import type { CommandContext } from '../commandContext';
import type { Pages } from '../pages';
import { pageId } from '../reportReading';
import { resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import { carryOutAction } from './actions';
import { askConsent } from './consent';
import type { Consent } from './consent';
import { readClocks } from './readClock';
import type { ClockReading } from './readClock';
import { clockPage } from './report';

/** A message has room for so many buttons. */
const offered = 3;

export async function checkTime(
  context: CommandContext,
  nodes: NodeRegistry,
  pages: Pick<Pages, 'show'>,
  ...args: readonly unknown[]
): Promise<void> {
  const texts = { title: l10n.t('Check Time'), placeholder: l10n.t('The clock of which virtual machine?') };
  const targets = await whole(context, await resolveVmsWhere(context, args, texts, { isAllowed: () => true }));
  if (targets === undefined || targets.length === 0) return;
  const consent = await askConsent(context, targets);
  if (consent !== undefined) await check(context, nodes, pages, targets, consent);
}

/**
 * While a host is still being read, a VM has not said what it is, by which the question is chosen.
 * @returns undefined when the person does not want to wait
 */
async function whole(
  { service, store, ui }: CommandContext,
  targets: readonly VmTarget[],
): Promise<readonly VmTarget[] | undefined> {
  const partial = targets.filter(({ vm }) => vm.partial === true);
  if (partial.length === 0) return targets;
  const isCancelled = await ui.progress({ title: l10n.t('Reading hosts'), cancellable: true }, async (_, signal) => {
    // Whoever cannot be read is told about later, in the report.
    await Promise.allSettled(partial.map(({ hostId, vm }) => service.readVm(hostId, vm.id, signal)));
    return signal.aborted;
  });
  if (isCancelled) return undefined;
  return targets.map((target) => ({ ...target, vm: store.vm(target.hostId, target.vm.id) ?? target.vm }));
}

async function check(
  context: CommandContext,
  nodes: NodeRegistry,
  pages: Pick<Pages, 'show'>,
  targets: readonly VmTarget[],
  consent: Consent,
  after?: TimeAction,
): Promise<void> {
  const [first] = targets;
  if (first === undefined) return;
  const title =
    targets.length === 1
      ? l10n.t('Checking the clock of {0}', first.vm.name)
      : l10n.t('Checking the clocks of {0} virtual machines', targets.length);
  const readings = await context.ui.progress({ title, cancellable: true }, (tell, signal) =>
    readClocks(context, targets, consent, tell, signal),
  );
  const [only, ...others] = readings ?? [];
  if (readings === undefined || only === undefined) return;
  const name =
    targets.length === 1
      ? l10n.t('Clock of {0}', first.vm.name)
      : l10n.t('Clocks of {0} virtual machines', targets.length);
  const { now } = await context.contact();
  await pages.show(pageId('time:', targets), name, clockPage(readings, now()));
  // The command has ended; an offer may be taken later, or never.
  if (others.length === 0) void offer(context, nodes, pages, only, consent, after);
}

async function offer(
  context: CommandContext,
  nodes: NodeRegistry,
  pages: Pick<Pages, 'show'>,
  { target, facts }: ClockReading,
  consent: Consent,
  after: TimeAction | undefined,
): Promise<void> {
  const verdict = timeVerdict(facts);
  const { actions } = verdict;
  const result =
    after === 'resync' || after === 'restartService' ? resultText(target.vm.name, verdict, facts) : undefined;
  if (actions.length === 0) {
    if (result !== undefined) context.ui.mention(result);
    return;
  }
  const shown = actions.slice(0, offered);
  const message = result ?? l10n.t('Who sets the clock of {0}: {1}', target.vm.name, setByText(verdict.setBy));
  const pressed = await context.ui.offer(message, ...shown.map(actionButton));
  const action = shown.find((one) => actionButton(one) === pressed);
  if (action === undefined) return;
  try {
    const mayDiffer = await carryOutAction(context, nodes, target, consent, action);
    if (mayDiffer) await check(context, nodes, pages, [target], consent, action);
  } catch (error) {
    context.log.error('An action of Check Time failed.', error);
    void context.ui.error(error instanceof Error ? error.message : String(error));
  }
}

/** What became of a clock that was set: what was measured afterwards, and not that the guest agreed to it. */
function resultText(name: string, { offset }: TimeVerdict, { guest }: TimeFacts): string {
  const measured = guest.kind === 'read' && guest.offset !== null ? durationText(guest.offset.offsetMs, true) : '';
  switch (offset) {
    case 'fine':
      return l10n.t('The clock of {0} agrees with that of its host now: {1}', name, measured);
    case 'off':
    case 'far':
      return l10n.t(
        'The clock of {0} still differs from that of its host: {1}. It may take a minute; check again then.',
        name,
        measured,
      );
    case 'unclear':
    case 'unknown':
      return l10n.t('It is not known whether the clock of {0} was set: it could not be measured.', name);
    default:
      return assertNever(offset);
  }
}
