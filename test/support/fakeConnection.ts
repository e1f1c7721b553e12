// A host service over hosts that answer as a test says.
import { Emitter } from '../../src/domain/emitter';
import { HyperVError } from '../../src/domain/errors';
import type { ProbeFacts } from '../../src/domain/readiness';
import type { VmId, VmRecord } from '../../src/domain/vm';
import type { ChangeMethod, Inventory } from '../../src/hyperv/api';
import type { HostConnection } from '../../src/hyperv/hostConnection';
import type { RemoteHostDefinition } from '../../src/hyperv/hostOrder';
import { HostService } from '../../src/hyperv/hostService';
import { HostStore } from '../../src/hyperv/hostStore';
import type { SupervisorDiagnostics } from '../../src/powershell/diagnostics';
import { ManualClock } from './manualClock';
import { makeVm, vmId } from './vms';

/** A host whose answers a test sets. */
export class FakeConnection implements HostConnection {
  readonly asked: string[] = [];
  vms = new Map<VmId, VmRecord>([[vmId(1), makeVm()]]);
  stopped = 0;
  retried = 0;
  revived = 0;
  readonly losses = new Emitter<undefined>();
  readonly onDidLose = this.losses.event;
  /** Replaces the next answers of one kind. */
  onInventory: (() => Promise<readonly VmRecord[]>) | undefined;
  onRead: (() => Promise<VmRecord>) | undefined;
  onChange: ((method: ChangeMethod, onSeen?: (vm: VmRecord) => void) => Promise<VmRecord>) | undefined;
  onProbe: (() => Promise<ProbeFacts>) | undefined;
  onDiagnostics: (() => Promise<SupervisorDiagnostics>) | undefined;
  probes = 0;
  lastSignal: AbortSignal | undefined;

  async inventory(signal?: AbortSignal): Promise<Inventory> {
    this.asked.push('inventory');
    this.lastSignal = signal;
    const vms = await (this.onInventory?.() ?? Promise.resolve([...this.vms.values()]));
    return { vms, stats: { cimQueries: 15, frames: 1, bytes: 1, ms: 1 } };
  }

  async readVm(id: VmId): Promise<VmRecord> {
    this.asked.push('read');
    if (this.onRead) return this.onRead();
    const vm = this.vms.get(id);
    if (vm === undefined) throw new HyperVError('vmNotFound', 'gone');
    return Promise.resolve(vm);
  }

  readVms(ids: readonly VmId[]): Promise<readonly VmRecord[]> {
    this.asked.push('readVms');
    return Promise.resolve(ids.flatMap((id) => this.vms.get(id) ?? []));
  }

  watch(): Promise<never> {
    return Promise.reject(new HyperVError('notSupported', 'This host tells nothing by itself.'));
  }

  change(
    method: ChangeMethod,
    _parameters: unknown,
    _signal?: AbortSignal,
    onSeen?: (vm: VmRecord) => void,
  ): Promise<VmRecord> {
    this.asked.push(method);
    return this.onChange?.(method, onSeen) ?? Promise.resolve(makeVm({ state: 'off' }));
  }

  probe(): Promise<ProbeFacts> {
    this.probes++;
    return this.onProbe?.() ?? Promise.reject(new HyperVError('timeout', 'no answer'));
  }

  readKvp(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  readHealth(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  readonly clocks = {
    readHost: (): Promise<never> => Promise.reject(new HyperVError('sessionLost', 'gone')),
    readGuest: (): Promise<never> => Promise.reject(new HyperVError('vmNotFound', 'gone')),
    sync: (): Promise<never> => Promise.reject(new HyperVError('vmNotFound', 'gone')),
  };

  readThumbnail(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  readCheckpoints(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  changeCheckpoints(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  copyFile(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  applyKvp(): Promise<never> {
    return Promise.reject(new HyperVError('vmNotFound', 'gone'));
  }

  diagnostics(): Promise<SupervisorDiagnostics> {
    this.asked.push('diagnostics');
    return this.onDiagnostics?.() ?? Promise.reject(new HyperVError('failed', 'not asked for'));
  }

  retry(): void {
    this.retried++;
  }

  revive(): void {
    this.revived++;
  }

  stop(): Promise<void> {
    this.stopped++;
    return Promise.resolve();
  }
}

export function remote(host: string, name = host): RemoteHostDefinition {
  return { kind: 'ssh', id: `ssh:${host}`, name, target: { host }, configFile: undefined };
}

export function ids(store: HostStore): string[] {
  return store.hosts().map(({ definition }) => definition.id);
}

/** In steps, so that timers which are set on the way come due as well. */
export async function advance(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) await clock.advance(500);
}

interface OneHost {
  readonly host: FakeConnection;
  readonly store: HostStore;
  readonly clock: ManualClock;
  readonly service: HostService;
  /** How often somebody connected. */
  readonly connects: () => number;
}

/** A service with one host, `h1`. */
export function setUp(): OneHost {
  const host = new FakeConnection();
  const store = new HostStore();
  const clock = new ManualClock();
  let connects = 0;
  const service = new HostService({
    store,
    clock,
    connect: () => {
      connects++;
      return Promise.resolve(host);
    },
  });
  service.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
  return { host, store, clock, service, connects: () => connects };
}

interface ManyHosts {
  readonly service: HostService;
  readonly store: HostStore;
  /** Ids of hosts, once for each connection that was made. */
  readonly connected: string[];
  /** Of the host by ssh with this address. */
  readonly fake: (host: string) => FakeConnection;
}

/** A service whose hosts are each a fake of their own. */
export function setUpMany(): ManyHosts {
  const fakes = new Map<string, FakeConnection>();
  const store = new HostStore();
  const connected: string[] = [];
  const service = new HostService({
    store,
    clock: new ManualClock(),
    connect: ({ id }) => {
      connected.push(id);
      const fake = fakes.get(id) ?? new FakeConnection();
      fakes.set(id, fake);
      return Promise.resolve(fake);
    },
  });
  const fake = (host: string): FakeConnection => {
    const known = fakes.get(`ssh:${host}`) ?? new FakeConnection();
    fakes.set(`ssh:${host}`, known);
    return known;
  };
  return { service, store, connected, fake };
}
