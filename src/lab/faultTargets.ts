// What a fault of the lab can name: everything a caller can ask of the simulated host.
import { cimClasses } from './cimClasses';

const methods = [
  'RequestStateChange',
  'InitiateShutdown',
  'InitiateReboot',
  'AddKvpItems',
  'ModifyKvpItems',
  'RemoveKvpItems',
];

const cmdlets = [
  'Get-VM',
  'Get-VMIntegrationService',
  'Enable-VMIntegrationService',
  'Disable-VMIntegrationService',
  'Register-CimIndicationEvent',
];

/** Classes, methods, cmdlets, and the Windows service. */
export const faultTargets: readonly string[] = [...cimClasses.map(([name]) => name), ...methods, ...cmdlets, 'vmms'];
