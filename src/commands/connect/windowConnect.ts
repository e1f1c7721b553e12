// VS Code and this computer behind the seam of connecting: terminals, windows, programs. Made with the first command.
import { execFile, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { vmIdVariable } from '../../domain/connect/plan';
import type { ConnectPlan } from '../../domain/connect/plan';
import type { VmId } from '../../domain/vm';
import { connectProgram, focusScript } from '../../hyperv/connectPrograms';
import { stayingSsh } from '../../hyperv/sshTerminal';
import { plainText } from '../windowUi';
import type { ConnectPorts } from './ports';
import { sshFailedHint } from './sshFailed';

const ourId = 'hyperv-lab.hyperv-lab';
const remoteSshId = 'ms-vscode-remote.remote-ssh';

/** Windows PowerShell starts in a second or two; a window that is looked for longer is opened anew. */
const focusMs = 5_000;

export function windowConnect(): ConnectPorts {
  return {
    isHere,
    hasRemoteSsh: () => vscode.extensions.getExtension(remoteSshId) !== undefined,
    showRemoteSsh: async () => {
      await vscode.commands.executeCommand('workbench.extensions.search', `@id:${remoteSshId}`);
    },
    start: async (plan, vmId, title) => {
      switch (plan.kind) {
        case 'terminal':
          openTerminal(plan, title);
          return;
        case 'window':
          await openWindow(plan);
          return;
        case 'uri':
          await run('/usr/bin/open', [plan.uri]);
          return;
        case 'program':
          if (plan.program === 'vmconnect' && (await focused(vmId))) return;
          await run(connectProgram(plan.program), plan.args);
      }
    },
  };
}

/** On the computer of the window, also where that works on another one. */
function isHere(): boolean {
  const kind = vscode.extensions.getExtension(ourId)?.extensionKind;
  return vscode.env.remoteName === undefined || kind === vscode.ExtensionKind.UI;
}

function openTerminal({ program, args, env }: ConnectPlan & { kind: 'terminal' }, name: string): void {
  const plain = { executable: connectProgram(program), args, env };
  const started = program === 'ssh' ? stayingSsh(plain, sshFailedHint()) : plain;
  vscode.window
    .createTerminal({
      // The list of terminals draws icons for `$(name)`.
      name: plainText(name),
      shellPath: started.executable,
      shellArgs: [...started.args],
      env: { ...started.env },
      // A folder of this computer: in a window of another one, VS Code would start the program there.
      ...(isHere() && { cwd: vscode.Uri.file(homedir()) }),
    })
    .show();
}

async function openWindow({ authority, folder }: ConnectPlan & { kind: 'window' }): Promise<void> {
  if (folder === undefined) {
    await vscode.commands.executeCommand('vscode.newWindow', { remoteAuthority: authority });
    return;
  }
  const uri = vscode.Uri.from({ scheme: 'vscode-remote', authority, path: folder });
  await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}

/** Resolves when it has started; it goes on when VS Code ends. */
function run(executable: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { cwd: homedir(), detached: true, stdio: 'ignore', windowsHide: false });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

function focused(vmId: VmId): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(
      connectProgram('powershell'),
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', focusScript(vmIdVariable)],
      { env: { ...process.env, [vmIdVariable]: vmId }, timeout: focusMs, windowsHide: true, cwd: homedir() },
      (error) => {
        resolve(error === null);
      },
    );
  });
}
