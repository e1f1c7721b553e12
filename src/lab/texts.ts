// What a host says in its own language: names of services, status texts, errors. Display only, never matched by our code.
import { integrationServices } from '../domain/integrationServices';
import type { IntegrationServiceKey } from '../domain/integrationServices';

/** Languages a lab host can speak. German stands for every host that is not English: names and texts differ. */
export type LabLocale = 'en-US' | 'de-DE';

const serviceNames: Readonly<Record<LabLocale, Readonly<Record<IntegrationServiceKey, string>>>> = {
  'en-US': {
    shutdown: 'Shutdown',
    timeSynchronization: 'Time Synchronization',
    keyValuePairExchange: 'Key-Value Pair Exchange',
    heartbeat: 'Heartbeat',
    vss: 'VSS',
    guestServiceInterface: 'Guest Service Interface',
  },
  // "Takt" and "Gastdienstschnittstelle" are what real German hosts say; the others are translated in their manner.
  'de-DE': {
    shutdown: 'Herunterfahren',
    timeSynchronization: 'Zeitsynchronisierung',
    keyValuePairExchange: 'Austausch von Schlüsselwertepaaren',
    heartbeat: 'Takt',
    vss: 'VSS',
    guestServiceInterface: 'Gastdienstschnittstelle',
  },
};

