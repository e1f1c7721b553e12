// Commands without an editor and without a host: a real store, a scripted service and a scripted person.
import type { CommandContext } from '../../src/commands/commandContext';
import type { CheckpointId, CheckpointReading } from '../../src/domain/checkpoints/checkpoint';
import { planText } from '../../src/domain/connect/plan';
import type { GuestReading, HostClock } from '../../src/domain/time/facts';
import type { Thumbnail } from '../../src/domain/screen/thumbnail';
import type { VmId, VmRecord } from '../../src/domain/vm';
import { defaultGrouping } from '../../src/domain/vmGrouping';
import type { ChangeMethod } from '../../src/hyperv/api';
import type { CheckpointOutcome, CheckpointWatch } from '../../src/hyperv/checkpointClient';
import type { FileWatch } from '../../src/hyperv/fileClient';
import { ContactWatch } from '../../src/hyperv/contactWatch';
import { HostStore } from '../../src/hyperv/hostStore';
import type { GuestOfHost, TimeSync } from '../../src/hyperv/timeClient';
import { KeptFilter } from '../../src/views/keptFilter';
import { NodeRegistry } from '../../src/views/nodes';
import type { HypervNode } from '../../src/views/nodes';
import { FakeHosts } from './fakeHosts';
import { FakeSearch } from './fakeSearch';
import { FakeUi } from './fakeUi';
import { healthNowMs, makeHealth } from './health';
import { ManualClock } from './manualClock';
import { hostClock, read, windows } from './timeFacts';

