// The end of a session, step by step: ask, close stdin, kill, kill everything. Called by session.ts.
import type { RpcChannel } from './rpcChannel';
import type { Shell } from './shell';

/** Together under the five seconds which the editor gives an extension to end (microsoft/vscode#47881). */
const gracefulMs = 2_000;
const killMs = 1_000;
/** After the last step nothing more can be done; a process stuck in the kernel must not hold up the caller. */
const lastMs = 500;

/** What is needed of a shell to end it. */
export interface EndableShell extends Pick<Shell, 'endInput' | 'exitsWithin' | 'kill' | 'killTree'> {
  readonly channel: Pick<RpcChannel, 'request'>;
}

/** For a process that is not worth asking: its start failed, or it does not answer any more. */
export async function destroyShell(shell: EndableShell): Promise<void> {
  shell.killTree();
  await shell.exitsWithin(lastMs);
}

/** Resolves when the process is gone, or when even killing it did not help. */
export async function stopShell(shell: EndableShell): Promise<void> {
  shell.channel.request('shutdown', {}).catch(() => undefined);
  shell.endInput();
  if (await shell.exitsWithin(gracefulMs)) return;
  shell.kill();
  if (await shell.exitsWithin(killMs)) return;
  await destroyShell(shell);
}
