// What every command is given; made by extension.ts and, what only commands need, by handlers.ts.
import type { CheckpointId } from '../domain/checkpoints/checkpoint';
import type { Memory } from '../domain/memory';
import type { VmId } from '../domain/vm';
import type { GroupBy, Grouping } from '../domain/vmGrouping';
import type { CheckpointCache } from '../hyperv/checkpointCache';
import type { ContactWatch } from '../hyperv/contactWatch';
import type { HostId } from '../hyperv/hosts';
import type { HostService } from '../hyperv/hostService';
import type { HostStore } from '../hyperv/hostStore';
import type { VmDetails } from '../hyperv/vmDetails';
import type { PageTarget } from '../kvpEditor/messages';
import type { KeptFilter } from '../views/keptFilter';
import type { GroupNode, HypervNode, VmNode } from '../views/nodes';
import type { FilePorts } from './files/ports';
import type { ConnectPorts } from './connect/ports';
import type { HostPorts } from './hosts/ports';
import type { SearchUi } from './searchUi';
import type { After } from './throttle';
import type { CommandUi } from './ui';

export interface CommandLog {
  info(message: string): void;
  error(message: string, error?: unknown): void;
}

export interface CommandContext {
  readonly store: HostStore;
  readonly service: Pick<HostService, 'change' | 'readVm' | 'refresh' | 'retry' | 'sessionReport'>;
  readonly details: Pick<
    VmDetails,
    | 'changeCheckpoints'
    | 'copyFile'
    | 'readCheckpoints'
    | 'readHealth'
    | 'readThumbnail'
    | 'readHostTime'
    | 'readGuestTime'
    | 'syncGuestTime'
  >;
  /** What was seen of heartbeats, and who lost contact. */
  readonly contact: () => Promise<Pick<ContactWatch, 'history' | 'lost' | 'now'>>;
  /** The checkpoints at which somebody has looked. */
  readonly checkpoints: Pick<CheckpointCache, 'invalidate' | 'took'>;
  readonly after: After;
  readonly ui: CommandUi;
  readonly log: CommandLog;
  /** For the commands about hosts of the settings. */
  readonly hosts: HostPorts;
  /** For the command that copies files. */
  readonly files: FilePorts;
  /** Kept for all windows. */
  readonly memory: Memory;
  /** Rows selected in the tree. */
  readonly selection: () => readonly HypervNode[];
  /** The VMs of a group, as the tree shows it. */
  readonly members: (group: GroupNode) => readonly VmNode[];
  /** Draws rows anew from the store. */
  readonly redraw: (nodes: readonly HypervNode[]) => void;
  /**
   * Brings a VM's row into sight: what a person picked by name shows its result there.
   * @param focus when the row itself is what they look for
   */
  readonly reveal: (hostId: HostId, vmId: VmId, focus?: boolean) => void;
  /** Brings a checkpoint's row into sight, also below rows that are closed. */
  readonly revealCheckpoint: (hostId: HostId, vmId: VmId, checkpointId: CheckpointId) => void;
  /** Which VMs the tree shows. */
  readonly filter: Pick<KeptFilter, 'current' | 'set'>;
  /** How the VMs of large hosts are grouped; `write` rejects when the settings cannot be written. */
  readonly grouping: { readonly read: () => Grouping; readonly write: (by: GroupBy) => Promise<void> };
  /** For the commands that lead into a VM. */
  readonly connections: ConnectPorts;
  /** For the commands that search. */
  readonly search: SearchUi;
  /** Opens the editor of a VM's pairs, or brings it to the front. */
  readonly openPairs: (target: PageTarget, vmId: VmId) => Promise<void>;
  readonly openDemoLab: () => Promise<void>;
  /** Puts a simulated host back to its description; does nothing for one that nobody has looked at. */
  readonly resetLabHost: (hostId: HostId) => Promise<void>;
  /** How long *Shut Down* waits before it asks, as set by the person. */
  readonly shutdownDeadlineMs: () => number;
  /** Whether the person wants to see consoles. */
  readonly showsThumbnails: () => boolean;
}
