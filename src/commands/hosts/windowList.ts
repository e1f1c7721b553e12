// A quick pick whose rows change while a person looks at it.
import * as vscode from 'vscode';
import { plainText } from '../windowUi';
import { back } from './stepsUi';
import type { LiveEvent, LiveList, LiveRow } from './stepsUi';

type Item<T> = vscode.QuickPickItem & { readonly row?: LiveRow<T> };

export class WindowList<T> implements LiveList<T> {
  readonly #pick: vscode.QuickPick<Item<T>>;
  readonly #events: LiveEvent<T>[] = [];
  #deliver: ((event: LiveEvent<T>) => void) | undefined;
  #hasLeft = false;
  #isClosed = false;
  /** Questions that have its place. */
  #asides = 0;

  static createPick<T>(): vscode.QuickPick<Item<T>> {
    return vscode.window.createQuickPick<Item<T>>();
  }

  constructor(pick: vscode.QuickPick<Item<T>>) {
    this.#pick = pick;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.keepScrollPosition = true;
    pick.onDidAccept(() => {
      const row = (pick.selectedItems[0] ?? pick.activeItems[0])?.row;
      if (row !== undefined) this.#put({ kind: 'accepted', value: row.value });
    });
    pick.onDidTriggerItemButton(({ item: { row } }) => {
      if (row !== undefined) this.#put({ kind: 'pressed', value: row.value });
    });
    pick.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) this.#put(back);
    });
    pick.onDidHide(() => {
      if (this.#asides > 0) return;
      this.#hasLeft = true;
      this.#put(undefined);
    });
    pick.show();
  }

  show(rows: readonly LiveRow<T>[], busy: boolean, active?: number): void {
    const at = active === undefined ? this.#pick.activeItems[0]?.row?.label : rows[active]?.label;
    this.#pick.busy = busy;
    this.#pick.items = rows.flatMap(toItems);
    this.#pick.activeItems = this.#pick.items.filter(({ row }) => row !== undefined && row.label === at).slice(0, 1);
  }

  next(): Promise<LiveEvent<T>> {
    if (this.#events.length > 0) return Promise.resolve(this.#events.shift());
    if (this.#hasLeft) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#deliver = resolve;
    });
  }

  async aside<A>(ask: () => Promise<A>): Promise<A> {
    this.#asides++;
    try {
      return await ask();
    } finally {
      this.#asides--;
      if (this.#asides === 0 && !this.#isClosed) this.#pick.show();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#pick.dispose();
  }

  #put(event: LiveEvent<T>): void {
    const deliver = this.#deliver;
    this.#deliver = undefined;
    if (deliver === undefined) this.#events.push(event);
    else deliver(event);
  }
}

function toItems<T>(row: LiveRow<T>): Item<T>[] {
  const { label, description, detail, icon, group, button } = row;
  const item: Item<T> = {
    label: plainText(label),
    ...(description !== undefined && { description: plainText(description) }),
    ...(detail !== undefined && { detail: plainText(detail) }),
    iconPath: new vscode.ThemeIcon(icon),
    ...(button !== undefined && {
      buttons: [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip }],
    }),
    row,
  };
  return group === undefined ? [item] : [{ label: group, kind: vscode.QuickPickItemKind.Separator }, item];
}
