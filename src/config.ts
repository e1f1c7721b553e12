// Settings and environment variables, typed. Read at each use: a change counts from then on.
import * as vscode from 'vscode';
import { settings } from './manifest';

/** Used when the setting was given something that is no number. Equals the default in package.json. */
const defaultShutdownTimeoutSeconds = 120;

/** An empty variable is as good as none. */
function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

function read(id: string): unknown {
  return vscode.workspace.getConfiguration().get(id);
}

/**
 * Absolute path of the PowerShell to run; undefined means that we choose. The variable HYPERV_LAB_POWERSHELL stands in
 * for an empty setting, for development and tests (docs/demo-lab.md).
 */
export function powershellExecutable(): string | undefined {
  const set = read(settings.powershellExecutable);
  if (typeof set === 'string' && set.trim() !== '') return set.trim();
  return environment('HYPERV_LAB_POWERSHELL');
}

export function shutdownDeadlineMs(): number {
  const seconds = read(settings.shutdownTimeoutSeconds);
  return (typeof seconds === 'number' && seconds > 0 ? seconds : defaultShutdownTimeoutSeconds) * 1_000;
}

/** JSON of another lab than the default one, from HYPERV_LAB_SPEC; for development and tests. */
export function labSpecText(): string | undefined {
  return environment('HYPERV_LAB_SPEC');
}

/** HYPERV_LAB_AUTOSTART=1 opens the lab when the view is first shown; `npm start` sets it. */
export function labAutostart(): boolean {
  return environment('HYPERV_LAB_AUTOSTART') === '1';
}
