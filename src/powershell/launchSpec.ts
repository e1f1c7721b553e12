// The command line of a local session.
import type { LaunchSpec } from './launcher';

export interface LocalLaunch {
  /** Absolute path of PowerShell, from locate.ts. */
  readonly executable: string;
  /** A folder of ours that exists, never a workspace. */
  readonly cwd: string;
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * `-NoProfile`: profiles print and take seconds. `-NonInteractive`: a prompt would read our frames as its answer.
 * Execution policy exists on Windows only. Short, constant and without Base64 on purpose: virus scanners judge the
 * shape of a command line (PowerShell/vscode-powershell#4561).
 */
export function localLaunchSpec({
  executable,
  cwd,
  platform = process.platform,
  env = process.env,
}: LocalLaunch): LaunchSpec {
  const policy = platform === 'win32' ? ['-ExecutionPolicy', 'Bypass'] : [];
  return {
    executable,
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy],
    cwd,
    env: shellEnvironment(env, isWindowsPowerShell(executable)),
    parentPid: process.pid,
  };
}

function isWindowsPowerShell(executable: string): boolean {
  return /[\\/]powershell\.exe$/i.test(executable);
}

/** How a child Node or Electron starts; nothing a PowerShell needs. */
const editorVariables = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE'];

/**
 * Everything the editor has, except the editor's own variables; no escape sequences, and none of the usage reports
 * which PowerShell 7 sends on its own.
 * @param windowsPowerShell An editor started from PowerShell 7 hands its module path down, where Windows PowerShell finds
 *   the core modules of 7 and fails to load them; without the variable it makes its own (PowerShell/PowerShell#27774).
 */
export function shellEnvironment(env: NodeJS.ProcessEnv, windowsPowerShell = false): NodeJS.ProcessEnv {
  const dropped = new Set(windowsPowerShell ? [...editorVariables, 'PSMODULEPATH'] : editorVariables);
  // The names of process.env ignore letter case on Windows; those of a copy do not.
  const kept = Object.entries(env).filter(([name]) => !dropped.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', TERM: 'dumb', POWERSHELL_TELEMETRY_OPTOUT: '1' };
}
