// The quick pick of VMs: for commands that were called on nothing.
import * as l10n from '@vscode/l10n';
import type { HostStore } from '../hyperv/hostStore';
import { isLastKnown } from '../hyperv/lastKnown';
import { vmDescription, vmIcon } from '../views/presentationVm';
import { compareVms } from '../views/vmOrder';
import { aborted } from './aborted';
import type { CommandContext } from './commandContext';
import type { VmFilter, VmTarget } from './targets';
import type { Choice, PickTexts } from './ui';

/** Empty when there is nothing to pick, of which the person was told, or when they left. */
export async function pickVm(
  context: CommandContext,
  texts: PickTexts,
  { isAllowed }: Pick<VmFilter, 'isAllowed'>,
): Promise<VmTarget[]> {
  await readIdleHosts(context);
  const candidates = vmTargets(context.store).filter(({ vm }) => isAllowed(vm));
  if (candidates.length === 0) {
    context.ui.inform(l10n.t('No virtual machine is in a state in which this is possible.'));
    return [];
  }
  const picked = await context.ui.pick(texts, vmChoices(candidates));
  if (picked === undefined) return [];
  context.reveal(picked.hostId, picked.vm.id);
  return [picked];
}

/** The palette may be used before anybody looked at the view. Cancelling goes on with the hosts that answered. */
async function readIdleHosts({ store, service, ui }: CommandContext): Promise<void> {
  const idle = store.hosts().filter(({ status }) => status.kind === 'idle');
  if (idle.length === 0) return;
  await ui.progress({ title: l10n.t('Reading hosts'), cancellable: true }, async (_, signal) => {
    const reading = Promise.all(idle.map(({ definition }) => service.refresh(definition.id)));
    await Promise.race([reading, aborted(signal)]);
  });
}

/** VMs of all hosts that can be trusted to be as the store says, host by host. */
function vmTargets(store: HostStore): VmTarget[] {
  return store
    .hosts()
    .filter(({ status }) => status.kind !== 'failed')
    .flatMap((host) => {
      const { id: hostId, name: hostName } = host.definition;
      const vms = [...host.vms.values()].filter(({ id }) => !isLastKnown(host, id));
      return vms.sort(compareVms).map((vm) => ({ hostId, hostName, vm }));
    });
}

function vmChoices(targets: readonly VmTarget[]): Choice<VmTarget>[] {
  return targets.map((target) => ({
    label: target.vm.name,
    description: vmDescription(target.vm),
    icon: vmIcon(target.vm),
    group: target.hostName,
    value: target,
  }));
}
