// Settings and environment variables, typed. Read at each use: a change counts from then on.
import * as vscode from 'vscode';
import { parseProbeFacts } from './domain/readiness';
import type { ProbeFacts } from './domain/readiness';
import { parseGrouping } from './domain/vmGrouping';
import type { GroupBy, Grouping } from './domain/vmGrouping';
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

/**
 * The hosts as the person wrote them, which may be anything. Never from a workspace or folder, where an entry would lead
 * sessions, and passwords, to a computer of somebody else's choice.
 */
export function hostsSetting(): unknown {
  return vscode.workspace.getConfiguration().inspect(settings.hosts)?.globalValue;
}

/** Rejects when the settings cannot be written. */
export async function writeHostsSetting(hosts: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration().update(settings.hosts, hosts, vscode.ConfigurationTarget.Global);
}

export function onDidChangeHostsSetting(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(settings.hosts)) listener();
  });
}

export function shutdownDeadlineMs(): number {
  const seconds = read(settings.shutdownTimeoutSeconds);
  return (typeof seconds === 'number' && seconds > 0 ? seconds : defaultShutdownTimeoutSeconds) * 1_000;
}

export const groupingSetting = {
  read: (): Grouping => parseGrouping(read(settings.groupsBy), read(settings.groupsAbove)),

  /** Where it counts: a workspace that has a choice of its own gets the new one. Rejects when it cannot be written. */
  write: async (by: GroupBy): Promise<void> => {
    const configuration = vscode.workspace.getConfiguration();
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const isOwn = configuration.inspect(settings.groupsBy)?.workspaceValue !== undefined;
    await configuration.update(settings.groupsBy, by, isOwn ? Workspace : Global);
  },

  onDidChange: (listener: () => void): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settings.groupsBy) || change.affectsConfiguration(settings.groupsAbove))
        listener();
    }),
};

/** Whether a VM that lost contact is told of in a notification. */
export function heartbeatNotify(): boolean {
  return read(settings.heartbeatNotify) === true;
}

/** Whether consoles are shown as pictures. */
export function thumbnailsShow(): boolean {
  return read(settings.thumbnailsShow) !== false;
}

/** JSON of another lab than the default one, from HYPERV_LAB_SPEC; for development and tests. */
export function labSpecText(): string | undefined {
  return environment('HYPERV_LAB_SPEC');
}

/** HYPERV_LAB_AUTOSTART=1 opens the lab when the view is first shown; `npm start` sets it. */
export function labAutostart(): boolean {
  return environment('HYPERV_LAB_AUTOSTART') === '1';
}

/**
 * What stands in for the platform and for a look at this computer's Hyper-V, from HYPERV_LAB_PROBE: one object, or a
 * list with one for each read. For development and tests.
 * @throws SyntaxError when it is not JSON
 */
export function labProbes(): readonly ProbeFacts[] | undefined {
  const text = environment('HYPERV_LAB_PROBE');
  if (text === undefined) return undefined;
  const seen: unknown = JSON.parse(text);
  return (Array.isArray(seen) ? (seen as readonly unknown[]) : [seen]).map((facts) => {
    const { platform } = (facts ?? {}) as { platform?: NodeJS.Platform };
    return parseProbeFacts(facts, platform ?? process.platform);
  });
}

/** Where the extension runs, or is to believe so. */
export function hostPlatform(): NodeJS.Platform {
  return labProbes()?.[0]?.platform ?? process.platform;
}
