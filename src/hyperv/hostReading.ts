// Reads a whole host into the store, and makes a failure of that the host's status, where every view sees it. HostService has
// one.
import { HyperVError } from '../domain/errors';
import type { Clock } from '../powershell/clock';
import { explainFailure } from './explainFailure';
import type { HostAnswers } from './hostAnswers';
import type { HostLife } from './hostLife';
import type { HostLives } from './hostLives';
import type { HostId } from './hosts';
import type { HostStore } from './hostStore';
import type { VmRecords } from './vmRecords';

export interface HostReadingOptions {
  readonly store: HostStore;
  readonly clock: Clock;
  readonly lives: HostLives;
  readonly answers: HostAnswers;
  readonly records: VmRecords;
  /** Told of each read that worked. */
  readonly onRead: (hostId: HostId) => void;
}

export class HostReading {
  constructor(private readonly options: HostReadingOptions) {}

  /** See HostService.refresh. */
  async read(hostId: HostId, signal: AbortSignal | undefined, quietly: boolean): Promise<void> {
    const { store, lives, answers } = this.options;
    const before = store.host(hostId)?.status;
    if (before === undefined || lives.disposed) return;
    const life = lives.of(hostId);
    if (before.kind !== 'connecting') life.settled = before;
    if (before.kind !== 'ready' && !quietly) store.setStatus(hostId, { kind: 'connecting' });
    life.refreshes++;
    const { successes } = life;
    const asked = answers.now;
    let failure: HyperVError | undefined;
    try {
      await this.#readAll(hostId, life, signal, asked);
    } catch (error) {
      failure = HyperVError.from(error);
    } finally {
      life.refreshes--;
    }
    if (failure !== undefined) await this.#failed(hostId, life, failure, successes);
  }

  async #readAll(hostId: HostId, life: HostLife, signal: AbortSignal | undefined, asked: number): Promise<void> {
    const { store, clock, answers, records, onRead } = this.options;
    const connection = await life.connection();
    const { vms } = await connection.inventory(life.signal(signal), (early) => {
      if (!life.ended) store.setEarlyVms(hostId, early);
    });
    if (life.ended) return;
    life.successes++;
    const elsewhere = answers.tookAll(hostId, vms, asked, clock.now());
    onRead(hostId);
    records.followTransitional(hostId, vms);
    for (const listed of elsewhere) records.readAgain(listed.hostId, listed.vmId);
  }

  async #failed(hostId: HostId, life: HostLife, failure: HyperVError, successes: number): Promise<void> {
    const { store } = this.options;
    const host = store.host(hostId);
    const isCancelled = failure.reason === 'cancelled';
    const probe = isCancelled ? undefined : await explainFailure(host?.definition, life.known, failure);
    // A read that was begun later, or took less long, has worked meanwhile.
    if (life.ended || life.successes !== successes) return;
    if (!isCancelled) store.setStatus(hostId, { kind: 'failed', error: failure }, probe);
    else if (life.refreshes === 0 && host?.status.kind === 'connecting') store.setStatus(hostId, life.settled);
  }
}
