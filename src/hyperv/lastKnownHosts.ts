// Keeps what hosts were last seen as for the next window, and shows what an earlier one kept. A lazily loaded part: made when
// somebody first looks at the view (src/recall.ts).
import type { Disposable } from '../domain/emitter';
import { systemClock } from '../powershell/clock';
import type { Clock } from '../powershell/clock';
import type { SessionLog } from '../powershell/log';
import type { HostDefinition, HostId } from './hosts';
import type { HostRecord, HostStore, StoreChange } from './hostStore';
import { LastKnownFiles } from './lastKnownFiles';
import { vmsText } from './lastKnownText';
import { rowVms } from './lastKnown';
import { withoutPartial } from './partialVms';

/** What changes together is written together, and a host that changes all the time is not written all the time. */
const writeAfterMs = 5_000;

export interface LastKnownHostsOptions {
  readonly store: HostStore;
  /** Absolute. */
  readonly folder: string;
  readonly log: SessionLog;
  readonly clock?: Clock;
  /** Stands in for those of the folder. */
  readonly files?: Pick<LastKnownFiles, 'read' | 'write' | 'keepOnly'>;
}

export class LastKnownHosts {
  readonly #files: Pick<LastKnownFiles, 'read' | 'write' | 'keepOnly'>;
  readonly #recalled = new Set<HostId>();
  readonly #changed = new Set<HostId>();
  /** What the files hold, as far as this window wrote it. */
  readonly #written = new Map<HostId, string>();
  readonly #listening: Disposable;
  #timer: Disposable | undefined;
  /** Writes one after the other: two of one host must not end in the wrong order. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LastKnownHostsOptions) {
    this.#files = options.files ?? new LastKnownFiles(options.folder, options.log);
    this.#listening = options.store.onDidChange((change) => {
      this.#follow(change);
    });
    this.#follow({ kind: 'hosts' });
    for (const { definition } of options.store.hosts()) this.#writeLater(definition.id);
  }

  /** Resolves when everything is written; takes what it writes from the store before it first waits. */
  async end(): Promise<void> {
    this.#listening.dispose();
    this.#timer?.dispose();
    // When a host was last seen is news as well.
    this.#write(this.#hosts(), true);
    await this.#writing;
  }

  #follow(change: StoreChange): void {
    if (change.kind !== 'hosts') {
      this.#writeLater(change.hostId);
      return;
    }
    const hosts = this.#hosts();
    const ids = new Set(hosts.map(({ definition }) => definition.id));
    for (const known of [this.#recalled, this.#written]) {
      for (const id of [...known.keys()]) if (!ids.has(id)) known.delete(id);
    }
    this.#writing = this.#writing.then(() => this.#files.keepOnly(hosts.map(({ definition }) => definition)));
    for (const { definition } of hosts.filter(({ status }) => status.kind !== 'ready')) void this.#recall(definition);
  }

  async #recall(definition: HostDefinition): Promise<void> {
    if (this.#recalled.has(definition.id)) return;
    this.#recalled.add(definition.id);
    const lastKnown = await this.#files.read(definition);
    // Another host may have taken its place, on another way.
    if (lastKnown !== undefined && this.options.store.host(definition.id)?.definition === definition)
      this.options.store.recall(definition.id, lastKnown);
  }

  #writeLater(hostId: HostId): void {
    this.#changed.add(hostId);
    this.#timer ??= (this.options.clock ?? systemClock).after(writeAfterMs, () => {
      this.#timer = undefined;
      this.#write(
        this.#hosts().filter(({ definition }) => this.#changed.delete(definition.id)),
        false,
      );
      this.#changed.clear();
    });
  }

  /** @param always also when nothing but the time is another one */
  #write(hosts: readonly HostRecord[], always: boolean): void {
    for (const host of hosts) {
      const { definition, seenAtMs } = host;
      // What an earlier window saw is in its file already.
      if (seenAtMs === undefined) continue;
      // A host that was lost since is what it was; of one that is read again names alone may be known.
      const text = vmsText({ vms: withoutPartial(rowVms(host)) });
      if (!always && this.#written.get(definition.id) === text) continue;
      this.#written.set(definition.id, text);
      this.#writing = this.#writing.then(() => this.#files.write(definition, seenAtMs, text));
    }
  }

  /** Without the demo lab's: it starts over with each window, so what it was is not what it is. */
  #hosts(): HostRecord[] {
    return this.options.store.hosts().filter(({ definition }) => definition.kind !== 'lab');
  }
}
