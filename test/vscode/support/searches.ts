// Lists that follow what is typed, in VS Code's own quick pick: what is typed and chosen goes the way of a keyboard.
import * as vscode from 'vscode';
import { until } from './window';

type Create = typeof vscode.window.createQuickPick;

export class Searches {
  readonly #create: Create = vscode.window.createQuickPick;
  #pick: vscode.QuickPick<vscode.QuickPickItem> | undefined;

  install(): void {
    const create = (): vscode.QuickPick<vscode.QuickPickItem> => {
      const pick = this.#create.call(vscode.window);
      // Nobody is at this window: the view that takes the focus late would close the list.
      pick.ignoreFocusOut = true;
      this.#pick = pick;
      return pick;
    };
    vscode.window.createQuickPick = create as Create;
  }

  restore(): void {
    vscode.window.createQuickPick = this.#create;
    this.#pick?.hide();
  }

  get labels(): string[] {
    return this.#pick?.items.map(({ label }) => label) ?? [];
  }

  /** Labels that have a tick, in a list of which several can be picked. */
  get ticked(): string[] {
    return this.#pick?.selectedItems.map(({ label }) => label) ?? [];
  }

  /** As Enter does. */
  async accept(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  /** Types, waits until the row of this label is the one which Enter is for, and presses Enter. */
  async choose(text: string, label: string): Promise<void> {
    await until(() => this.#pick !== undefined && this.#pick.items.length > 0, 'the list is there');
    if (this.#pick !== undefined) this.#pick.value = text;
    await until(() => this.#pick?.activeItems[0]?.label === label, `${label} is the first row`);
    await this.accept();
  }
}
