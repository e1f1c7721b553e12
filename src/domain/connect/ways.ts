// By which ways a person can get into a VM from here, and why not by the others. Pure: nothing is tried.
import { guestFamily, isWindows } from '../health/guestFamily';
import type { GuestFamily } from '../health/guestFamily';
import type { VmRecord } from '../vm';
import { usableAddresses } from './addresses';

/** In the order in which they are offered. */
export const connectWays = ['vmConnect', 'remoteDesktop', 'ssh', 'remoteFolder', 'powerShellDirect'] as const;
export type ConnectWay = (typeof connectWays)[number];

/** Why a way is none. */
export type ConnectObstacle =
  /** Its program is a part of Windows. */
  | 'needsWindows'
  /** Windows and macOS have a program for it. */
  | 'needsWindowsOrMac'
  /** The extension runs on another computer than the one whose screen the person sees. */
  | 'runsElsewhere'
  | 'notRunning'
  /** Only the host itself can do it. */
  | 'needsLocalHost'
  | 'needsWindowsGuest'
  /** PowerShell Direct came with Windows 10 and Server 2016. */
  | 'guestTooOld'
  | 'needsLinuxGuest'
  /** VS Code has no server for it. */
  | 'noServerForGuest'
  /** The guest does not say what it is, or has no address, and this is why. */
  | 'dataExchangeDisabled'
  | 'guestSaidNothing'
  | 'noAddress'
  /** The extension Remote - SSH is missing. */
  | 'needsRemoteSsh';

export interface ConnectFacts {
  readonly vm: Pick<VmRecord, 'state' | 'guest' | 'services'>;
  /** How the host is reached; a host of the demo lab counts as this computer. */
  readonly host: 'local' | 'lab' | 'ssh' | 'winrm';
  /** Of the computer where the extension runs. */
  readonly platform: NodeJS.Platform;
  /** What the extension opens there, the person sees. */
  readonly isHere: boolean;
  readonly hasRemoteSsh: boolean;
}

export interface ConnectOption {
  readonly way: ConnectWay;
  /** undefined for a way that can work. */
  readonly obstacle: ConnectObstacle | undefined;
  /** Where the way leads; empty for one that needs none. */
  readonly addresses: readonly string[];
}

export function connectOptions(facts: ConnectFacts): readonly ConnectOption[] {
  const addresses = usableAddresses(facts.vm.guest.addresses);
  return connectWays.map((way) => ({
    way,
    obstacle: obstacles[way](facts),
    addresses: way === 'vmConnect' || way === 'powerShellDirect' ? [] : addresses,
  }));
}

const obstacles: Readonly<Record<ConnectWay, (facts: ConnectFacts) => ConnectObstacle | undefined>> = {
  // Of every state: it shows a VM that is off as well, and starts it.
  vmConnect: ({ platform, isHere }) => (platform === 'win32' ? notHere(isHere) : 'needsWindows'),
  remoteDesktop: (facts) => {
    const { platform, isHere } = facts;
    if (platform !== 'win32' && platform !== 'darwin') return 'needsWindowsOrMac';
    return notHere(isHere) ?? inGuest(facts, (family) => (isWindows(family) ? undefined : 'needsWindowsGuest'));
  },
  ssh: (facts) => inGuest(facts, (family) => (isWindows(family) ? 'needsLinuxGuest' : undefined)),
  remoteFolder: (facts) =>
    inGuest(facts, (family) => {
      if (isWindows(family)) return 'needsLinuxGuest';
      return family === 'freeBsd' || family === 'openBsd' ? 'noServerForGuest' : undefined;
    }) ?? (facts.hasRemoteSsh ? undefined : 'needsRemoteSsh'),
  powerShellDirect: ({ vm, host, platform }) => {
    if (platform !== 'win32') return 'needsWindows';
    if (host !== 'local' && host !== 'lab') return 'needsLocalHost';
    if (vm.state !== 'running') return 'notRunning';
    // It needs no data exchange, so a guest that does not say what it is may well answer.
    const family = guestFamily(vm.guest.osName);
    if (family === 'windowsOld') return 'guestTooOld';
    return family === 'windows' || family === 'notKnown' ? undefined : 'needsWindowsGuest';
  },
};

function notHere(isHere: boolean): ConnectObstacle | undefined {
  return isHere ? undefined : 'runsElsewhere';
}

/** What a way over the network needs: a guest that runs, of the right kind, with an address. */
function inGuest(
  { vm }: ConnectFacts,
  judge: (family: GuestFamily) => ConnectObstacle | undefined,
): ConnectObstacle | undefined {
  if (vm.state !== 'running') return 'notRunning';
  const silence: ConnectObstacle =
    vm.services.keyValuePairExchange.enabled === false ? 'dataExchangeDisabled' : 'guestSaidNothing';
  const family = guestFamily(vm.guest.osName);
  if (family === 'notKnown') return silence;
  const wrong = judge(family);
  if (wrong !== undefined) return wrong;
  if (usableAddresses(vm.guest.addresses).length > 0) return undefined;
  return silence === 'dataExchangeDisabled' ? silence : 'noAddress';
}
