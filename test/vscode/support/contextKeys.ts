// Context keys as the extension sets them; VS Code lets nobody read them.
import * as vscode from 'vscode';

type Execute = typeof vscode.commands.executeCommand;

export class ContextKeys {
  readonly #values = new Map<unknown, unknown>();
  readonly #execute: Execute = vscode.commands.executeCommand;

  install(): void {
    const note = (id: string, ...rest: unknown[]): Thenable<unknown> => {
      if (id === 'setContext') this.#values.set(rest[0], rest[1]);
      return this.#execute(id, ...rest);
    };
    vscode.commands.executeCommand = note as Execute;
  }

  restore(): void {
    vscode.commands.executeCommand = this.#execute;
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }
}
