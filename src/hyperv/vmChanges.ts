// Whether two readings of a VM differ in anything a person would see. Compares field by field: comparing JSON texts of
// thousands of VMs costs ten times as much.
import { integrationServiceKeys } from '../domain/integrationServices';
import type { GuestFacts, VmRecord } from '../domain/vm';

/** Uptime is left out while it grows: it ticks with every reading. When it falls, the VM was restarted. */
export function sameVm(a: VmRecord, b: VmRecord): boolean {
  // An inventory leaves the records of VMs that have not changed as they are.
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.partial === b.partial &&
    a.name === b.name &&
    a.state === b.state &&
    a.stateCode === b.stateCode &&
    a.heartbeat === b.heartbeat &&
    uptimeGoesOn(a.uptimeMs, b.uptimeMs) &&
    a.processors === b.processors &&
    a.memoryMB === b.memoryMB &&
    a.configurationVersion === b.configurationVersion &&
    a.notes === b.notes &&
    a.checkpointType === b.checkpointType &&
    sameGuest(a.guest, b.guest) &&
    sameServices(a, b)
  );
}

function sameServices(a: VmRecord, b: VmRecord): boolean {
  return integrationServiceKeys.every((key) => {
    const before = a.services[key];
    const after = b.services[key];
    return (
      before.enabled === after.enabled &&
      before.status === after.status &&
      before.secondary === after.secondary &&
      before.reason === after.reason
    );
  });
}

function uptimeGoesOn(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : b >= a;
}

function sameGuest(a: GuestFacts, b: GuestFacts): boolean {
  return (
    a.osName === b.osName &&
    a.osVersion === b.osVersion &&
    a.fullyQualifiedDomainName === b.fullyQualifiedDomainName &&
    a.integrationServicesVersion === b.integrationServicesVersion &&
    a.addresses.length === b.addresses.length &&
    a.addresses.every((address, index) => address === b.addresses[index])
  );
}
