// What a fault of the lab can name: everything a caller can ask of the simulated host.
import { cimClasses } from './cimClasses';

const methods = [
  'RequestStateChange',
  'InitiateShutdown',
  'InitiateReboot',
  'AddKvpItems',
  'ModifyKvpItems',
  'RemoveKvpItems',
  'CreateSnapshot',
  'ApplySnapshot',
  'DestroySnapshot',
  'DestroySnapshotTree',
  'GetVirtualSystemThumbnailImage',
  'CopyFilesToGuest',
];

const cmdlets = [
  'Get-VM',
  'Get-VMIntegrationService',
  'Enable-VMIntegrationService',
  'Disable-VMIntegrationService',
  'Get-VMSnapshot',
  'Rename-VMSnapshot',
  'Set-VM',
  'Register-CimIndicationEvent',
];

/** Classes, methods, cmdlets, the Windows service, and the commands inside guests. */
export const faultTargets: readonly string[] = [
  ...cimClasses.map(([name]) => name),
  ...methods,
  ...cmdlets,
  'vmms',
  'Guest',
];
