// What the report on a VM knows beyond its record: read on demand by healthReading.ts, judged by the verdicts beside this
// file. `null` always means that the host did not say, never "none".

/** What the host does with a VM besides running it: codes of `OperationalStatus` of Msvm_ComputerSystem, 32768 to 32774. */
export type HostWork =
  | 'creatingCheckpoint'
  | 'applyingCheckpoint'
  | 'deletingCheckpoint'
  | 'waitingToStart'
  | 'mergingDisks'
  | 'exporting'
  | 'migrating';

/** `VirtualSystemType` of a checkpoint's settings: `…:Snapshot:Realized`, `…:Snapshot:Recovery` (made for a backup), others. */
export type CheckpointKind = 'person' | 'backup' | 'other';

export interface CheckpointFact {
  /** Display only. */
  readonly name: string;
  readonly kind: CheckpointKind;
  /** The host's clock, milliseconds since 1970. */
  readonly createdAtMs: number | null;
  /** Made by the host when the VM started (`IsAutomaticSnapshot`); null on hosts before Windows 10 1709. */
  readonly automatic: boolean | null;
}

export interface DiskFact {
  /** A file of the host, or for a physical disk the path of its object. */
  readonly path: string;
  /** `physical`: passed through to the guest. */
  readonly kind: 'file' | 'physical';
  /** Other VMs may use it too: persistent reservations are on, or the file is a VHD set. */
  readonly shared: boolean;
  /** The file lies on another computer, `\\server\share\…`. */
  readonly remote: boolean;
}

/** Role of the VM: `ReplicationMode` of Msvm_ComputerSystem, 0 to 4. */
export type ReplicationMode = 'none' | 'primary' | 'replica' | 'testReplica' | 'extendedReplica';

export type ReplicationHealth = 'notApplicable' | 'ok' | 'warning' | 'critical';

export interface ReplicationFact {
  readonly mode: ReplicationMode | null;
  /** Of the first relationship: `ReplicationState` as the host sent it, 0 to 21. */
  readonly stateCode: number | null;
  readonly health: ReplicationHealth | null;
  /** The host's clock; null also when it never did. */
  readonly lastAtMs: number | null;
}

export interface VmHealth {
  /** The host's clock when it answered, which all dates here are compared with. */
  readonly nowMs: number | null;
  readonly stateSinceMs: number | null;
  readonly work: readonly HostWork[];
  /** `ApplicationHealth`: OK, Application Critical, Disabled (the guest reports none: normal). */
  readonly applications: 'ok' | 'critical' | 'notReported' | null;
  /** `IntegrationServicesVersionState`. */
  readonly integrationVersion: 'current' | 'mismatch' | null;
  readonly automaticCheckpoints: boolean | null;
  readonly checkpoints: readonly CheckpointFact[] | null;
  readonly disks: readonly DiskFact[] | null;
  readonly replication: ReplicationFact;
  /** Last backup which the host knows to have worked; null also when it knows of none. */
  readonly lastBackupAtMs: number | null;
}
