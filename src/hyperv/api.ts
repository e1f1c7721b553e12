// The one table of methods: what can be asked of a Hyper-V host. The dispatcher's allow-list is made from it, and a
// test compares every entry with the PowerShell function of src/hyperv/host it names.
import type { MethodSpec, MethodTable } from '../powershell/methods';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import type { VmId, VmRecord } from '../domain/vm';

/** A read of the whole host. The demo lab's 2,000 VMs take a tenth of it; no time of a real host that large is known. */
const readTimeoutMs = 30_000;
/** A change that is no job of the host, such as the Hyper-V module's own; jobs have deadlines of their own. */
const changeTimeoutMs = 120_000;
/** The longest wait for a change, 25 s, and what a read may take: the first call also asks the host to tell. */
const watchTimeoutMs = 25_000 + readTimeoutMs;

/** Into a guest: PowerShell Direct takes seconds, and a minute in one that is busy. */
const guestTimeoutMs = 120_000;

/** WMI limits how many conditions a filter may have; the functions refuse more. */
export const idsPerRead = 50;

const vm = { id: { type: 'guid' } } as const;
const checkpoint = { ...vm, checkpointId: { type: 'guid' } } as const;

/** A password for the guest travels sealed (see guestSecret.ts). */
const guestAccess = {
  ...vm,
  keyId: { type: 'guid' },
  user: { type: 'string' },
  sealed: { type: 'stringList' },
} as const;

function change(name: string, parameters: MethodSpec['parameters'] = vm): MethodSpec {
  return { function: name, class: 'change', timeoutMs: changeTimeoutMs, parameters, orderedBy: 'id' };
}

export const methods = {
  /**
   * All VMs, streamed as rows (see inventoryRows.ts). With `since`, for HostClient only, what changed after the answer
   * which had that token, '' for none (see inventoryReader.ts).
   */
  inventory: {
    function: 'Get-HvInventory',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { since: { type: 'string', optional: true } },
  },
  /** What is known of the host itself, for when it cannot be read (see domain/readiness.ts). */
  'host.probe': { function: 'Get-HvReadiness', class: 'read', timeoutMs: readTimeoutMs, parameters: {} },
  /** The time of the host, for the connection test: small enough to time the way there and back. */
  'host.clock': { function: 'Get-HvClock', class: 'read', timeoutMs: readTimeoutMs, parameters: {} },
  /** One VM, with the same rows. */
  'vm.read': { function: 'Get-HvVm', class: 'read', timeoutMs: readTimeoutMs, parameters: vm },
  /** For HostClient only: up to 50 VMs (`idsPerRead`), with the same rows and no more queries. Who is gone has none. */
  'vm.readMany': {
    function: 'Get-HvVmList',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { ids: { type: 'stringList' } },
  },
  /**
   * Answers when VMs changed, came or went, after `waitMs` at the latest (see hostChanges.ts). What happens between two
   * calls is kept for the second. With `anew` the host is asked once more to tell, and what it told before is dropped.
   */
  'host.watch': {
    function: 'Wait-HvChange',
    class: 'watch',
    timeoutMs: watchTimeoutMs,
    parameters: { waitMs: { type: 'integer' }, anew: { type: 'boolean', optional: true } },
  },
  /**
   * For HostClient only, which waits with it: what became of a change whose answer named a job of the host. Answers like
   * the change did, with the job while that goes on and with the VM once it has ended.
   */
  'job.read': {
    function: 'Read-HvChange',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { ...vm, jobId: { type: 'guid' } },
  },
  /** Also lets a paused VM run on. */
  'vm.start': change('Start-HvVm'),
  'vm.save': change('Save-HvVm'),
  'vm.pause': change('Suspend-HvVm'),
  /** Of a paused VM only: never starts one. */
  'vm.resume': change('Resume-HvVm'),
  /** Cuts the power; refused for a saved VM, whose memory it would throw away. Asked for by a person, never by us. */
  'vm.turnOff': change('Stop-HvVm'),
  /** Cuts the power and starts again. Asked for by a person, never by us. */
  'vm.reset': change('Reset-HvVm'),
  /** Asks the guest to shut down; the answer is the guest's acceptance, not its end. */
  'vm.shutDown': change('Request-HvVmShutdown', { ...vm, force: { type: 'boolean', optional: true } }),
  /** Asks the guest to restart; the answer is the guest's acceptance. */
  'vm.restartGuest': change('Request-HvVmRestart', { ...vm, force: { type: 'boolean', optional: true } }),
  /** Enables or disables one integration service on the host. */
  'service.set': change('Set-HvIntegrationService', {
    ...vm,
    service: { type: 'string' },
    enabled: { type: 'boolean' },
  }),
  /** The pools of data exchange of one VM, streamed as the host's own items (see kvpReading.ts). */
  'kvp.read': { function: 'Get-HvKvp', class: 'read', timeoutMs: readTimeoutMs, parameters: vm },
  /** The checkpoints of one VM, streamed as rows (see checkpointReading.ts); with `sizes` the files they keep as well. */
  'checkpoint.read': {
    function: 'Get-HvCheckpoint',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { ...vm, sizes: { type: 'boolean', optional: true } },
  },
  /** For CheckpointClient only, as are the others: one step each. Makes one of the type which the VM is set to make. */
  'checkpoint.create': change('New-HvCheckpoint'),
  'checkpoint.setType': change('Set-HvCheckpointType', { ...vm, type: { type: 'string' } }),
  'checkpoint.rename': change('Rename-HvCheckpoint', { ...checkpoint, name: { type: 'string' } }),
  /** Of a VM that is off or saved. */
  'checkpoint.apply': change('Restore-HvCheckpoint', checkpoint),
  'checkpoint.delete': change('Remove-HvCheckpoint', { ...checkpoint, subtree: { type: 'boolean' } }),
  /** For FileClient only: one file of the host to a whole path in the guest; answers with the job while that goes on. */
  'file.copy': {
    function: 'Copy-HvFile',
    class: 'change',
    timeoutMs: changeTimeoutMs,
    parameters: {
      ...vm,
      source: { type: 'string' },
      destination: { type: 'string' },
      overwrite: { type: 'boolean' },
    },
  },
  /** For FileClient only: what became of that job. */
  'file.read': {
    function: 'Read-HvFileCopy',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { jobId: { type: 'guid' } },
  },
  /** For HostJobs only: asks the host to end its job, which not every job allows. */
  'job.cancel': {
    function: 'Stop-HvJob',
    class: 'change',
    timeoutMs: changeTimeoutMs,
    parameters: { jobId: { type: 'guid' } },
  },
  /** Checkpoints, disks and replication of one VM, for a report: more than the inventory reads (see healthReading.ts). */
  'vm.health': { function: 'Get-HvVmHealth', class: 'read', timeoutMs: readTimeoutMs, parameters: vm },
  /**
   * For TimeClient only, as are those below: whom the host's clock follows. All of them run apart from reads and changes,
   * as programs of Windows and guests may keep them waiting.
   */
  'time.host': { function: 'Get-HvHostTime', class: 'long', timeoutMs: readTimeoutMs, parameters: {} },
  /** A key for one password: what `sealed` is made with. */
  'guest.key': { function: 'New-HvGuestKey', class: 'long', timeoutMs: readTimeoutMs, parameters: {} },
  /** Inside a Windows guest, by PowerShell Direct. */
  'time.guest': { function: 'Get-HvGuestTime', class: 'long', timeoutMs: guestTimeoutMs, parameters: guestAccess },
  /** Lets its time service set the clock. */
  'time.sync': { function: 'Sync-HvGuestTime', class: 'long', timeoutMs: guestTimeoutMs, parameters: guestAccess },
  /**
   * The picture of one VM's console that fits into a box, for those who point at it; none unless the VM runs (see
   * thumbnailReading.ts).
   */
  'vm.thumbnail': {
    function: 'Get-HvThumbnail',
    class: 'read',
    timeoutMs: readTimeoutMs,
    parameters: { ...vm, width: { type: 'integer' }, height: { type: 'integer' } },
    isPrivate: true,
  },
  /** For KvpClient only: one call with up to 128 pairs, keys and values side by side. `kvp.apply` is made of them. */
  'kvp.write': change('Set-HvKvp', {
    ...vm,
    pool: { type: 'string' },
    call: { type: 'string' },
    keys: { type: 'stringList' },
    values: { type: 'stringList' },
  }),
} as const satisfies MethodTable;