interface Call {
  readonly hostId: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a scripted host does with a change: the VM afterwards, or an error thrown. */
type Behaviour = (call: Call, vm: VmRecord) => VmRecord;

export interface Rig {
  readonly store: HostStore;
  readonly nodes: NodeRegistry;
  readonly ui: FakeUi;
  /** The settings, the questions and the connections of hosts. */
  readonly hosts: FakeHosts;
  readonly search: FakeSearch;
  readonly calls: Call[];
  readonly redrawn: HypervNode[];
  readonly revealed: VmId[];
  readonly logged: string[];
  readonly context: CommandContext;
  /** What the host does from now on; by default it does nothing and says so. */
  behave: Behaviour;
  selection: readonly HypervNode[];
  /** VMs of groups by their keys. */
  groups: Readonly<Record<string, readonly VmId[]>>;
  /** Names of VMs whose pairs were opened. */
  readonly opened: string[];
  /** The checkpoints of every VM. */
  reading: CheckpointReading;
  readCheckpointsFails: Error | undefined;
  /** What was started to connect, as people read it. */
  readonly started: string[];
  /** The console of every VM. */
  thumbnail: Thumbnail | undefined;
  /** What becomes of a change of them. */
  behaveCheckpoints: (watch: CheckpointWatch) => Promise<CheckpointOutcome>;
  /** What becomes of the copy of a file; it arrives by default. */
  behaveFile: (call: Call, watch: FileWatch) => Promise<void>;
  /** What is chosen as files or folder; URIs. */
  chosen: readonly string[] | undefined;
  readonly memory: Map<string, unknown>;
  /** VMs whose checkpoints were read. */
  readonly taken: VmId[];
  readonly revealedCheckpoints: CheckpointId[];
  readonly clock: ManualClock;
  /** What hosts and guests say of their clocks. */
  readonly clocks: {
    host: () => Promise<HostClock>;
    guest: (vm: GuestOfHost) => Promise<GuestReading>;
    sync: () => Promise<TimeSync>;
  };
  /** For what passwords of guests might be asked. */
  readonly occasions: (object | undefined)[];
  /** The clock of the window, milliseconds since 1970. */
  readonly time: { nowMs: number };
}

export function makeRig(shown: Readonly<Record<string, readonly VmRecord[]>>): Rig {
  const store = new HostStore();
  const time = { nowMs: healthNowMs };
  const clock = new ManualClock();
  const contact = new ContactWatch(store, clock, () => time.nowMs);
  for (const [name, vms] of Object.entries(shown)) {
    store.addHost({ kind: 'local', id: name, name });
    store.setInventory(name, vms, 0);
  }
  const calls: Call[] = [];
  const redrawn: HypervNode[] = [];
  const revealed: VmId[] = [];
  const logged: string[] = [];
  const ui = new FakeUi();
  const hosts = new FakeHosts();
  const search = new FakeSearch();
  const note = (hostId: string, method: string, parameters: Call['parameters'] = {}): Call => {
    const call = { hostId, method, parameters };
    calls.push(call);
    return call;
  };
  const rig: Rig = {
    store,
    nodes: new NodeRegistry(),
    ui,
    hosts,
    search,
    calls,
    redrawn,
    revealed,
    logged,
    behave: (_, vm) => vm,
    behaveFile: () => Promise.resolve(),
    chosen: undefined,
    memory: new Map<string, unknown>(),
    selection: [],
    groups: {},
    clock,
    time,
    clocks: {
      host: () => Promise.resolve(hostClock()),
      guest: () => Promise.resolve(read(windows())),
      sync: () => Promise.resolve({ exitCode: 0, text: '' }),
    },
    reading: {
      checkpoints: [],
      currentId: null,
      nowFiles: null,
      vmState: 'running',
      setting: 'production',
      work: [],
      unreadable: 0,
    },
    readCheckpointsFails: undefined,
    thumbnail: undefined,
    started: [],
    occasions: [],
    behaveCheckpoints: () => Promise.resolve({ reading: rig.reading }),
    taken: [],
    revealedCheckpoints: [],
    opened: [],
    context: {
      openPairs: ({ vmName }) => {
        rig.opened.push(vmName);
        return Promise.resolve();
      },
      store,
      contact: () => Promise.resolve(contact),
      checkpoints: { took: (_, vmId) => rig.taken.push(vmId), invalidate: () => undefined },
      after: (ms, action) => clock.after(ms, action),
      ui,
      hosts,
      search,
      files: {
        choose: () => Promise.resolve(rig.chosen),
        pathOf: (uri) => (uri.startsWith('file://') ? decodeURIComponent(uri.slice('file://'.length)) : undefined),
      },
      memory: {
        get: (key) => rig.memory.get(key),
        update: (key, value) => {
          rig.memory.set(key, value);
          return Promise.resolve();
        },
      },
      filter: new KeptFilter({ get: () => undefined, update: () => Promise.resolve() }),
      grouping: {
        read: () => defaultGrouping,
        write: () => Promise.resolve(),
      },
      service: {
        change: async (hostId: string, method: ChangeMethod, parameters: { readonly id: VmId }): Promise<VmRecord> => {
          const call = note(hostId, method, { ...parameters });
          await Promise.resolve();
          const after = rig.behave(call, known(store, hostId, parameters.id));
          store.setVm(hostId, parameters.id, after);
          return after;
        },
        readVm: async (hostId, vmId) => {
          await Promise.resolve();
          return store.vm(hostId, vmId);
        },
        refresh: (hostId) => {
          note(hostId, 'refresh');
          return Promise.resolve();
        },
        retry: (hostId) => {
          note(hostId, 'retry');
          return Promise.resolve();
        },
        sessionReport: (hostIds) => Promise.resolve(`report on ${hostIds?.join(', ') ?? 'all hosts'}`),
      },
      details: {
        readCheckpoints: () =>
          rig.readCheckpointsFails === undefined
            ? Promise.resolve(rig.reading)
            : Promise.reject(rig.readCheckpointsFails),
        changeCheckpoints: async (hostId, vmId, change, watch) => {
          note(hostId, change.kind, { id: vmId, ...change });
          return rig.behaveCheckpoints(watch ?? {});
        },
        copyFile: async (hostId, vmId, file, watch) => {
          const call = note(hostId, 'copyFile', { id: vmId, ...file });
          await rig.behaveFile(call, watch ?? {});
        },
        readHealth: (hostId, vmId) => {
          note(hostId, 'readHealth', { id: vmId });
          return Promise.resolve(makeHealth());
        },
        readHostTime: (hostId) => {
          note(hostId, 'readHostTime');
          return rig.clocks.host();
        },
        readGuestTime: (hostId, vm, access) => {
          note(hostId, 'readGuestTime', { ...vm, ...access });
          if (access.kind === 'powershellDirect') rig.occasions.push(access.occasion);
          return rig.clocks.guest(vm);
        },
        syncGuestTime: (hostId, vm, access) => {
          note(hostId, 'syncGuestTime', { ...vm, ...access });
          return rig.clocks.sync();
        },
        readThumbnail: (hostId, vmId) => {
          note(hostId, 'readThumbnail', { id: vmId });
          return Promise.resolve(rig.thumbnail);
        },
      },
      log: {
        info: (message) => logged.push(message),
        error: (message) => logged.push(message),
      },
      selection: () => rig.selection,
      members: ({ hostId, key }) => (rig.groups[key] ?? []).map((vmId) => rig.nodes.vm(hostId, vmId)),
      redraw: (nodes) => redrawn.push(...nodes),
      reveal: (_, vmId) => revealed.push(vmId),
      revealCheckpoint: (_, __, checkpointId) => rig.revealedCheckpoints.push(checkpointId),
      openDemoLab: () => Promise.resolve(),
      resetLabHost: (hostId) => {
        note(hostId, 'lab.reset');
        return Promise.resolve();
      },
      shutdownDeadlineMs: () => 10_000,
      showsThumbnails: () => true,
      connections: {
        isHere: () => true,
        hasRemoteSsh: () => true,
        showRemoteSsh: () => {
          rig.started.push('the extension Remote - SSH');
          return Promise.resolve();
        },
        start: (plan) => {
          rig.started.push(planText(plan));
          return Promise.resolve();
        },
      },
    },
  };
  return rig;
}

function known(store: HostStore, hostId: string, vmId: VmId): VmRecord {
  const vm = store.vm(hostId, vmId);
  if (vm === undefined) throw new Error(`the store has no VM ${vmId}`);
  return vm;
}
