// Find VM: a list over all VMs of all hosts that follows each letter typed, and leads to the VM's row in the tree.
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import { nextTurn } from '../hyperv/nextTurn';
import type { NodeRegistry } from '../views/nodes';
import type { CommandContext } from './commandContext';
import { editPairs } from './editPairs';
import { findButtons, findRows, isAwaited } from './findVmRows';
import type { FindValue } from './findVmRows';
import { searchVms, slices, VmIndex } from './findVmSearch';
import { changePower } from './power';
import type { SearchBox, SearchRow } from './searchUi';
import { shutDown } from './shutDown';

/** Ends when the person has left the list and what they began from it has ended. */
export async function findVm(context: CommandContext, nodes: NodeRegistry): Promise<void> {
  const finding = new Finding(context, nodes);
  try {
    await finding.left;
  } finally {
    finding.close();
  }
  await Promise.all(finding.begun);
}

class Finding {
  /** Rejects when the list cannot go on. */
  readonly left: Promise<void>;
  /** Changes begun by a button; each tells of its own failure. */
  readonly begun: Promise<void>[] = [];
  readonly #index = new VmIndex();
  readonly #box: SearchBox<FindValue>;
  readonly #undo: { dispose(): void };
  #isOpen = true;
  #text = '';
  #rows: readonly SearchRow<FindValue>[] = [];
  /** What the next list is: of another text, or the same one with what has changed. */
  #wanted: 'otherText' | 'news' | undefined;
  #isSearching = false;
  #leave: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(
    private readonly context: CommandContext,
    private readonly nodes: NodeRegistry,
  ) {
    this.left = new Promise((resolve, reject) => {
      this.#leave = resolve;
      this.#fail = reject;
    });
    const texts = { title: l10n.t('Find VM'), placeholder: l10n.t('Name, host, state, address or notes') };
    this.#box = context.search.open<FindValue>(texts, {
      typed: (text) => {
        this.#text = text;
        this.#want('otherText');
      },
      accepted: (value) => {
        this.#accept(value);
      },
      pressed: (value, button) => {
        this.#press(value, button);
      },
      left: () => {
        this.#isOpen = false;
        this.#leave();
      },
    });
    this.#undo = context.store.onDidChange(() => {
      this.#want('news');
    });
    this.#want('otherText');
    for (const { status, definition } of context.store.hosts()) {
      if (status.kind === 'idle') void context.service.refresh(definition.id);
    }
  }

  close(): void {
    this.#undo.dispose();
    if (this.#isOpen) this.#box.close();
  }

  #want(wanted: 'otherText' | 'news'): void {
    if (this.#wanted !== 'otherText') this.#wanted = wanted;
    if (this.#isSearching) return;
    this.#isSearching = true;
    this.#search().catch(this.#fail);
  }

  async #search(): Promise<void> {
    while (this.#wanted !== undefined && this.#isOpen) {
      // So that a burst of changes makes one list.
      await nextTurn();
      const keepActive = this.#wanted === 'news';
      this.#wanted = undefined;
      const hosts = this.context.store.hosts();
      const text = this.#text;
      const found = await searchVms(
        hosts.filter(({ status }) => status.kind !== 'failed'),
        this.#index,
        text,
        slices(() => this.#isOpen && this.#wanted !== 'otherText'),
      );
      if (found !== undefined) this.#show(findRows(found, text, hosts), hosts.some(isAwaited), keepActive);
    }
    this.#isSearching = false;
  }

  #show(rows: readonly SearchRow<FindValue>[], busy: boolean, keepActive: boolean): void {
    this.#box.busy(busy);
    if (isDeepStrictEqual(rows, this.#rows)) return;
    this.#rows = rows;
    this.#box.show(rows, keepActive);
  }

  #accept({ hostId, vmId }: FindValue): void {
    if (vmId === undefined) {
      void this.context.service.retry(hostId);
      return;
    }
    this.#box.close();
    this.context.reveal(hostId, vmId, true);
  }

  /** The list stays, so that the row shows what becomes of it; the editor of pairs takes its place. */
  #press({ hostId, vmId }: FindValue, button: string): void {
    if (vmId === undefined) return;
    const node = this.nodes.vm(hostId, vmId);
    if (button === findButtons.start) this.#begin(changePower(this.context, 'start', node));
    if (button === findButtons.shutDown) this.#begin(shutDown(this.context, node));
    if (button === findButtons.editPairs) {
      this.#box.close();
      this.#begin(editPairs(this.context, node));
    }
  }

  #begin(work: Promise<void>): void {
    this.begun.push(work);
    // Awaited, and told of, when the list is closed.
    work.catch(() => undefined);
  }
}
