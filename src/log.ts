// The log channel "Hyper-V Lab": made with its first line, so that activation makes nothing.
import * as vscode from 'vscode';
import type { SessionLog } from './powershell/log';
import type { CommandLog } from './commands/commandContext';

export class LazyLog implements SessionLog, CommandLog, vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  get traceEnabled(): boolean {
    return this.#open().logLevel === vscode.LogLevel.Trace;
  }

  trace(text: string): void {
    this.#open().trace(text);
  }

  debug(text: string): void {
    this.#open().debug(text);
  }

  info(text: string): void {
    this.#open().info(text);
  }

  warn(text: string): void {
    this.#open().warn(text);
  }

  error(text: string, error?: unknown): void {
    this.#open().error(error === undefined ? text : `${text}\n${describe(error)}`);
  }

  show(): void {
    this.#open().show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.LogOutputChannel {
    // The name is the product's and stays as it is in every language.
    return (this.#channel ??= vscode.window.createOutputChannel('Hyper-V Lab', { log: true }));
  }
}

/** Reason, facts and causes of an error: what the sentences in the window leave out. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const facts = Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'name'));
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return `${error.name}: ${error.message} ${JSON.stringify(facts)}${cause}`;
}
