// Enable, disable or toggle integration services: from a checkbox, a menu, the keyboard or the palette.
import * as l10n from '@vscode/l10n';
import { actionRefusal, canEnableAll } from '../domain/allowedActions';
import { refusalText } from '../domain/errorTexts';
import { integrationServiceKeys } from '../domain/integrationServices';
import type { HypervNode, NodeRegistry } from '../views/nodes';
import { serviceName } from '../views/serviceTexts';
import type { VmRecord } from '../domain/vm';
import type { Verdict } from './aftermath';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { isWanted, pickServices, targetOf } from './pickServices';
import type { ServiceTarget, ServiceVerb } from './pickServices';
import { nodesOf, resolveVmsWhere, trueNodes, vmTarget } from './targets';

export async function changeServices(
  context: CommandContext,
  nodes: NodeRegistry,
  verb: ServiceVerb,
  ...args: readonly unknown[]
): Promise<void> {
  const rows = nodesOf(args, context.selection);
  const services = rows?.filter((node) => node.kind === 'service') ?? [];
  const targets =
    services.length > 0
      ? trueNodes(context, services).flatMap((node) => targetOf(context.store, node, verb) ?? [])
      : await pickServices(context, verb, rows ?? []);
  await setServices(context, nodes, targets);
}

/** All services that are disabled, of one or more VMs. */
export async function enableAllServices(
  context: CommandContext,
  nodes: NodeRegistry,
  ...args: readonly unknown[]
): Promise<void> {
  const title = l10n.t('Enable All Integration Services');
  const question = (who: string): string => l10n.t('Enable all integration services of {0}?', who);
  const texts = { title, placeholder: l10n.t('Of which virtual machine?'), forAll: { question, button: title } };
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
      .filter((service) => isWanted(target, service, true))
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
