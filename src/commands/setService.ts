// Enable, disable or toggle integration services: from a checkbox, a menu, the keyboard or the palette.
import * as l10n from '@vscode/l10n';
import { actionRefusal, canEnableAll } from '../domain/allowedActions';
import { refusalText } from '../domain/errorTexts';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import { integrationServiceKeys } from '../domain/integrationServices';
import type { HypervNode, NodeRegistry, ServiceNode } from '../views/nodes';
import { serviceFacts, serviceName } from '../views/serviceTexts';
import type { VmRecord } from '../domain/vm';
import type { Verdict } from './aftermath';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { nodesOf, pickVm, resolveVmsWhere, trueNodes, vmTarget } from './targets';
import type { VmTarget } from './targets';

export type ServiceVerb = 'enable' | 'disable' | 'toggle';

interface ServiceTarget extends VmTarget {
  readonly service: IntegrationServiceKey;
  readonly enable: boolean;
}

export async function changeServices(
  context: CommandContext,
  nodes: NodeRegistry,
  verb: ServiceVerb,
  ...args: readonly unknown[]
): Promise<void> {
  const chosen = nodesOf(args, context.selection);
  const rows = chosen && trueNodes(context, chosen);
  if (chosen !== undefined && chosen.length > 0 && rows?.length === 0) return;
  const services = rows?.filter((node) => node.kind === 'service') ?? [];
  if (services.length > 0) {
    await setServices(context, nodes, wantedOf(context, services, verb));
    return;
  }
  const vms = (rows ?? []).map((node) => vmTarget(context.store, node)).filter((target) => target !== undefined);
  const texts = { title: verbTitle(verb), placeholder: l10n.t('Of which virtual machine?') };
  const [vm] = vms.length > 0 ? vms : await pickVm(context, 'toggleService', texts);
  if (vm === undefined) return;
  const service = await pickService(context, vm, verb);
  if (service !== undefined) await setServices(context, nodes, [toTarget(vm, service, verb)]);
}

/** All services that are disabled, of one or more VMs. */
export async function enableAllServices(
  context: CommandContext,
  nodes: NodeRegistry,
  ...args: readonly unknown[]
): Promise<void> {
  const texts = { title: l10n.t('Enable All Integration Services'), placeholder: l10n.t('Of which virtual machine?') };
  const vms = await resolveVmsWhere(context, args, texts, {
    isAllowed: canEnableAll,
    refusal: (vm) => {
      const refusal = actionRefusal(vm, 'toggleService');
      return refusal === undefined
        ? l10n.t('All integration services of {0} are enabled.', vm.name)
        : refusalText(refusal, vm.name);
    },
  });
  const targets = vms.flatMap((target) =>
    integrationServiceKeys
      .filter((service) => isWanted(target, service, 'enable'))
      .map((service) => ({ ...target, service, enable: true })),
  );
  await setServices(context, nodes, targets);
}

/** Checkboxes were clicked. VS Code shows them changed already, so whatever fails must be drawn again. */
export async function applyTicks(
  context: CommandContext,
  nodes: NodeRegistry,
  ticks: readonly { node: HypervNode; checked: boolean }[],
): Promise<void> {
  const targets = ticks.flatMap(({ node, checked }) => {
    const target = vmTarget(context.store, node);
    return target === undefined || node.kind !== 'service'
      ? []
      : [{ ...target, service: node.service, enable: checked }];
  });
  await setServices(context, nodes, targets);
}

