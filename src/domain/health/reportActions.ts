// What can be done at once about what a report on one VM found. Only what mends something that does not work, or what lets
// the report say more: what somebody chose, and what is benign, is left alone. Pure; the words are in reportActionTexts.ts.
import { actionRefusal } from '../allowedActions';
import type { VmState } from '../powerStates';
import type { VmReport } from './vmReport';

export type ReportAction =
  /** The host did not answer. */
  | 'retryHost'
  /** The host left out what it usually says. */
  | 'refresh'
  /** The guest may still be starting. */
  | 'waitForHeartbeat'
  /** Backups do not ask the guest, only because the service is disabled. */
  | 'enableVss'
  /** Something in the guest needs a look. */
  | 'connect';

/** What the actions are for, the weightiest first. */
export type ReportConcern = 'noAnswer' | 'fellSilent' | 'needsLook' | 'starting' | 'backupNotAsked' | 'leftOut';

export interface ReportOffer {
  readonly concern: ReportConcern;
  /** At least one, in the order of their weight. */
  readonly actions: readonly ReportAction[];
}

/**
 * @param canConnect whether there is a way into the VM from here
 * @returns undefined when there is nothing to do
 */
export function reportOffer(report: VmReport, canConnect: boolean): ReportOffer | undefined {
  const concerns = concernsOf(report);
  const [concern] = concerns;
  if (concern === undefined) return undefined;
  const actions = [...new Set(concerns.flatMap((one) => actionOf[one](report) ?? []))].filter(
    (action) => action !== 'connect' || canConnect,
  );
  return actions.length === 0 ? undefined : { concern, actions };
}

/** As in the menu of the row: those from which a guest comes to answer. */
const startStates: ReadonlySet<VmState> = new Set(['starting', 'resetting', 'resuming']);

function concernsOf({ vm, vmProblem, lostSinceMs, services, backup }: VmReport): readonly ReportConcern[] {
  // What was known earlier is nothing to act upon.
  if (vmProblem !== undefined) return ['noAnswer'];
  const conditions = new Set(services.map(({ condition }) => condition));
  // Once the heartbeat answers nothing tells when the rest will.
  const heartbeat = services.find(({ service }) => service === 'heartbeat')?.condition;
  const isAwaited = heartbeat === 'starting' || (heartbeat === 'changing' && startStates.has(vm.state));
  const isDisabled = backup.reasons.some((reason) => reason.kind === 'vss' && reason.condition === 'disabled');
  const found: readonly (readonly [ReportConcern, boolean])[] = [
    ['fellSilent', lostSinceMs !== undefined],
    ['needsLook', services.some(({ tone }) => tone === 'attention')],
    ['starting', isAwaited],
    ['backupNotAsked', isDisabled],
    ['leftOut', conditions.has('notReported') || conditions.has('noStatus')],
  ];
  return found.filter(([, holds]) => holds).map(([concern]) => concern);
}

const actionOf: Readonly<Record<ReportConcern, (report: VmReport) => ReportAction | undefined>> = {
  noAnswer: () => 'retryHost',
  fellSilent: () => 'connect',
  needsLook: () => 'connect',
  starting: () => 'waitForHeartbeat',
  backupNotAsked: ({ vm }) => (actionRefusal(vm, 'toggleService') === undefined ? 'enableVss' : undefined),
  leftOut: () => 'refresh',
};
