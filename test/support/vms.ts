// VM records for tests: a healthy running Windows guest, of which a test names what it cares about.
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import type { IntegrationServiceKey, IntegrationServiceState } from '../../src/domain/integrationServices';
import { parseVmId } from '../../src/domain/vm';
import type { VmId, VmRecord } from '../../src/domain/vm';

/** A GUID that ends in this number. */
export function vmId(number: number): VmId {
  const id = parseVmId(`11111111-2222-3333-4444-${String(number).padStart(12, '0')}`);
  if (id === undefined) throw new Error(`not a VM number: ${number}`);
  return id;
}

export function makeVm(facts: Partial<VmRecord> = {}): VmRecord {
  const healthy: IntegrationServiceState = { enabled: true, status: 'ok', secondary: null, reason: null };
  return {
    id: vmId(1),
    name: 'vm-1',
    state: 'running',
    stateCode: 2,
    heartbeat: 'healthy',
    uptimeMs: 60_000,
    processors: 2,
    memoryMB: 2048,
    guest: {
      osName: 'Windows Server 2025 Standard',
      osVersion: '10.0.26100',
      fullyQualifiedDomainName: 'vm-1.example',
      addresses: ['10.0.0.1'],
      integrationServicesVersion: '10.0.26100.1742',
    },
    configurationVersion: '12.0',
    notes: '',
    checkpointType: 'production',
    services: Object.fromEntries(integrationServiceKeys.map((key) => [key, healthy])) as VmRecord['services'],
    ...facts,
  };
}

export function withService(
  vm: VmRecord,
  key: IntegrationServiceKey,
  facts: Partial<IntegrationServiceState>,
): VmRecord {
  return { ...vm, services: { ...vm.services, [key]: { ...vm.services[key], ...facts } } };
}
