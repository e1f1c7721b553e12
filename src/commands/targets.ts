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
import type { CommandContext } from './commandContext';
import { confirmForAll } from './forAll';
import type { ForAllTexts } from './forAll';
import { pickVm } from './pickVm';
import type { PickTexts } from './ui';

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
export function trueNodes<N extends HypervNode>({ store, ui }: CommandContext, nodes: readonly N[]): readonly N[] {
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

/** Which VMs a command is for. */
export interface VmFilter {
  readonly isAllowed: (vm: VmRecord) => boolean;
  /** What a person is told when none of the rows they chose is allowed. */
  readonly refusal?: (vm: VmRecord) => string | undefined;
}

/** Those of VMs which allow the action now. */
export function allows(action: VmAction): VmFilter {
  return {
    isAllowed: (vm) => actionRefusal(vm, action) === undefined,
    refusal: (vm) => {
      const refusal = actionRefusal(vm, action);
      return refusal && refusalText(refusal, vm.name);
    },
  };
}

/** What a quick pick says and, of commands that can be for a whole group, what is asked then. */
export interface TargetTexts extends PickTexts {
  readonly forAll?: ForAllTexts;
}

/** The VMs to act upon, all of which allow the action now; empty when there is nothing to do (the person was told). */
export async function resolveVms(
  context: CommandContext,
  args: readonly unknown[],
  action: VmAction,
  texts: TargetTexts,
): Promise<readonly VmTarget[]> {
  return resolveVmsWhere(context, args, texts, allows(action));
}

/** As {@link resolveVms}, for commands that are not about an action. */
export async function resolveVmsWhere(
  context: CommandContext,
  args: readonly unknown[],
  texts: TargetTexts,
  filter: VmFilter,
): Promise<readonly VmTarget[]> {
  const nodes = nodesOf(args, context.selection);
  if (nodes === undefined) return pickVm(context, texts, filter);
  const { forAll } = texts;
  const isForAll = forAll !== undefined && nodes.some(({ kind }) => kind === 'group');
  const { targets, allowed } = targetsOf(context, isForAll ? withMembers(context, nodes) : nodes, filter);
  if (!isForAll || allowed.length === 0) return allowed;
  return (await confirmForAll(context.ui, forAll, allowed, targets.length)) ? allowed : [];
}

export interface Targets {
  readonly targets: readonly VmTarget[];
  readonly allowed: readonly VmTarget[];
}

/** The VMs of rows, and those of them that are allowed. When none is, the person was told why. */
export function targetsOf(context: CommandContext, nodes: readonly HypervNode[], filter: VmFilter): Targets {
  const { store, ui } = context;
  const targets = unique(
    trueNodes(context, nodes)
      .map((node) => vmTarget(store, node))
      .filter((target) => target !== undefined),
  );
  const allowed = targets.filter(({ vm }) => filter.isAllowed(vm));
  const [first] = targets;
  const refusal = allowed.length === 0 && first !== undefined ? filter.refusal?.(first.vm) : undefined;
  if (refusal !== undefined) {
    ui.inform(
      targets.length === 1
        ? refusal
        : l10n.t('None of these {0} virtual machines is in a state in which this is possible.', targets.length),
    );
  }
  return { targets, allowed };
}

/** With the VMs of groups in place of their rows. */
export function withMembers({ members }: CommandContext, nodes: readonly HypervNode[]): readonly HypervNode[] {
  return nodes.flatMap((node): readonly HypervNode[] => (node.kind === 'group' ? members(node) : [node]));
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
