// Keeps the highlight on all rows that are selected. VS Code (1.119 still) takes it from those below a selected row that is
// drawn anew, although they stay selected (Trait.splice in listWidget.ts drops the indices after one that is replaced): a
// command would act on rows that do not look so. Rows get it back when they are drawn anew themselves, from top to bottom.
import type { Disposable } from '../domain/emitter';
import type { HypervNode } from './nodes';

/** Longer than the 200 ms for which VS Code gathers what is to be drawn, in an order that is not ours (extHostTreeViews.ts). */
const quietMs = 500;

/** Drawing more rows again and again costs more than the highlight is worth. */
const mostRows = 500;

export interface DrawnSelectionPorts {
  readonly selection: () => readonly HypervNode[];
  /** These nodes from top to bottom. */
  readonly inOrder: (nodes: readonly HypervNode[]) => HypervNode[];
  readonly draw: (nodes: HypervNode[]) => void;
  readonly after: (ms: number, action: () => void) => Disposable;
}

export class DrawnSelection implements Disposable {
  #timer: Disposable | undefined;
  #again = false;

  constructor(private readonly ports: DrawnSelectionPorts) {}

  /** To be told of all rows that are drawn anew. */
  follow(touched: readonly HypervNode[]): void {
    const selection = this.ports.selection();
    if (selection.length < 2 || selection.length > mostRows || !concerns(touched, selection)) return;
    if (this.#timer === undefined) this.#drawLater();
    else this.#again = true;
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #drawLater(): void {
    this.#again = false;
    this.#timer = this.ports.after(quietMs, () => {
      this.#timer = undefined;
      const selection = this.ports.selection();
      if (selection.length > 1) this.ports.draw(this.ports.inOrder(selection));
      // Something that came meanwhile may be drawn in between.
      if (this.#again) this.#drawLater();
    });
  }
}

/** Whether one of them is selected, or has selected ones below it, which are drawn with it. */
function concerns(touched: readonly HypervNode[], selection: readonly HypervNode[]): boolean {
  const selected = new Set(selection);
  const hosts = new Set(selection.map(({ hostId }) => hostId));
  return touched.some((node) => selected.has(node) || (hasRowsBelow(node) && hosts.has(node.hostId)));
}

function hasRowsBelow({ kind }: HypervNode): boolean {
  return kind === 'host' || kind === 'group';
}
