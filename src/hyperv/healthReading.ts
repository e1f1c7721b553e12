// The rows of health.ps1, checked once: unknown tags, wrong types and strange numbers never throw, and become "not known".
import type {
  CheckpointFact,
  CheckpointKind,
  DiskFact,
  ReplicationFact,
  ReplicationHealth,
  ReplicationMode,
  VmHealth,
} from '../domain/health/facts';
import { workOfCodes } from './hostWork';

const modeByCode: readonly ReplicationMode[] = ['none', 'primary', 'replica', 'testReplica', 'extendedReplica'];
const healthByCode: readonly ReplicationHealth[] = ['notApplicable', 'ok', 'warning', 'critical'];

/** A row `['problem', class, message]` says that the host could not show what these classes hold. */
const classesOf = {
  checkpoints: ['Msvm_VirtualSystemSettingData'],
  disks: ['Msvm_StorageAllocationSettingData', 'Msvm_ResourceAllocationSettingData'],
} as const;

/** @param answer what Get-HvVmHealth returned */
export function healthReading(answer: unknown): VmHealth {
  const { rows, nowMs } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const all = list(rows).map(list);
  const of = (tag: string): readonly (readonly unknown[])[] => all.filter((row) => row[0] === tag);
  const lacking = of('problem').map(([, className]) => className);
  const isKnown = (classes: readonly string[]): boolean => !classes.some((name) => lacking.includes(name));
  const [system = []] = of('system');
  const [settings = []] = of('settings');
  const [summary = []] = of('summary');
  return {
    nowMs: number(nowMs),
    stateSinceMs: number(system[2]),
    work: workOfCodes(system[1]),
    applications: applications(summary[1]),
    integrationVersion: summary[2] === 1 ? 'current' : summary[2] === 2 ? 'mismatch' : null,
    automaticCheckpoints: typeof settings[1] === 'boolean' ? settings[1] : null,
    checkpoints: isKnown(classesOf.checkpoints) ? of('checkpoint').map(checkpoint) : null,
    disks: isKnown(classesOf.disks) ? of('disk').map(disk) : null,
    replication: replication(system[3], of('replication')[0]),
    lastBackupAtMs: number(system[4]),
  };
}

function applications(code: unknown): VmHealth['applications'] {
  if (code === 2) return 'ok';
  if (code === 32782) return 'critical';
  return code === 32896 ? 'notReported' : null;
}

function checkpoint([, name, type, createdAtMs, automatic]: readonly unknown[]): CheckpointFact {
  return {
    name: text(name),
    kind: checkpointKind(text(type)),
    createdAtMs: number(createdAtMs),
    automatic: typeof automatic === 'boolean' ? automatic : null,
  };
}

function checkpointKind(type: string): CheckpointKind {
  if (type === 'Microsoft:Hyper-V:Snapshot:Realized') return 'person';
  return type === 'Microsoft:Hyper-V:Snapshot:Recovery' ? 'backup' : 'other';
}

function disk([, resource, kind, shared]: readonly unknown[]): DiskFact {
  const path = text(list(resource)[0]);
  const isFile = kind !== 'physical';
  return {
    path,
    kind: isFile ? 'file' : 'physical',
    // A VHD set (.vhds) is made to be shared.
    shared: isFile && (shared === true || /\.vhds$/i.test(path)),
    // What Windows itself puts before a local path, `\\?\` and `\\.\`, is no server.
    remote: isFile && /^\\\\(?:[^?.\\]|\?\\UNC\\)/i.test(path),
  };
}

function replication(mode: unknown, row: readonly unknown[] | undefined): ReplicationFact {
  return {
    mode: modeByCode[number(mode) ?? -1] ?? null,
    stateCode: number(row?.[1]),
    health: healthByCode[number(row?.[2]) ?? -1] ?? null,
    lastAtMs: number(row?.[3]),
  };
}

/** One value stands for a list of one: some PowerShell versions unroll arrays. */
function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return value === null || value === undefined ? [] : [value];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
