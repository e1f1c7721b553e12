// What commands and views call: asks hosts, and puts into the store what they answer. The only writer of the store.
import type { Clock } from '../powershell/clock';
import type { VmId, VmRecord } from '../domain/vm';
import type { ChangeMethod, MethodParameters } from './api';
import { connectHost } from './connectHost';
import { HostAnswers } from './hostAnswers';
import type { Connect } from './hostConnection';
import { HostLives } from './hostLives';
import { inOrder, isRemote, sameWay } from './hostOrder';
import type { RemoteHostDefinition } from './hostOrder';
import { HostReading } from './hostReading';
import type { HostStore } from './hostStore';
import type { HostDefinition, HostId } from './hosts';
import { LiveHosts } from './liveHosts';
import { Revival } from './revival';
import { sessionReport } from './sessionReport';
import { VmDetails } from './vmDetails';
import { VmRecords } from './vmRecords';

export interface HostServiceOptions {
  readonly store: HostStore;
  readonly connect: Connect;
  readonly clock: Clock;
}

export class HostService {
  readonly #store: HostStore;
  readonly #lives: HostLives;
  readonly #answers: HostAnswers;
  readonly #records: VmRecords;
  readonly #reading: HostReading;
  readonly #revival: Revival;
  readonly #live: LiveHosts;
  /** Of single VMs, for those who ask. */
  readonly details: VmDetails;

  constructor({ store, connect, clock }: HostServiceOptions) {
    this.#store = store;
    const onLost = (hostId: HostId): void => {
      this.#revival.lost(hostId);
    };
    const lives = new HostLives(store, (definition) => connectHost(definition, { store, connect, onLost }));
    const answers = new HostAnswers(store);
    const records = new VmRecords(lives, answers, clock);
    this.#lives = lives;
    this.#answers = answers;
    this.#records = records;
    this.details = new VmDetails(lives, answers, records);
    this.#reading = new HostReading({
      store,
      clock,
      lives,
      answers,
      records,
      onRead: (hostId) => {
        this.#live.wasRead(hostId);
      },
    });
    this.#revival = new Revival({
      store,
      clock,
      random: Math.random,
      refresh: (hostId) => void this.refresh(hostId),
      revive: (hostId) => void this.#revive(hostId),
    });
    this.#live = new LiveHosts({
      store,
      clock,
      random: Math.random,
      watch: async (hostId, waitMs, signal, anew) => {
        const life = lives.of(hostId);
        return (await life.connection()).watch(waitMs, life.signal(signal), anew);
      },
      readVms: (hostId, vmIds, signal) => records.readMany(hostId, vmIds, signal),
      readHost: (hostId) => this.refresh(hostId, undefined, true),
      isBeingRead: (hostId) => lives.of(hostId).refreshes > 0,
    });
  }

  addHost(definition: HostDefinition): void {
    this.#store.addHost(definition);
  }

  /**
   * Shows these hosts in place of those which the settings named before. One that stays keeps its session, also under
   * another name or in another place; the promise ends when the sessions of the others have ended.
   */
  async setRemoteHosts(remote: readonly RemoteHostDefinition[]): Promise<void> {
    const before = this.#store.hosts().map(({ definition }) => definition);
    const kept = before.filter((definition) => !isRemote(definition));
    const gone = before.filter(
      (definition) =>
        isRemote(definition) && !remote.some((one) => one.id === definition.id && sameWay(one, definition)),
    );
    const ending = gone.map(({ id }) => {
      this.#records.forgetHost(id);
      this.#answers.forgetHost(id);
      return this.#lives.end(id);
    });
    this.#store.arrange(inOrder([...kept, ...remote]));
    await Promise.all(ending);
  }

  /**
   * Reads the whole host. Never rejects: a failure becomes the host's status, where every view sees it.
   * @param quietly the status stays meanwhile what it is, as nobody waits for the answer
   */
  refresh(hostId: HostId, signal?: AbortSignal, quietly = false): Promise<void> {
    return this.#reading.read(hostId, signal, quietly);
  }

  /**
   * Reads one VM and puts it into the store.
   * @returns undefined when the host no longer has it
   * @throws HyperVError when the host could not be asked; the store is left as it was
   */
  readVm(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmRecord | undefined> {
    return this.#records.read(hostId, vmId, signal);
  }

  /**
   * Asks for one change and puts into the store what the host said afterwards.
   * @param withdraw takes the change back while it waits to be sent; it is then rejected as `cancelled`, outcome `none`
   * @throws HyperVError; the store is then left as it was, and the VM is read again in the background
   */
  change<M extends ChangeMethod>(
    hostId: HostId,
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
    withdraw?: AbortSignal,
  ): Promise<VmRecord> {
    return this.#records.change(hostId, method, parameters, signal, withdraw);
  }

  /** How the sessions of these hosts are, or of all, as a text; starts none, waits for seconds at most, never rejects. */
  sessionReport(hostIds?: readonly HostId[]): Promise<string> {
    const definitions = this.#store.hosts().map(({ definition }) => definition);
    const wanted = definitions.filter(({ id }) => hostIds === undefined || hostIds.includes(id));
    return sessionReport(wanted, ({ id }) => this.#lives.known(id));
  }

  /** Forgets earlier failures of the host's session and reads the host. */
  async retry(hostId: HostId): Promise<void> {
    const connection = await this.#lives.known(hostId)?.catch(() => undefined);
    connection?.retry();
    await this.refresh(hostId);
  }

  /** Whether somebody can see the hosts: they are followed while that is so, and those that were lost are read again. */
  setVisible(visible: boolean): void {
    this.#revival.setVisible(visible);
    this.#live.setVisible(visible);
  }

  /** Stops all sessions in parallel; never rejects. */
  async dispose(): Promise<void> {
    this.#records.dispose();
    this.#revival.dispose();
    this.#live.dispose();
    await this.#lives.dispose();
  }

  async #revive(hostId: HostId): Promise<void> {
    const connection = await this.#lives.known(hostId)?.catch(() => undefined);
    connection?.revive();
    await this.refresh(hostId, undefined, true);
  }
}