export type MethodName = keyof typeof methods;

/**
 * How long the host's job of a change is waited for; then nobody knows its outcome, and the next change to the VM may
 * begin. Saving writes the memory of the VM to disk, and so does a standard checkpoint: 256 GB at 150 MB/s take half an
 * hour.
 */
export function jobDeadlineMs(method: string): number {
  return method === 'vm.save' || method.startsWith('checkpoint.') ? 1_800_000 : 100_000;
}

/** How much an inventory cost: `hv` prints it, tests and benchmarks check it. A repeated one costs what has changed. */
export interface InventoryStats {
  /** CIM queries the host ran for it: constant, whatever the number of VMs. */
  readonly cimQueries: number;
  /** Frames and bytes received for it. */
  readonly frames: number;
  readonly bytes: number;
  /** From the request to the last record, on Node's clock. */
  readonly ms: number;
}

export interface Inventory {
  readonly vms: readonly VmRecord[];
  readonly stats: InventoryStats;
}

/** What a host said by itself since it was last asked. */
export interface HostChanges {
  /** VMs whose state or name is another one now. */
  readonly changed: readonly VmId[];
  /** VMs came or went. */
  readonly listChanged: boolean;
}

/** After every change, and for `vm.read`: what the host says of the VM. */
export interface ChangeResult {
  readonly vm: VmRecord;
}

export interface MethodParameters {
  inventory: Record<string, never>;
  'vm.read': { id: VmId };
  'vm.start': { id: VmId };
  'vm.save': { id: VmId };
  'vm.pause': { id: VmId };
  'vm.resume': { id: VmId };
  'vm.turnOff': { id: VmId };
  'vm.reset': { id: VmId };
  'vm.shutDown': { id: VmId; force?: boolean };
  'vm.restartGuest': { id: VmId; force?: boolean };
  'service.set': { id: VmId; service: IntegrationServiceKey; enabled: boolean };
}

/** Methods that alter a VM and answer with it. */
export type ChangeMethod = Exclude<
  MethodName,
  | 'inventory'
  | 'vm.read'
  | 'vm.readMany'
  | 'vm.health'
  | 'vm.thumbnail'
  | `job.${string}`
  | `host.${string}`
  | `time.${string}`
  | `guest.${string}`
  | `kvp.${string}`
  | `checkpoint.${string}`
  | `file.${string}`
>;
