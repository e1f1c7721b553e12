// The grammar of `viewItem` in package.json: kind;state;token;token… — menus test it with regular expressions, and
// test/unit/manifest proves that each of those can match.
import { allowedActions, canEnableAll, vmActions } from '../domain/allowedActions';
import type { ActionFacts, VmAction } from '../domain/allowedActions';
import { connectOptions } from '../domain/connect/ways';
import type { ConnectFacts, ConnectWay } from '../domain/connect/ways';
import { guestFamily, isWindows } from '../domain/health/guestFamily';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import { setupCommand } from '../domain/readinessTexts';
import type { VmRecord } from '../domain/vm';
import { vmAddress } from '../domain/vmAddress';
import type { moveOf } from '../hyperv/hostOrder';
import type { HostRecord } from '../hyperv/hostStore';
import type { VmGroup } from './vmGroups';

/**
 * `host;failed;local;hasSetup` where a command makes Hyper-V usable; `host;ready;ssh;canMoveUp;canMoveDown` for one of the
 * settings, between two others
 */
export function hostContextValue(
  { status, definition, probe }: Pick<HostRecord, 'status' | 'definition' | 'probe'>,
  { up, down }: ReturnType<typeof moveOf>,
): string {
  const isHelped = status.kind === 'failed' && setupCommand(probe) !== undefined;
  return [
    'host',
    status.kind,
    definition.kind,
    ...(up ? ['canMoveUp'] : []),
    ...(down ? ['canMoveDown'] : []),
    ...(isHelped ? ['hasSetup'] : []),
  ].join(';');
}

/**
 * `vm;running;canShutDown;canTurnOff;canEnableAll;byRemoteDesktop;byPowerShellDirect;hasAddress`, and `linuxGuest` where a
 * guest that runs says that it is no Windows
 */
export function vmContextValue(
  vm: ActionFacts & Pick<VmRecord, 'guest'>,
  host: HostRecord['definition']['kind'] = 'local',
): string {
  const allowed = allowedActions(vm);
  return [
    'vm',
    vm.state,
    ...vmActions.filter((action) => allowed.has(action)).map((action) => token('can', action)),
    ...(canEnableAll(vm) ? ['canEnableAll'] : []),
    ...(isLinux(vm) ? ['linuxGuest'] : []),
    ...waysInto(vm, host).map((way) => token('by', way)),
    ...(vmAddress(vm) === undefined ? [] : ['hasAddress']),
  ].join(';');
}

function isLinux({ state, guest }: Pick<VmRecord, 'state' | 'guest'>): boolean {
  const family = guestFamily(guest.osName);
  return state === 'running' && family !== 'notKnown' && !isWindows(family);
}

/** As far as VM and host decide; which computer the person sits at, and what is installed there, menus say themselves. */
function waysInto(vm: ConnectFacts['vm'], host: ConnectFacts['host']): readonly ConnectWay[] {
  const options = connectOptions({ vm, host, platform: 'win32', isHere: true, hasRemoteSsh: true });
  return options.filter(({ way, obstacle }) => way !== 'vmConnect' && obstacle === undefined).map(({ way }) => way);
}

/** `service;heartbeat;canDisable`; ends with `fixed` while the host would refuse a change. */
export function serviceContextValue(vm: ActionFacts, key: IntegrationServiceKey): string {
  return ['service', key, serviceToken(vm, key)].join(';');
}

function serviceToken(vm: ActionFacts, key: IntegrationServiceKey): string {
  const { enabled } = vm.services[key];
  if (enabled === null || !allowedActions(vm).has('toggleService')) return 'fixed';
  return enabled ? 'canDisable' : 'canEnable';
}

export const pairsContextValue = 'pairs';

/** VMs and services as they were last seen: nothing can be done with them. */
export const lastKnownContextValue = 'lastKnown';

/** `group;off` for VMs of one state, `group;any` otherwise: what each of them allows is seen when a command is called. */
export function groupContextValue({ state }: Pick<VmGroup, 'state'>): string {
  return `group;${state ?? 'any'}`;
}

/** The row that stands for VMs which are not there. */
export const infoContextValue = 'info';

function token(prefix: 'can' | 'by', name: VmAction | ConnectWay): string {
  return `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
