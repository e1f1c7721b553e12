// How commands get into a guest: by PowerShell Direct into Windows, by ssh into what is like Linux. Pure.
import { usableAddresses } from '../domain/connect/addresses';
import { guestFamily, isWindows } from '../domain/health/guestFamily';
import type { GuestSilence } from '../domain/time/facts';
import type { VmRecord } from '../domain/vm';
import { checkSshTarget, parseSshTarget } from '../powershell/sshTarget';
import type { GuestAccess } from './timeClient';

/** How this guest can be asked, or why it cannot. The address is the guest's own word: checked before ssh sees it. */
export function wayIn(vm: VmRecord, sshUser?: string): GuestAccess | GuestSilence {
  if (vm.state !== 'running') return 'notRunning';
  const family = guestFamily(vm.guest.osName);
  if (isWindows(family)) return { kind: 'powershellDirect' };
  if (family === 'notKnown') return 'systemNotKnown';
  const [host] = usableAddresses(vm.guest.addresses);
  if (host === undefined) return 'noAddress';
  try {
    return { kind: 'ssh', target: checkSshTarget({ host, ...(sshUser !== undefined && { user: sshUser }) }) };
  } catch {
    return 'noAddress';
  }
}

/** @param address as a person types it; undefined for what is none */
export function sshWay(address: string): GuestAccess | undefined {
  try {
    return { kind: 'ssh', target: parseSshTarget(address) };
  } catch {
    return undefined;
  }
}

export function isSshUser(user: string): boolean {
  try {
    checkSshTarget({ host: 'localhost', user });
    return true;
  } catch {
    return false;
  }
}
