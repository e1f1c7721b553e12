// A local host that says what development and tests want it to say (HYPERV_LAB_PROBE), so that every reason why
// Hyper-V cannot be used can be looked at on any machine. Used by extension.ts in place of a session.
import { HyperVError } from '../domain/errors';
import type { ProbeFacts } from '../domain/readiness';
import type { VmRecord } from '../domain/vm';
import type { SupervisorDiagnostics } from '../powershell/diagnostics';
import type { Inventory } from './api';
import type { HostConnection } from './hostConnection';

export class ProbeStandIn implements HostConnection {
  #reads = -1;
  readonly clocks = {
    readHost: (): Promise<never> => Promise.reject(refusal()),
    readGuest: (): Promise<never> => Promise.reject(refusal()),
    sync: (): Promise<never> => Promise.reject(refusal()),
  };

  /** @param probes what is seen at the first read, at the second and so on; the last one stays */
  constructor(private readonly probes: readonly ProbeFacts[]) {}

  /** No VMs, or the failure that real hosts give when the read cannot be done. */
  async inventory(): Promise<Inventory> {
    this.#reads = Math.min(this.#reads + 1, this.probes.length - 1);
    if ((await this.probe()).canRead !== true) throw refusal();
    return { vms: [], stats: { cimQueries: 0, frames: 0, bytes: 0, ms: 0 } };
  }

  probe(): Promise<ProbeFacts> {
    const facts = this.probes[this.#reads];
    return facts === undefined ? Promise.reject(refusal()) : Promise.resolve(facts);
  }

  readVm(): Promise<VmRecord> {
    return Promise.reject(refusal());
  }

  readVms(): Promise<readonly VmRecord[]> {
    return Promise.reject(refusal());
  }

  watch(): Promise<never> {
    return Promise.reject(refusal());
  }

  change(): Promise<VmRecord> {
    return Promise.reject(refusal());
  }

  readKvp(): Promise<never> {
    return Promise.reject(refusal());
  }

  readCheckpoints(): Promise<never> {
    return Promise.reject(refusal());
  }

  changeCheckpoints(): Promise<never> {
    return Promise.reject(refusal());
  }

  readHealth(): Promise<never> {
    return Promise.reject(refusal());
  }

  readThumbnail(): Promise<never> {
    return Promise.reject(refusal());
  }

  copyFile(): Promise<never> {
    return Promise.reject(refusal());
  }

  applyKvp(): Promise<never> {
    return Promise.reject(refusal());
  }

  diagnostics(): Promise<SupervisorDiagnostics> {
    return Promise.resolve({
      state: 'idle',
      starts: 0,
      recycled: 0,
      closedIdle: 0,
      failure: undefined,
      session: undefined,
    });
  }

  retry(): void {
    // There is no session to start again.
  }

  revive(): void {
    this.retry();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}

function refusal(): HyperVError {
  return new HyperVError('accessDenied', 'This host stands in for a real one and shows nothing.');
}
