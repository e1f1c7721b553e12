// What a command shall act upon: the rows it was called on, the tree's selection, or what a person picks.
import * as l10n from '@vscode/l10n';
import { actionRefusal } from '../domain/allowedActions';
import type { VmAction } from '../domain/allowedActions';
import { refusalText } from '../domain/errorTexts';
import type { VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostStore } from '../hyperv/hostStore';
import { isLastKnown, rowVm } from '../hyperv/lastKnown';
import { selectionArgument } from '../manifest';
import { isHypervNode } from '../views/nodes';
import type { HypervNode } from '../views/nodes';
import { vmDescription, vmIcon } from '../views/presentationVm';
import { aborted } from './aborted';
import { compareVms } from '../views/vmOrder';
import type { CommandContext } from './commandContext';
import type { Choice, PickTexts } from './ui';

export interface VmTarget {
  readonly hostId: HostId;
  readonly hostName: string;
  readonly vm: VmRecord;
}

/**
 * The rows behind a command's arguments.
 * @param args (row, selected rows) from a menu, ("selection") from a keybinding, nothing from the palette
 * @returns undefined when it was called on nothing, so that a person must be asked
 */
export function nodesOf(
  args: readonly unknown[],
  selection: () => readonly HypervNode[],
): readonly HypervNode[] | undefined {
  const [first, all] = args;
  if (first === selectionArgument) {
    const selected = selection();
    return selected.length > 0 ? selected : undefined;
  }
  if (Array.isArray(all) && all.length > 0) return all.filter(isHypervNode);
  return isHypervNode(first) ? [first] : undefined;
}

/** undefined for what is not a VM, is gone, or is only known as it was. */
export function vmTarget(store: HostStore, node: HypervNode): VmTarget | undefined {
  if (node.kind === 'host' || node.kind === 'group' || node.kind === 'info') return undefined;
  const host = store.host(node.hostId);
  if (host !== undefined && isLastKnown(host, node.vmId)) return undefined;
  const vm = host?.vms.get(node.vmId);
  return host && vm && { hostId: node.hostId, hostName: host.definition.name, vm };
}

/** Without rows that show what was. The person is told when there are no others. */
export function trueNodes({ store, ui }: CommandContext, nodes: readonly HypervNode[]): readonly HypervNode[] {
  const old = nodes.flatMap((node) => lastKnownOf(store, node) ?? []);
  const [first] = old;
  if (first !== undefined && old.length === nodes.length) {
    ui.inform(
      l10n.t('{0} is shown as it was last seen. Wait until {1} has answered, or retry the host.', first.vm, first.host),
    );
  }
  return nodes.filter((node) => lastKnownOf(store, node) === undefined);
}

function lastKnownOf(store: HostStore, node: HypervNode): { readonly vm: string; readonly host: string } | undefined {
  if (node.kind === 'host' || node.kind === 'group' || node.kind === 'info') return undefined;
  const host = store.host(node.hostId);
  const vm = host && rowVm(host, node.vmId);
  if (host === undefined || vm === undefined || !isLastKnown(host, node.vmId)) return undefined;
  return { vm: vm.name, host: host.definition.name };
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

/** Which VMs a command is for. */
export interface VmFilter {
  readonly isAllowed: (vm: VmRecord) => boolean;
  /** What a person is told when none of the rows they chose is allowed. */
  readonly refusal?: (vm: VmRecord) => string | undefined;
}

function allows(action: VmAction): VmFilter {
  return {
    isAllowed: (vm) => actionRefusal(vm, action) === undefined,
    refusal: (vm) => {
      const refusal = actionRefusal(vm, action);
      return refusal && refusalText(refusal, vm.name);
    },
  };
}

/** The VMs to act upon, all of which allow the action now; empty when there is nothing to do (the person was told). */
export async function resolveVms(
  context: CommandContext,
  args: readonly unknown[],
  action: VmAction,
  texts: PickTexts,
): Promise<readonly VmTarget[]> {
  return resolveVmsWhere(context, args, texts, allows(action));
}

/** As {@link resolveVms}, for commands that are not about an action. */
export async function resolveVmsWhere(
  context: CommandContext,
  args: readonly unknown[],
  texts: PickTexts,
  filter: VmFilter,
): Promise<readonly VmTarget[]> {
  const nodes = nodesOf(args, context.selection);
  if (nodes === undefined) return pickVmWhere(context, texts, filter);
  const targets = unique(
    trueNodes(context, nodes)
      .map((node) => vmTarget(context.store, node))
      .filter((target) => target !== undefined),
  );
  const allowed = targets.filter(({ vm }) => filter.isAllowed(vm));
  const [first] = targets;
  if (allowed.length === 0 && first !== undefined) {
    const refusal = filter.refusal?.(first.vm);
    if (refusal !== undefined) context.ui.inform(refusal);
  }
  return allowed;
}

export async function pickVm(context: CommandContext, action: VmAction, texts: PickTexts): Promise<VmTarget[]> {
  return pickVmWhere(context, texts, allows(action));
}

async function pickVmWhere(context: CommandContext, texts: PickTexts, { isAllowed }: VmFilter): Promise<VmTarget[]> {
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

/** A VM and one of its services may both be selected. */
function unique(targets: readonly VmTarget[]): VmTarget[] {
  return [...new Map(targets.map((target) => [keyOf(target), target])).values()];
}

/** Of how many VMs they are: several services of one VM are one. */
export function vmCount(targets: readonly VmTarget[]): number {
  return new Set(targets.map(keyOf)).size;
}

function keyOf({ hostId, vm }: VmTarget): string {
  return `${hostId}\n${vm.id}`;
}
