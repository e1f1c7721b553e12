// Shut Down and Restart Guest: asks guests, waits where a person can see it and leave, and tells what the host then
// says. Never cuts the power by itself. The rules are in domain/shutdown.ts, the words in shutdownTexts.ts.
import * as l10n from '@vscode/l10n';
import { actionRefusal } from '../domain/allowedActions';
import { HyperVError } from '../domain/errors';
import { startShutdown, stepShutdown } from '../domain/shutdown';
import type { GuestRequest, ShutdownChoice, ShutdownState } from '../domain/shutdownStates';
import type { VmRecord } from '../domain/vm';
import { tellFailures } from './bulkFailures';
import { shareOver } from './bulkShutdownTexts';
import { HostTurns } from './bulkTurns';
import type { CommandContext } from './commandContext';
import { look, runShutdown } from './shutdownRun';
import type { ShutdownPorts } from './shutdownRun';
import { deadlineButtons, deadlineQuestion, lockedButtons, lockedQuestion, unseenQuestion } from './shutdownQuestions';
import { progressText, shutdownOutcome, shutdownOutcomes, shutdownTitle } from './shutdownTexts';
import { canRetry, causeOf, failureDetail } from './failureTexts';
import { sleep } from './sleep';
import { resolveVms } from './targets';
import type { VmTarget } from './targets';
import { Throttle } from './throttle';
import { confirmAndCutPower } from './cutPower';

interface Run {
  readonly target: VmTarget;
  readonly vmName: string;
  readonly hostName: string;
  readonly ports: ShutdownPorts;
  state: ShutdownState;
}

/** Often enough for seconds that are counted aloud. */
const reportMs = 1_000;

/** All VMs are counted for one text; as often as the window shows it. */
const countMs = 100;

export async function shutDown(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const title = l10n.t('Shut Down');
  const note = l10n.t('Guests are asked, and none is forced.');
  const forAll = { question: (who: string) => l10n.t('Shut down {0}?', who), button: title, note };
  const texts = { title, placeholder: l10n.t('Which virtual machine shall shut down?'), forAll };
  await askGuests(context, 'shutDown', await resolveVms(context, args, 'shutDown', texts));
}

export async function restartGuest(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const title = l10n.t('Restart Guest');
  const note = l10n.t('Guests are asked, and none is forced.');
  const forAll = { question: (who: string) => l10n.t('Restart {0}?', who), button: title, note };
  const texts = { title, placeholder: l10n.t('Which virtual machine shall restart?'), forAll };
  await askGuests(context, 'restart', await resolveVms(context, args, 'restartGuest', texts));
}

async function askGuests(context: CommandContext, request: GuestRequest, targets: readonly VmTarget[]): Promise<void> {
  if (targets.length === 0) return;
  const turns = new HostTurns();
  const runs = targets.map((target) => newRun(context, request, target, turns));
  const startedAtMs = performance.now();
  do {
    await waitForAll(context, request, runs, startedAtMs);
    await decideLocked(context, request, runs);
    await decideDeadline(context, request, runs);
  } while (runs.some(({ state }) => state.kind !== 'ended'));
  tell(context, request, runs);
  const chosen = runs.filter(({ state }) => state.kind === 'ended' && state.result.kind === 'cutPowerChosen');
  await confirmAndCutPower(
    context,
    request === 'restart' ? 'reset' : 'turnOff',
    chosen.map(({ target }) => target),
  );
}

function newRun(context: CommandContext, request: GuestRequest, target: VmTarget, turns: HostTurns): Run {
  const { hostId, hostName, vm } = target;
  const method = request === 'restart' ? 'vm.restartGuest' : 'vm.shutDown';
  const ports: ShutdownPorts = {
    now: () => performance.now(),
    wait: sleep,
    ask: (force, signal) => context.service.change(hostId, method, { id: vm.id, ...(force && { force }) }, signal),
    inTurn: (signal, asking) => turns.run(hostId, signal, asking),
    read: (signal) => context.service.readVm(hostId, vm.id, signal),
    deadlineMs: context.shutdownDeadlineMs(),
  };
  return { target, vmName: vm.name, hostName, ports, state: startShutdown(ports.now(), request, vm.uptimeMs) };
}

