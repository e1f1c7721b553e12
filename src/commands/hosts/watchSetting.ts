// The watch over the setting with the hosts. Wired by extension.ts.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { hostsSetting, onDidChangeHostsSetting } from '../../config';
import type { HostService } from '../../hyperv/hostService';
import type { HostsProblem } from '../../hyperv/hostsSetting';
import { watchHosts } from '../../hyperv/hostsWatcher';
import { settings } from '../../manifest';
import type { CommandUi } from '../ui';
import { problemsMessage } from './problemTexts';

/** Shows the hosts of the setting, now and whenever it changes. */
export function watchHostsSetting(service: Pick<HostService, 'setRemoteHosts'>, ui: CommandUi): vscode.Disposable {
  const watch = watchHosts({
    read: hostsSetting,
    onDidChange: onDidChangeHostsSetting,
    show: (hosts) => void service.setRemoteHosts(hosts),
    tell: (problems) => void tellProblems(ui, problems),
  });
  return vscode.Disposable.from(watch);
}

/** Tells of entries that are not used, and leads to them. */
async function tellProblems(ui: CommandUi, problems: readonly HostsProblem[]): Promise<void> {
  const button = l10n.t('Open Settings');
  if ((await ui.error(problemsMessage(problems), button)) === button) await openSettings();
}

/** Opens the file with the setting, at the setting: a window of another computer has such settings over there. */
export async function openSettings(): Promise<void> {
  const file = vscode.env.remoteName === undefined ? 'openSettingsJson' : 'openRemoteSettingsFile';
  await vscode.commands.executeCommand(`workbench.action.${file}`, {
    revealSetting: { key: settings.hosts, edit: false },
  });
}
