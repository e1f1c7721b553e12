// What VS Code does for the commands about hosts. Made with the first command.
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { hostPlatform, hostsSetting, writeHostsSetting } from '../../config';
import type { SshHostDefinition } from '../../hyperv/sshHost';
import { readSshAliases } from '../../hyperv/sshAliases';
import { sshSignIn } from '../../hyperv/sshSignIn';
import { stayingSsh } from '../../hyperv/sshTerminal';
import { sshFailedHint } from '../connect/sshFailed';
import type { HostPorts, HostWays } from './ports';
import { openSettings } from './watchSetting';
import { WindowSteps } from './windowSteps';

export function windowHosts(access: HostWays): HostPorts {
  return {
    steps: new WindowSteps(),
    platform: hostPlatform(),
    setting: { read: hostsSetting, write: writeHostsSetting, open: openSettings },
    sshAliases: readSshAliases,
    ...access,
    signInByTerminal,
  };
}

function signInByTerminal(definition: SshHostDefinition): void {
  const { executable, args, env } = stayingSsh(sshSignIn(definition), sshFailedHint());
  vscode.window
    .createTerminal({
      name: l10n.t('Sign In to {0}', definition.name),
      shellPath: executable,
      shellArgs: [...args],
      env: { ...env },
      // A folder of this computer: in a window of another one, VS Code would start ssh there.
      cwd: vscode.Uri.file(homedir()),
    })
    .show();
}