/** One progress for all; ends when each is off, refused, locked, late, or left by the person. */
async function waitForAll(
  context: CommandContext,
  request: GuestRequest,
  runs: readonly Run[],
  startedAtMs: number,
): Promise<void> {
  const active = runs.filter(({ state }) => state.kind === 'asking' || state.kind === 'waiting');
  if (active.length === 0) return;
  await context.ui.progress({ title: shutdownTitle(request, runs), cancellable: true }, async (report, signal) => {
    const show = (): void => {
      const text = progressText(request, runs, performance.now() - startedAtMs);
      if (runs.length === 1) report(text);
      else report(text, shareOver(runs));
    };
    const counting = new Throttle(context.after, countMs, show);
    // Each of the few steps of one VM is worth its words.
    const onStep = runs.length === 1 ? show : counting.run.bind(counting);
    onStep();
    const ticking = setInterval(onStep, reportMs);
    try {
      await Promise.all(
        active.map(async (run) => {
          // A signal of its own: each run listens for it in several places, and there may be hundreds.
          run.state = await runShutdown(run.state, run.ports, AbortSignal.any([signal]), (state) => {
            run.state = state;
            onStep();
          });
        }),
      );
    } finally {
      clearInterval(ticking);
      counting.end();
    }
  });
}

async function decideLocked(context: CommandContext, request: GuestRequest, runs: readonly Run[]): Promise<void> {
  const locked = runs.filter(({ state }) => state.kind === 'locked');
  if (locked.length === 0) return;
  const buttons = lockedButtons(request);
  const pressed = await context.ui.question(lockedQuestion(request, namesOf(locked)), buttons.anyway, buttons.keep);
  await choose(locked, pressed === buttons.anyway ? 'force' : 'leave');
}

async function decideDeadline(context: CommandContext, request: GuestRequest, runs: readonly Run[]): Promise<void> {
  const late = runs.filter(({ state }) => state.kind === 'deadline');
  if (late.length === 0) return;
  const waitedMs = Math.min(...late.map(({ state }) => (state.kind === 'deadline' ? state.elapsedMs : Infinity)));
  const uncertain = late.some(({ state }) => state.kind === 'deadline' && state.uncertain);
  const isUnseen = late.every(({ state }) => state.kind === 'deadline' && state.uncertain && state.seen === null);
  const text = isUnseen ? unseenQuestion(request, late) : deadlineQuestion(request, namesOf(late), waitedMs, uncertain);
  const { keepWaiting, cutPower, leave } = deadlineButtons(request);
  const pressed = await context.ui.question(text, keepWaiting, cutPower, leave);
  await choose(late, pressed === keepWaiting ? 'keepWaiting' : pressed === cutPower ? 'cutPower' : 'leave');
}

/** A question may stand for a long time: what the guest did meanwhile comes before what was chosen. */
async function choose(runs: readonly Run[], choice: ShutdownChoice): Promise<void> {
  await Promise.all(
    runs.map(async (run) => {
      const { ports } = run;
      const event = await look(ports, new AbortController().signal);
      run.state = stepShutdown(run.state, event, ports.deadlineMs);
      run.state = stepShutdown(run.state, { kind: 'chosen', atMs: ports.now(), choice }, ports.deadlineMs);
    }),
  );
}

function tell(context: CommandContext, request: GuestRequest, runs: readonly Run[]): void {
  const outcome = shutdownOutcome(request, runs);
  if (outcome === undefined) return;
  switch (outcome.manner) {
    case 'mention':
      context.ui.mention(outcome.text);
      return;
    case 'inform':
      context.ui.inform(outcome.text);
      return;
    case 'error':
      for (const { manner, text } of shutdownOutcomes(request, runs)) if (manner === 'error') context.log.error(text);
      if (runs.length === 1) void offerLog(context, outcome.text);
      else void offerFailures(context, request, runs, outcome.text);
  }
}

async function offerFailures(
  context: CommandContext,
  request: GuestRequest,
  runs: readonly Run[],
  message: string,
): Promise<void> {
  const action = request === 'restart' ? 'restartGuest' : 'shutDown';
  const failures = runs.flatMap(({ state, target }) => {
    if (state.kind !== 'ended' || state.result.kind !== 'refused') return [];
    const error = new HyperVError(state.result.reason, '');
    const failure = { hostName: target.hostName, vmName: target.vm.name, action, error } as const;
    return [{ target, cause: causeOf(failure), detail: failureDetail(failure), mayRetry: canRetry(failure) }];
  });
  const again = (targets: readonly VmTarget[]): Promise<void> => askGuests(context, request, targets);
  const isPossible = (vm: VmRecord): boolean => actionRefusal(vm, action) === undefined;
  await tellFailures(context, { title: shutdownTitle(request, runs), message, isPossible, failures, again });
}

async function offerLog(context: CommandContext, text: string): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await context.ui.error(text, showLog)) === showLog) context.ui.showLog();
}

function namesOf(runs: readonly Run[]): string[] {
  return runs.map(({ vmName }) => vmName);
}
