// Settings that tests change.
import * as vscode from 'vscode';
import { settings } from '../../../src/manifest';

/** @param seconds undefined takes the setting back */
export async function setShutdownDeadline(seconds: number | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  if (configuration.inspect(settings.shutdownTimeoutSeconds)?.globalValue === seconds) return;
  await configuration.update(settings.shutdownTimeoutSeconds, seconds, vscode.ConfigurationTarget.Global);
}
