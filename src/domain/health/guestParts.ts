// The half of each service that runs in the guest: what it is called in each family, where it comes from, and a command that
// shows it. Sources: Microsoft's pages on supported Windows, CentOS/RHEL, Debian, Ubuntu and FreeBSD guests, and on managing
// integration services.
import type { IntegrationServiceKey } from '../integrationServices';
import type { GuestFamily } from './guestFamily';

export interface GuestPart {
  /** Whose part this is; a proper name, not translated. */
  readonly family: string;
  /**
   * `builtIn`: comes with the system. `kernel`: comes with a kernel that has hv_utils. `package`: must be installed.
   * `update`: comes with Windows Update. `none`: there is no such part.
   */
  readonly from: 'builtIn' | 'kernel' | 'package' | 'update' | 'none';
  /** Windows service, kernel module or daemon, `kernel` for what is part of it; empty for none. */
  readonly name: string;
  /** For `package`. */
  readonly packageName?: string;
  /** To be run in the guest; missing where no source names one. */
  readonly check?: string;
}

/** Windows service in the guest (page "Manage Hyper-V Integration Services"). */
const windowsServices: Readonly<Record<IntegrationServiceKey, string>> = {
  shutdown: 'vmicshutdown',
  timeSynchronization: 'vmictimesync',
  keyValuePairExchange: 'vmickvpexchange',
  heartbeat: 'vmicheartbeat',
  vss: 'vmicvss',
  guestServiceInterface: 'vmicguestinterface',
};

/** Daemons of Linux, as Ubuntu and Debian name them and as RHEL does; the other three services are the kernel's. */
const daemons: Partial<
  Readonly<Record<IntegrationServiceKey, readonly [debian: string, redHat: string, word: string]>>
> = {
  keyValuePairExchange: ['hv-kvp-daemon', 'hypervkvpd', 'kvp'],
  vss: ['hv-vss-daemon', 'hypervvssd', 'vss'],
  guestServiceInterface: ['hv-fcopy-daemon', 'hypervfcopyd', 'fcopy'],
};

/** The part in a guest of this family; of every family when it is not known. */
export function guestParts(key: IntegrationServiceKey, family: GuestFamily): readonly GuestPart[] {
  if (family !== 'notKnown') return [guestPart(key, family)];
  return (['windows', 'ubuntu', 'debian', 'redHat', 'freeBsd', 'linux'] as const).map((one) => guestPart(key, one));
}

export function guestPart(key: IntegrationServiceKey, family: Exclude<GuestFamily, 'notKnown'>): GuestPart {
  switch (family) {
    case 'windows':
      return windowsPart(key, 'builtIn');
    case 'windowsOld':
      // No page lists it for these systems.
      return key === 'guestServiceInterface'
        ? { family: 'Windows 7, Server 2008', from: 'none', name: '' }
        : { ...windowsPart(key, 'update'), family: 'Windows 7, Server 2008' };
    case 'ubuntu':
      return linuxPart(key, 'Ubuntu', 0, 'linux-cloud-tools-virtual');
    case 'debian':
      return linuxPart(key, 'Debian', 0, 'hyperv-daemons');
    case 'redHat':
      return linuxPart(key, 'RHEL, CentOS, Rocky, Alma', 1, 'hyperv-daemons');
    case 'linux':
      return linuxPart(key, 'Linux', 0, undefined);
    case 'freeBsd':
      return freeBsdPart(key);
    case 'openBsd':
      return openBsdPart(key);
  }
}

function windowsPart(key: IntegrationServiceKey, from: 'builtIn' | 'update'): GuestPart {
  const name = windowsServices[key];
  return { family: 'Windows', from, name, check: `Get-Service ${name}` };
}

function linuxPart(
  key: IntegrationServiceKey,
  family: string,
  naming: 0 | 1,
  packageName: string | undefined,
): GuestPart {
  const daemon = daemons[key];
  if (daemon === undefined) {
    // The kernel only offers the host's time as a clock, which chrony must be told to use.
    const check = key === 'timeSynchronization' ? 'cat /sys/class/ptp/*/clock_name' : 'dmesg | grep hv_utils';
    return { family, from: 'kernel', name: 'hv_utils', check };
  }
  return {
    family,
    from: 'package',
    name: daemon[naming],
    ...(packageName !== undefined && { packageName }),
    // The unit has another name in each distribution; the word is in all of them.
    check: `systemctl list-units --all '*${daemon[2]}*'`,
  };
}

/** KVP from 10.2, VSS from 11.1, no file copy (page on FreeBSD guests). */
function freeBsdPart(key: IntegrationServiceKey): GuestPart {
  const family = 'FreeBSD';
  if (key === 'guestServiceInterface') return { family, from: 'none', name: '' };
  return { family, from: 'builtIn', name: daemons[key] === undefined ? 'kernel' : `hv_${daemons[key][2]}_daemon` };
}

function openBsdPart(key: IntegrationServiceKey): GuestPart {
  const family = 'OpenBSD';
  if (key === 'vss' || key === 'guestServiceInterface') return { family, from: 'none', name: '' };
  return key === 'keyValuePairExchange'
    ? { family, from: 'builtIn', name: 'hostctl' }
    : { family, from: 'builtIn', name: 'kernel' };
}
