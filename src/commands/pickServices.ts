// Which integration services a command changes: those of the rows it was called on, or what a person picks of one VM or of many.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import { integrationServiceKeys } from '../domain/integrationServices';
import type { HostStore } from '../hyperv/hostStore';
import type { HypervNode, ServiceNode } from '../views/nodes';
import { serviceFacts, serviceName } from '../views/serviceTexts';
import type { CommandContext } from './commandContext';
import { confirmForAll } from './forAll';
import { pickVm } from './pickVm';
import { allows, targetsOf, vmTarget, withMembers } from './targets';
import type { VmTarget } from './targets';
import type { Choice } from './ui';

export type ServiceVerb = 'enable' | 'disable' | 'toggle';

interface ServiceChange {
  readonly service: IntegrationServiceKey;
  readonly enable: boolean;
}

export interface ServiceTarget extends VmTarget, ServiceChange {}

/** undefined when there is nothing to change. */
export function targetOf(store: HostStore, node: ServiceNode, verb: ServiceVerb): ServiceTarget | undefined {
  const target = vmTarget(store, node);
  const change = target && changesOf(target, verb).find(({ service }) => service === node.service);
  return target && change && { ...target, ...change };
}

export function isWanted({ vm }: VmTarget, service: IntegrationServiceKey, enable: boolean): boolean {
  const { enabled } = vm.services[service];
  return enabled !== null && enabled !== enable;
}

/** Asks which service of the VMs of these rows; of which VM, when there is none among them. */
export async function pickServices(
  context: CommandContext,
  verb: ServiceVerb,
  rows: readonly HypervNode[],
): Promise<readonly ServiceTarget[]> {
  const all = withMembers(context, rows);
  const texts = { title: verbTitle(verb), placeholder: l10n.t('Of which virtual machine?') };
  const canToggle = allows('toggleService');
  const vms = all.some((node) => 'vmId' in node)
    ? targetsOf(context, all, canToggle).allowed
    : await pickVm(context, texts, canToggle);
  const change = await pickChange(context, vms, verb);
  if (change === undefined) return [];
  const targets = vms
    .filter((target) => isWanted(target, change.service, change.enable))
    .map((target) => ({ ...target, ...change }));
  const isForAll = rows.some(({ kind }) => kind === 'group');
  return !isForAll || (await confirmForAll(context.ui, questionOf(change), targets, vms.length)) ? targets : [];
}

async function pickChange(
  { ui }: CommandContext,
  vms: readonly VmTarget[],
  verb: ServiceVerb,
): Promise<ServiceChange | undefined> {
  const [first] = vms;
  if (first === undefined) return undefined;
  const who = vms.length === 1 ? first.vm.name : l10n.t('{0} virtual machines', vms.length);
  const choices = vms.length === 1 ? choicesOfOne(first, verb) : choicesOfMany(vms, verb);
  if (choices.length > 0)
    return ui.pick({ title: verbTitle(verb), placeholder: l10n.t('Which service of {0}?', who) }, choices);
  ui.inform(l10n.t('No integration service of {0} can be changed in this way.', who));
  return undefined;
}

function choicesOfOne(target: VmTarget, verb: ServiceVerb): Choice<ServiceChange>[] {
  return changesOf(target, verb).map((change) => ({
    label: serviceName(change.service),
    description: serviceFacts(target.vm.services[change.service]),
    value: change,
  }));
}

/** Each way for itself: of many VMs a service is enabled for some and disabled for others. */
function choicesOfMany(vms: readonly VmTarget[], verb: ServiceVerb): Choice<ServiceChange>[] {
  return [true, false]
    .filter((enable) => verb === 'toggle' || enable === (verb === 'enable'))
    .flatMap((enable) =>
      integrationServiceKeys.flatMap((service) => {
        const count = vms.filter((target) => isWanted(target, service, enable)).length;
        if (count === 0) return [];
        return [
          {
            label: serviceName(service),
            description: l10n.t('{0} of {1}', count, vms.length),
            group: enable ? l10n.t('Enable') : l10n.t('Disable'),
            value: { service, enable },
          },
        ];
      }),
    );
}

function changesOf({ vm }: VmTarget, verb: ServiceVerb): ServiceChange[] {
  return integrationServiceKeys.flatMap((service) => {
    const { enabled } = vm.services[service];
    const enable = enabled === false;
    return enabled === null || (verb !== 'toggle' && enable !== (verb === 'enable')) ? [] : [{ service, enable }];
  });
}

function questionOf({ service, enable }: ServiceChange): Parameters<typeof confirmForAll>[1] {
  const name = serviceName(service);
  return enable
    ? { question: (who) => l10n.t('Enable {0} for {1}?', name, who), button: l10n.t('Enable') }
    : { question: (who) => l10n.t('Disable {0} for {1}?', name, who), button: l10n.t('Disable') };
}

function verbTitle(verb: ServiceVerb): string {
  switch (verb) {
    case 'enable':
      return l10n.t('Enable Integration Service');
    case 'disable':
      return l10n.t('Disable Integration Service');
    case 'toggle':
      return l10n.t('Toggle Integration Service');
    default:
      return assertNever(verb);
  }
}
