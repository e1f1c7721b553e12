// Hosts as they were last seen, across windows: nothing is loaded or read before somebody looks. Made by extension.ts.
import * as vscode from 'vscode';
import type { HostStore } from './hyperv/hostStore';
import type { LastKnownHosts } from './hyperv/lastKnownHosts';
import type { LazyLog } from './log';

export class Recall {
  #hosts: LastKnownHosts | undefined;
  #ended = false;

  constructor(
    private readonly storage: vscode.Uri,
    private readonly store: HostStore,
    private readonly log: LazyLog,
  ) {}

  /** Shows what an earlier window saw, until the hosts answer; from then on keeps what this one sees. */
  async begin(): Promise<void> {
    const { LastKnownHosts } = await import('./hyperv/lastKnownHosts');
    if (this.#ended) return;
    const folder = vscode.Uri.joinPath(this.storage, 'lastKnown').fsPath;
    this.#hosts = new LastKnownHosts({ store: this.store, folder, log: this.log });
  }

  /** Writes what is not written yet. Never rejects. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#hosts?.end();
  }
}
