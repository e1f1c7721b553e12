// Wait for Heartbeat: ends when the system in a guest answers. For people, from a row or the palette; for other commands, tasks
// and extensions, with arguments and a result.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { errorText } from '../domain/errorTexts';
import { parseVmId } from '../domain/vm';
import type { VmId } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import { stateText } from '../views/stateTexts';
import type { CommandContext } from './commandContext';
import { sleep } from './sleep';
import { resolveVmsWhere } from './targets';
import type { VmTarget } from './targets';
import { untilHeartbeat } from './waitForHeartbeatRun';
import type { HeartbeatEnd, HeartbeatOutcome } from './waitForHeartbeatRun';

/** What other commands and tasks pass. Everything but one of `id` and `vm` may be left out. */
export interface HeartbeatRequest {
  /** Id or name of the host; all hosts when missing. */
  readonly host?: string;
  /** GUID of the VM. */
  readonly id?: string;
  /** Name of the VM, when the GUID is not known; one that several VMs have is refused. */
  readonly vm?: string;
  /** More than 0, at most a day; 300 when missing. */
  readonly deadlineSeconds?: number;
}

export interface HeartbeatResult {
  readonly outcome: HeartbeatOutcome | 'noSuchVm' | 'ambiguous' | 'badRequest';
  readonly host?: HostId;
  readonly id?: VmId;
  readonly waitedSeconds: number;
  /** One sentence for people. */
  readonly message: string;
}

/** What packer waits for a guest. */
const defaultDeadlineSeconds = 300;
const longestSeconds = 86_400;

/** @returns the result for a request with arguments; of rows that of the first which did not answer, or of the last */
export async function waitForHeartbeat(
  context: CommandContext,
  ...args: readonly unknown[]
): Promise<HeartbeatResult | undefined> {
  const [request] = args;
  if (isRequest(request)) return answerRequest(context, request);
  const texts = { title: l10n.t('Wait for Heartbeat'), placeholder: l10n.t('Which guest shall be waited for?') };
  const targets = await resolveVmsWhere(context, args, texts, {
    isAllowed: ({ state, services }) =>
      services.heartbeat.enabled !== false && state !== 'off' && state !== 'saved' && state !== 'paused',
    refusal: ({ name }) => l10n.t('{0} does not run, or its heartbeat is disabled.', name),
  });
  if (targets.length === 0) return undefined;
  const results = await waitForAll(context, targets, defaultDeadlineSeconds * 1_000);
  const bad = results.filter(({ outcome }) => outcome !== 'answered' && outcome !== 'cancelled');
  if (bad.length > 0) context.ui.inform(bad.map(({ message }) => message).join(' '));
  else if (results[0]?.outcome === 'answered') context.ui.mention(results.map(({ message }) => message).join(' '));
  return bad[0] ?? results.at(-1);
}

/** Anything but a row of the tree or the word that stands for the selection. */
function isRequest(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('kind' in value) && !Array.isArray(value);
}

async function answerRequest(
  context: CommandContext,
  request: Readonly<Record<string, unknown>>,
): Promise<HeartbeatResult> {
  const { host, id, vm, deadlineSeconds = defaultDeadlineSeconds } = request;
  const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
  const vmId = typeof id === 'string' ? parseVmId(id) : undefined;
  const isDeadline = typeof deadlineSeconds === 'number' && deadlineSeconds > 0 && deadlineSeconds <= longestSeconds;
  if (!isText(host) || !isText(vm) || (id !== undefined && vmId === undefined) || !isDeadline)
    return refused('badRequest', l10n.t('The arguments must be host, id or vm, and deadlineSeconds up to a day.'));
  if (vmId === undefined && vm === undefined)
    return refused('badRequest', l10n.t('The arguments must name a virtual machine by id or by vm.'));
  await readHostsOf(context, host as string | undefined);
  const found = hostsOf(context, host as string | undefined).flatMap(({ definition, vms }) =>
    [...vms.values()]
      .filter((one) => (vmId === undefined ? one.name === vm : one.id === vmId))
      .map((one): VmTarget => ({ hostId: definition.id, hostName: definition.name, vm: one })),
  );
  const [target] = found;
  if (target === undefined) return refused('noSuchVm', l10n.t('No host has this virtual machine.'));
  if (found.length > 1)
    return refused('ambiguous', l10n.t('{0} virtual machines fit; name one by host and id.', found.length));
  const [result] = await waitForAll(context, [target], deadlineSeconds * 1_000);
  return result ?? refused('noSuchVm', l10n.t('No host has this virtual machine.'));
}

function refused(outcome: HeartbeatResult['outcome'], message: string): HeartbeatResult {
  return { outcome, waitedSeconds: 0, message };
}

function hostsOf({ store }: CommandContext, host: string | undefined): ReturnType<CommandContext['store']['hosts']> {
  return store
    .hosts()
    .filter(({ definition }) => host === undefined || definition.id === host || definition.name === host);
}

/** A task may run before anybody looked at the view. */
async function readHostsOf(context: CommandContext, host: string | undefined): Promise<void> {
  const idle = hostsOf(context, host).filter(({ status }) => status.kind === 'idle');
  await Promise.all(idle.map(({ definition }) => context.service.refresh(definition.id)));
}

async function waitForAll(
  context: CommandContext,
  targets: readonly VmTarget[],
  deadlineMs: number,
): Promise<readonly HeartbeatResult[]> {
  const [first] = targets;
  const title =
    targets.length === 1 && first !== undefined
      ? l10n.t('Waiting for the heartbeat of {0}', first.vm.name)
      : l10n.t('Waiting for the heartbeats of {0} virtual machines', targets.length);
  return context.ui.progress({ title, cancellable: true }, (report, signal) =>
    Promise.all(
      targets.map(async (target) => {
        const { hostId, hostName, vm } = target;
        const ports = {
          now: () => performance.now(),
          wait: sleep,
          read: (cancelled: AbortSignal) => context.service.readVm(hostId, vm.id, cancelled),
        };
        const end = await untilHeartbeat(ports, deadlineMs, signal, (seen, waitedMs) => {
          const state = stateText((seen ?? vm).state);
          report(l10n.t('{0}: {1}, {2} s', vm.name, state, Math.floor(waitedMs / 1_000)));
        });
        return {
          outcome: end.outcome,
          host: hostId,
          id: vm.id,
          waitedSeconds: Math.round(end.waitedMs / 1_000),
          message: endText(end, vm.name, hostName),
        };
      }),
    ),
  );
}

function endText({ outcome, waitedMs, vm, error }: HeartbeatEnd, name: string, hostName: string): string {
  const seconds = Math.round(waitedMs / 1_000);
  switch (outcome) {
    case 'answered':
      return l10n.t('{0} answers.', name);
    case 'disabled':
      return l10n.t('The heartbeat of {0} is disabled on the host, so none will come.', name);
    case 'notRunning':
      return l10n.t('{0} is {1}, so its guest cannot answer.', name, vm === undefined ? '' : stateText(vm.state));
    case 'gone':
      return l10n.t('{0} has {1} no longer.', hostName, name);
    case 'deadline':
      return l10n.t('{0} did not answer within {1} s.', name, seconds);
    case 'cancelled':
      return l10n.t('Nobody waits for {0} any longer.', name);
    case 'failed': {
      const text = error && errorText(error, { hostName, vmName: name });
      return text === undefined ? '' : `${text.what} ${text.nextStep}`;
    }
    default:
      return assertNever(outcome);
  }
}