async function setServices(
  context: CommandContext,
  nodes: NodeRegistry,
  targets: readonly ServiceTarget[],
): Promise<void> {
  const redraw = ({ hostId, vm, service }: ServiceTarget): void => {
    context.redraw([nodes.service(hostId, vm.id, service)]);
  };
  const isAllowed = ({ vm }: ServiceTarget): boolean => actionRefusal(vm, 'toggleService') === undefined;
  const allowed = targets.filter(isAllowed);
  const refused = targets.filter((target) => !isAllowed(target));
  refused.forEach(redraw);
  const refusal = refused[0] && actionRefusal(refused[0].vm, 'toggleService');
  if (refused[0] !== undefined && refusal !== undefined) context.ui.inform(refusalText(refusal, refused[0].vm.name));
  await runOnEach(context, allowed, {
    action: 'toggleService',
    title: progressTitle,
    run: async ({ hostId, vm, service, enable }, withdraw) => {
      const wanted = { id: vm.id, service, enabled: enable };
      const after = await context.service.change(hostId, 'service.set', wanted, undefined, withdraw);
      // The host may say "done" and keep what it had; then the store did not change and nobody drew the row.
      if (after.services[service].enabled !== enable) context.redraw([nodes.service(hostId, vm.id, service)]);
    },
    headline: failedHeadline,
    proof: { judge: judgeService, words: aftermathWords },
    onFailure: redraw,
  });
}

function wantedOf(context: CommandContext, rows: readonly ServiceNode[], verb: ServiceVerb): ServiceTarget[] {
  return rows.flatMap((node) => {
    const target = vmTarget(context.store, node);
    if (target === undefined || !isWanted(target, node.service, verb)) return [];
    return [toTarget(target, node.service, verb)];
  });
}

function isWanted({ vm }: VmTarget, service: IntegrationServiceKey, verb: ServiceVerb): boolean {
  const { enabled } = vm.services[service];
  return enabled !== null && (verb === 'toggle' || enabled !== (verb === 'enable'));
}

function toTarget(target: VmTarget, service: IntegrationServiceKey, verb: ServiceVerb): ServiceTarget {
  const enable = verb === 'toggle' ? target.vm.services[service].enabled !== true : verb === 'enable';
  return { ...target, service, enable };
}

async function pickService(
  context: CommandContext,
  target: VmTarget,
  verb: ServiceVerb,
): Promise<IntegrationServiceKey | undefined> {
  const wanted = integrationServiceKeys.filter((key) => isWanted(target, key, verb));
  if (wanted.length === 0) {
    context.ui.inform(l10n.t('No integration service of {0} can be changed in this way.', target.vm.name));
    return undefined;
  }
  const texts = { title: verbTitle(verb), placeholder: l10n.t('Which service of {0}?', target.vm.name) };
  const choices = wanted.map((key) => ({
    label: serviceName(key),
    description: serviceFacts(target.vm.services[key]),
    value: key,
  }));
  return context.ui.pick(texts, choices);
}

function verbTitle(verb: ServiceVerb): string {
  switch (verb) {
    case 'enable':
      return l10n.t('Enable Integration Service');
    case 'disable':
      return l10n.t('Disable Integration Service');
    case 'toggle':
      return l10n.t('Toggle Integration Service');
  }
}

function progressTitle(targets: readonly ServiceTarget[]): string {
  const [first] = targets;
  if (first === undefined || targets.length > 1) return l10n.t('Changing {0} integration services', targets.length);
  const name = serviceName(first.service);
  return first.enable
    ? l10n.t('Enabling {0} for {1}', name, first.vm.name)
    : l10n.t('Disabling {0} for {1}', name, first.vm.name);
}

function judgeService({ service, enable }: ServiceTarget, after: VmRecord): Verdict {
  const { enabled } = after.services[service];
  return enabled === null ? 'open' : enabled === enable ? 'done' : 'notDone';
}

function aftermathWords({ service, enable, vm }: ServiceTarget): { done: string; notDone: string } {
  const name = serviceName(service);
  return enable
    ? {
        done: l10n.t('{0} of {1} is enabled now.', name, vm.name),
        notDone: l10n.t('{0} of {1} was not enabled: it is still disabled.', name, vm.name),
      }
    : {
        done: l10n.t('{0} of {1} is disabled now.', name, vm.name),
        notDone: l10n.t('{0} of {1} was not disabled: it is still enabled.', name, vm.name),
      };
}

function failedHeadline({ service, enable, vm }: ServiceTarget): string {
  return enable
    ? l10n.t('{0} of {1} was not enabled.', serviceName(service), vm.name)
    : l10n.t('{0} of {1} was not disabled.', serviceName(service), vm.name);
}
