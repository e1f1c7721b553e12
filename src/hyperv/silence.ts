// Finds out that a host does not tell any more what changes, although it never said so: its management service was started
// anew, for example, and the subscription went with it. A reading then finds what nobody told. HostWatcher owns one.
import type { Disposable } from '../domain/emitter';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { HostChanges } from './api';

type Vms = ReadonlyMap<VmId, VmRecord>;

/** A host looks every two seconds what to tell, and where one lane serves all it is asked every five: long over by then. */
const graceMs = 15_000;
/** After the first time; doubled each time, as it may be that this host never tells. */
const firstRestMs = 60_000;
const lastRestMs = 30 * 60_000;

/** Differences of which a host tells: those of state and name, and VMs that came or went. Anything else has no events. */
export function eventful(before: Vms, after: Vms): HostChanges {
  const changed: VmId[] = [];
  let listChanged = [...before.keys()].some((id) => !after.has(id));
  for (const [id, vm] of after) {
    const was = before.get(id);
    if (was === undefined) listChanged = true;
    else if (was.stateCode !== vm.stateCode || was.name !== vm.name) changed.push(id);
  }
  return { changed, listChanged };
}

export class SilenceCheck implements Disposable {
  /** What was told lately, and when. */
  #told: { readonly atMs: number; readonly changes: HostChanges }[] = [];
  #timer: Disposable | undefined;
  #restMs = firstRestMs;
  #restsUntilMs = 0;

  /** @param onSilent the host is to be asked anew to tell */
  constructor(
    private readonly clock: Clock,
    private readonly onSilent: () => void,
  ) {}

  /** The host told something, so that it does tell. */
  told(changes: HostChanges): void {
    this.#restMs = firstRestMs;
    this.#restsUntilMs = 0;
    this.#told.push({ atMs: this.clock.now(), changes });
  }

  /**
   * Takes a reading for which nobody was told to read.
   * @param startedAtMs when it began, on the clock
   */
  compare(before: Vms, after: Vms, startedAtMs: number): void {
    const found = eventful(before, after);
    const since = startedAtMs - graceMs;
    this.#told = this.#told.filter(({ atMs }) => atMs >= since);
    if ((found.changed.length === 0 && !found.listChanged) || this.clock.now() < this.#restsUntilMs) return;
    this.#timer?.dispose();
    // What happened a moment before the reading is told after it.
    this.#timer = this.clock.after(graceMs, () => {
      this.#timer = undefined;
      if (!this.#wasTold(found, since)) this.#isSilent();
    });
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #wasTold(found: HostChanges, since: number): boolean {
    return this.#told.some(({ atMs, changes }) => {
      if (atMs < since) return false;
      return (found.listChanged && changes.listChanged) || changes.changed.some((id) => found.changed.includes(id));
    });
  }

  #isSilent(): void {
    this.#restsUntilMs = this.clock.now() + this.#restMs;
    this.#restMs = Math.min(this.#restMs * 2, lastRestMs);
    this.onSilent();
  }
}
