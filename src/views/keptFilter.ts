// The filter of the tree: kept for this window, so that a reload shows the same rows.
import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../domain/emitter';
import type { Disposable } from '../domain/emitter';
import type { Memory } from '../domain/memory';
import { parseTreeFilter } from '../domain/vmFilter';
import type { TreeFilter } from '../domain/vmFilter';

const key = 'treeFilter';

export class KeptFilter implements Disposable {
  readonly #memory: Memory;
  readonly #changes = new Emitter<TreeFilter | undefined>();
  #current: TreeFilter | undefined;

  readonly onDidChange = this.#changes.event;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#current = parseTreeFilter(memory.get(key));
  }

  /** undefined while every VM is shown. */
  get current(): TreeFilter | undefined {
    return this.#current;
  }

  async set(filter: TreeFilter | undefined): Promise<void> {
    if (isDeepStrictEqual(filter, this.#current)) return;
    this.#current = filter;
    this.#changes.fire(filter);
    await this.#memory.update(key, filter);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
