// What is offered after a clock was checked, and never done by itself.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { HyperVError } from '../../domain/errors';
import { chronyLine, udevLine } from '../../domain/time/linuxCommands';
import { guestSilence } from '../../domain/time/guestSilence';
import type { TimeAction } from '../../domain/time/verdict';
import type { NodeRegistry } from '../../views/nodes';
import { untilContact } from '../comeToRest';
import type { CommandContext } from '../commandContext';
import { problemText } from '../reportReading';
import { changeServices } from '../setService';
import type { VmTarget } from '../targets';
import { wayWith } from './consent';
import type { Consent } from './consent';

const service = 'timeSynchronization';

/** @returns whether something may be another way now, so that it is worth to look again */
export async function carryOutAction(
  context: CommandContext,
  nodes: NodeRegistry,
  target: VmTarget,
  consent: Consent,
  action: TimeAction,
): Promise<boolean> {
  const row = nodes.service(target.hostId, target.vm.id, service);
  switch (action) {
    case 'disableService':
      await changeServices(context, nodes, 'disable', row);
      return true;
    case 'enableService':
      await changeServices(context, nodes, 'enable', row);
      await untilContact(context, target, service);
      return true;
    case 'restartService':
      return restartService(context, target);
    case 'resync':
      return resync(context, target, consent);
    case 'copyChrony':
      await copyLine(context, chronyLine);
      return false;
    case 'copyUdev':
      await copyLine(context, udevLine);
      return false;
    default:
      return assertNever(action);
  }
}

async function copyLine({ ui }: CommandContext, line: string): Promise<void> {
  await ui.copy(line);
  ui.mention(l10n.t('Copied: {0}', line));
}

/** Enabling it sets the clock of the guest, once. */
async function restartService(context: CommandContext, target: VmTarget): Promise<boolean> {
  const { hostId, hostName, vm } = target;
  const title = l10n.t('Disabling and enabling Time Synchronization of {0}', vm.name);
  const set = (enabled: boolean): Promise<unknown> =>
    context.service.change(hostId, 'service.set', { id: vm.id, service, enabled });
  const now = { isOff: false };
  try {
    await context.ui.progress({ title, cancellable: false }, async () => {
      await set(false);
      now.isOff = true;
      await set(true);
    });
    // Until then its silence would be called a fault, and the clock is not set.
    await untilContact(context, target, service);
  } catch (error) {
    const problem = problemText(error, hostName, vm.name);
    tellFailure(
      context,
      now.isOff ? l10n.t('Time Synchronization of {0} is disabled now. {1}', vm.name, problem) : problem,
    );
  }
  return true;
}

async function resync(context: CommandContext, { hostId, vm }: VmTarget, consent: Consent): Promise<boolean> {
  const access = wayWith(consent, vm);
  if (typeof access === 'string') return false;
  const command =
    access.kind === 'ssh' ? 'sudo -n chronyc makestep || sudo -n systemctl restart systemd-timesyncd' : 'w32tm /resync';
  const isAgreed = await context.ui.confirm(
    l10n.t('Set the clock of {0} now?', vm.name),
    l10n.t('This runs in the guest: {0}. Its clock may jump, which programs that measure time may notice.', command),
    l10n.t('Set the Clock'),
  );
  if (!isAgreed) return false;
  try {
    const title = l10n.t('Setting the clock of {0}', vm.name);
    const { exitCode, text } = await context.ui.progress({ title, cancellable: true }, (_, signal) =>
      context.details.syncGuestTime(hostId, { id: vm.id, name: vm.name }, access, signal),
    );
    if (exitCode !== 0) {
      tellFailure(context, l10n.t('The clock of {0} was not set. It says: {1}', vm.name, firstLine(text, exitCode)));
      return false;
    }
    context.ui.mention(l10n.t('{0} was told to set its clock.', vm.name));
  } catch (error) {
    if (HyperVError.is(error, 'cancelled')) return true;
    const failure = HyperVError.from(error);
    const { problem } = guestSilence(failure, access.kind);
    tellFailure(
      context,
      problem === undefined || failure.outcome === 'unknown'
        ? problemText(error, vm.name, vm.name)
        : l10n.t('The clock of {0} was not set. {1}', vm.name, problem),
    );
  }
  return true;
}

function tellFailure({ ui, log }: CommandContext, message: string): void {
  log.error(message);
  const showLog = l10n.t('Show Log');
  void ui.error(message, showLog).then((pressed) => {
    if (pressed === showLog) ui.showLog();
  });
}

/** The guest's words: one line of them, and no more than a message can show. */
function firstLine(text: string, exitCode: number): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.trim() === '' ? l10n.t('exit code {0}', exitCode) : line.trim().slice(0, 200);
}
