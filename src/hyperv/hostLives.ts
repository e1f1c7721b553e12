// The connections of all hosts, each from the first question until its host is taken away. HostService owns it.
import { HyperVError } from '../domain/errors';
import type { HostConnection } from './hostConnection';
import { HostLife } from './hostLife';
import type { HostDefinition, HostId } from './hosts';
import type { HostStore } from './hostStore';

export class HostLives {
  readonly #lives = new Map<HostId, HostLife>();
  #disposed = false;

  constructor(
    private readonly store: HostStore,
    private readonly connect: (definition: HostDefinition) => Promise<HostConnection>,
  ) {}

  get disposed(): boolean {
    return this.#disposed;
  }

  /** @throws HyperVError `cancelled` when the host is not there */
  of(hostId: HostId): HostLife {
    const known = this.#lives.get(hostId);
    if (known !== undefined) return known;
    const host = this.store.host(hostId);
    if (host === undefined || this.#disposed) {
      throw new HyperVError('cancelled', `The host ${hostId} was removed.`);
    }
    const life = new HostLife(() => this.connect(host.definition));
    this.#lives.set(hostId, life);
    return life;
  }

  /** undefined while nobody has asked the host. */
  known(hostId: HostId): Promise<HostConnection> | undefined {
    return this.#lives.get(hostId)?.known;
  }

  /** Forgets it at once; the promise ends with its session, and never rejects. */
  async end(hostId: HostId): Promise<void> {
    const life = this.#lives.get(hostId);
    this.#lives.delete(hostId);
    await life?.end();
  }

  /** Ends all of them in parallel; never rejects. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#lives.keys()].map((hostId) => this.end(hostId)));
  }
}
