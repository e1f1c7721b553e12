// What a client holds of a host's inventory, and how the rows of the next answer make another one of it. VMs of which no
// row has come keep their records: the same objects, so that whoever compares has nothing to look at.
import type { VmId, VmRecord } from '../domain/vm';
import { notUnderstood } from './assembleVms';
import { parseRow } from './inventoryRows';
import type { InventoryRow } from './inventoryRows';
import { nextTurn } from './nextTurn';
import { addPart, copyOf, hasParts, livingRecordOf, noParts, partialRecordOf, removePart } from './vmParts';
import type { Parts, VmPart } from './vmParts';

interface Entry {
  readonly parts: Parts;
  /** Missing for what is no VM, such as a checkpoint. */
  readonly vm: VmRecord | undefined;
}

/** Never changes: the next answer makes a new one. */
export interface HeldInventory {
  /** By which the host knows what we hold. */
  readonly token: string;
  readonly entries: ReadonlyMap<VmId, Entry>;
  /** In the host's order, newcomers last. */
  readonly vms: readonly VmRecord[];
}

/** So many VMs are put together at one go: some milliseconds. */
export const vmsPerSlice = 250;

/** So many guests' own facts are read at one go: some XML texts each, far more work than all other rows of a VM. */
const guestsPerSlice = 50;

export interface InventoryBuilderOptions {
  /** What the rows may be differences to. */
  readonly held: HeldInventory | undefined;
  /** By which uptimes go on. */
  readonly now: () => number;
  /** Told of VMs as soon as their names and states are known. */
  readonly onVms?: ((vms: readonly VmRecord[]) => void) | undefined;
}

/** Takes the rows of one answer as they come; each batch is small. */
export class InventoryBuilder {
  #base: HeldInventory | undefined;
  #touched = new Map<VmId, Parts>();
  /** What guests told, read when all has come: several batches may arrive in one turn. */
  #guests: [Parts, VmPart][] = [];
  #problems = new Set<string>();
  #received = 0;

  constructor(private readonly options: InventoryBuilderOptions) {
    this.#base = options.held;
  }

  /** How many rows have come. */
  get received(): number {
    return this.#received;
  }

  /** What could not be used, each once: the host's problems and rows that make no sense. */
  get problems(): ReadonlySet<string> {
    return this.#problems;
  }

  /** What came so far is void. */
  restart(): void {
    this.#base = this.options.held;
    this.#touched = new Map();
    this.#guests = [];
    this.#problems = new Set();
    this.#received = 0;
  }

  add(rows: readonly unknown[]): void {
    const early: VmRecord[] = [];
    for (const raw of rows) {
      this.#received++;
      const [tag, ...rest] = Array.isArray(raw) ? (raw as readonly unknown[]) : [];
      if (tag === 'base') this.#begin(rest[0]);
      else if (tag === 'gone') this.#take(parseRow(rest), removePart);
      else {
        const row = parseRow(raw);
        this.#take(row, addPart);
        const vm = row?.kind === 'vm' && this.options.onVms ? partialRecordOf(row) : undefined;
        if (vm !== undefined) early.push(vm);
      }
    }
    if (early.length > 0) this.options.onVms?.(early);
  }

  /** To be called when all rows have come. In slices, between which everything else goes on. */
  async finish(): Promise<Omit<HeldInventory, 'token'>> {
    const touched = [...this.#touched];
    if (touched.length === 0 && this.#base !== undefined) return this.#base;
    for (let start = 0; start < this.#guests.length; start += guestsPerSlice) {
      await nextTurn();
      for (const [parts, row] of this.#guests.slice(start, start + guestsPerSlice)) addPart(parts, row);
    }
    const entries = new Map(this.#base?.entries);
    for (let start = 0; start < touched.length; start += vmsPerSlice) {
      await nextTurn();
      for (const [id, parts] of touched.slice(start, start + vmsPerSlice)) {
        if (hasParts(parts)) entries.set(id, { parts, vm: livingRecordOf(parts, this.options.now) });
        else entries.delete(id);
      }
    }
    return { entries, vms: [...entries.values()].flatMap(({ vm }) => vm ?? []) };
  }

  /** Row `['base', token]`, before all others: '' when everything travels. */
  #begin(token: unknown): void {
    if (token !== this.#base?.token) this.#base = undefined;
  }

  #take(row: InventoryRow | undefined, use: (parts: Parts, row: VmPart, cameAtMs: number) => void): void {
    if (row === undefined) this.#problems.add(notUnderstood);
    else if (row.kind === 'problem') this.#problems.add(`${row.className}: ${row.message}`);
    else if (row.kind === 'kvp' && use === addPart) this.#guests.push([this.#partsOf(row.id), row]);
    else if (row.kind !== 'foreign') use(this.#partsOf(row.id), row, this.options.now());
  }

  #partsOf(id: VmId): Parts {
    let parts = this.#touched.get(id);
    if (parts === undefined) {
      const held = this.#base?.entries.get(id);
      parts = held === undefined ? noParts() : copyOf(held.parts);
      this.#touched.set(id, parts);
    }
    return parts;
  }
}