/** `status<number>` is the text of that operational status. `{0}` and `{1}` are filled in by the lab. */
const texts: Readonly<Record<string, Readonly<Record<LabLocale, string>>>> = {
  status2: { 'en-US': 'OK', 'de-DE': 'OK' },
  status3: { 'en-US': 'Degraded', 'de-DE': 'Beeinträchtigt' },
  status6: { 'en-US': 'Error', 'de-DE': 'Fehler' },
  status7: { 'en-US': 'Non-Recoverable Error', 'de-DE': 'Nicht behebbarer Fehler' },
  status12: { 'en-US': 'No Contact', 'de-DE': 'Kein Kontakt' },
  status13: { 'en-US': 'Lost Communication', 'de-DE': 'Kommunikation unterbrochen' },
  status15: { 'en-US': 'Paused', 'de-DE': 'Angehalten' },
  status32775: {
    'en-US':
      'The protocol version of the component installed in the virtual machine does not match the version expected by the hosting system.',
    'de-DE':
      'Die Protokollversion der auf dem virtuellen Computer installierten Komponente stimmt nicht mit der vom Hostsystem erwarteten Version überein.',
  },
  status32782: { 'en-US': 'Critical application', 'de-DE': 'Kritische Anwendung' },
  operatingNormally: { 'en-US': 'Operating normally', 'de-DE': 'Normaler Betrieb' },
  virtualMachine: { 'en-US': 'Virtual Machine', 'de-DE': 'Virtueller Computer' },
  virtualMachineDescription: { 'en-US': 'Microsoft Virtual Machine', 'de-DE': 'Virtueller Microsoft-Computer' },
  hostingComputer: { 'en-US': 'Hosting Computer System', 'de-DE': 'Hostcomputersystem' },
  settings: { 'en-US': 'Virtual Machine Settings', 'de-DE': 'Einstellungen für den virtuellen Computer' },
  managementService: {
    'en-US': 'Hyper-V Virtual Machine Management',
    'de-DE': 'Hyper-V-Verwaltung virtueller Computer',
  },
  jobStart: { 'en-US': 'Starting Virtual Machine', 'de-DE': 'Virtueller Computer wird gestartet' },
  jobRestore: { 'en-US': 'Restoring Virtual Machine', 'de-DE': 'Virtueller Computer wird wiederhergestellt' },
  jobResume: { 'en-US': 'Resuming Virtual Machine', 'de-DE': 'Virtueller Computer wird fortgesetzt' },
  jobPause: { 'en-US': 'Pausing Virtual Machine', 'de-DE': 'Virtueller Computer wird angehalten' },
  jobTurnOff: { 'en-US': 'Turning Off Virtual Machine', 'de-DE': 'Virtueller Computer wird ausgeschaltet' },
  jobSave: { 'en-US': 'Saving Virtual Machine', 'de-DE': 'Virtueller Computer wird gespeichert' },
  jobReset: { 'en-US': 'Resetting Virtual Machine', 'de-DE': 'Virtueller Computer wird zurückgesetzt' },
  jobPairs: { 'en-US': 'Modifying Key-Value Pair Items', 'de-DE': 'Schlüsselwertepaare werden geändert' },
  pairFailed: {
    'en-US':
      "Failed while setting the Data Exchange integration service item '{0}' in the registry of the guest operating system: {1}",
    'de-DE':
      'Fehler beim Festlegen des Elements "{0}" des Integrationsdiensts für den Datenaustausch in der Registrierung des Gastbetriebssystems: {1}',
  },
  deviceNotReady: {
    'en-US': 'The device is not ready for use. (0x800710DF).',
    'de-DE': 'Das Gerät ist nicht einsatzbereit. (0x800710DF).',
  },
  parameterIncorrect: {
    'en-US': 'The parameter is incorrect. (0x80070057).',
    'de-DE': 'Falscher Parameter. (0x80070057).',
  },
  elementNotFound: { 'en-US': 'Element not found. (0x80070490).', 'de-DE': 'Element nicht gefunden. (0x80070490).' },
  jobCreateCheckpoint: { 'en-US': 'Creating Checkpoint', 'de-DE': 'Prüfpunkt wird erstellt' },
  jobApplyCheckpoint: { 'en-US': 'Applying Checkpoint', 'de-DE': 'Prüfpunkt wird angewendet' },
  jobDeleteCheckpoint: { 'en-US': 'Deleting Checkpoint', 'de-DE': 'Prüfpunkt wird gelöscht' },
  jobCancelled: { 'en-US': 'The operation was canceled.', 'de-DE': 'Der Vorgang wurde abgebrochen.' },
  jobCopyFile: { 'en-US': 'Copying Files to Guest', 'de-DE': 'Dateien werden in den Gast kopiert' },
  guestFileService: { 'en-US': 'Guest File Copy Service', 'de-DE': 'Gastdienst zum Kopieren von Dateien' },
  copyFailed: {
    'en-US': "'{0}' failed to initiate copying files to the guest: {1}",
    'de-DE': 'Fehler bei "{0}" beim Initiieren des Kopierens von Dateien zum Gast: {1}',
  },
  fileExists: { 'en-US': 'The file exists. (0x80070050)', 'de-DE': 'Die Datei ist vorhanden. (0x80070050)' },
  diskFull: {
    'en-US': 'There is not enough space on the disk. (0x80070070)',
    'de-DE': 'Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung. (0x80070070)',
  },
  unspecifiedError: { 'en-US': 'Unspecified error (0x80004005)', 'de-DE': 'Unbekannter Fehler (0x80004005)' },
  sourceNotFound: {
    'en-US': 'The system cannot find the file specified. (0x80070002)',
    'de-DE': 'Das System kann die angegebene Datei nicht finden. (0x80070002)',
  },
  notConnected: {
    'en-US': 'The device is not connected. (0x8007048F)',
    'de-DE': 'Das Gerät ist nicht angeschlossen. (0x8007048F)',
  },
  snapshotService: {
    'en-US': 'Hyper-V Virtual System Snapshot Service',
    'de-DE': 'Hyper-V-Prüfpunktdienst für virtuelle Systeme',
  },
  checkpointsDisabled: {
    'en-US': "Checkpoints have been disabled for '{0}'. (Virtual machine ID {1})",
    'de-DE': 'Prüfpunkte wurden für "{0}" deaktiviert. (ID des virtuellen Computers: {1})',
  },
  productionFailed: {
    'en-US': "Production checkpoints cannot be created for '{0}'. (Virtual machine ID {1})",
    'de-DE': 'Für "{0}" können keine Produktionsprüfpunkte erstellt werden. (ID des virtuellen Computers: {1})',
  },
  checkpointInUse: {
    'en-US':
      "Failed to delete the checkpoint '{0}': The process cannot access the file because it is being used by another process. (0x80070020).",
    'de-DE':
      'Fehler beim Löschen des Prüfpunkts "{0}": Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird. (0x80070020).',
  },
  checkpointUnknown: {
    'en-US': 'Hyper-V was unable to find a checkpoint with id "{0}".',
    'de-DE': 'Hyper-V konnte keinen Prüfpunkt mit der ID "{0}" finden.',
  },
  jobFailed: {
    'en-US': "'{0}' failed to change state. (Virtual machine ID {1})",
    'de-DE': 'Fehler bei der Zustandsänderung von "{0}". (ID des virtuellen Computers: {1})',
  },
  startNoMemory: {
    'en-US':
      "'{0}' failed to start. Unable to allocate {1} MB of RAM: Insufficient system resources exist to complete the requested service. (0x800705AA).",
    'de-DE':
      '"{0}" konnte nicht gestartet werden. {1} MB RAM konnten nicht zugeordnet werden: Nicht genügend Systemressourcen, um den angeforderten Dienst auszuführen. (0x800705AA).',
  },
  invalidState: {
    'en-US': "The operation cannot be performed while the virtual machine '{0}' is in its current state.",
    'de-DE': 'Der Vorgang kann im aktuellen Zustand des virtuellen Computers "{0}" nicht ausgeführt werden.',
  },
  noPermission: {
    'en-US':
      "You do not have the required permission to complete this task. Contact the administrator of the authorization policy for the computer '{0}'.",
    'de-DE':
      'Sie verfügen nicht über die erforderliche Berechtigung, um diesen Vorgang auszuführen. Wenden Sie sich an den Administrator der Autorisierungsrichtlinie für den Computer "{0}".',
  },
  objectNotFound: {
    'en-US':
      "Hyper-V encountered an error trying to access an object on computer '{0}' because the object was not found. The object might have been deleted, or you might not have permission to perform the task. Verify that the Virtual Machine Management service on the computer is running. If the service is running, try to perform the task again by using Run as Administrator.",
    'de-DE':
      'Hyper-V konnte auf ein Objekt auf dem Computer "{0}" nicht zugreifen, weil das Objekt nicht gefunden wurde. Überprüfen Sie, ob der Dienst "Hyper-V-Verwaltung virtueller Computer" auf dem Computer ausgeführt wird.',
  },
  operationFailed: { 'en-US': 'The operation failed.', 'de-DE': 'Der Vorgang ist fehlgeschlagen.' },
  vmNameUnknown: {
    'en-US': 'Hyper-V was unable to find a virtual machine with name "{0}".',
    'de-DE': 'Hyper-V konnte keinen virtuellen Computer mit dem Namen "{0}" finden.',
  },
  vmIdUnknown: {
    'en-US': 'Hyper-V was unable to find a virtual machine with id "{0}".',
    'de-DE': 'Hyper-V konnte keinen virtuellen Computer mit der ID "{0}" finden.',
  },
  serviceNameUnknown: {
    'en-US': 'A parameter is invalid. No integration component with the given name was found.',
    'de-DE': 'Ein Parameter ist ungültig. Es wurde keine Integrationskomponente mit dem angegebenen Namen gefunden.',
  },
  invalidQuery: { 'en-US': 'Invalid query', 'de-DE': 'Ungültige Abfrage' },
  invalidClass: { 'en-US': 'Invalid class', 'de-DE': 'Ungültige Klasse' },
  invalidNamespace: { 'en-US': 'Invalid namespace', 'de-DE': 'Ungültiger Namespace' },
  invalidParameter: { 'en-US': 'Invalid parameter', 'de-DE': 'Ungültiger Parameter' },
  typeMismatch: { 'en-US': 'Type mismatch', 'de-DE': 'Typenkonflikt' },
  invalidMethod: { 'en-US': 'Invalid method', 'de-DE': 'Ungültige Methode' },
  notFound: { 'en-US': 'Not found', 'de-DE': 'Nicht gefunden' },
  providerLoad: { 'en-US': 'Provider load failure', 'de-DE': 'Fehler beim Laden des Anbieters' },
  genericFailure: { 'en-US': 'Generic failure', 'de-DE': 'Allgemeiner Fehler' },
};

/** The host's texts as pairs, the form in which the prelude's data carries them. */
export function hostTexts(locale: LabLocale): [key: string, text: string][] {
  return Object.entries(texts).map(([key, text]) => [key, text[locale]]);
}

/** The six services in our order: key, component id, component class, and the host's name for it. */
export function hostServices(locale: LabLocale): [key: string, componentId: string, className: string, name: string][] {
  return integrationServices.map(({ key, componentId, componentClass }) => [
    key,
    componentId,
    componentClass,
    serviceNames[locale][key],
  ]);
}
