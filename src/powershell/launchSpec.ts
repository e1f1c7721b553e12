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
  return { executable, args: ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy], cwd, env: shellEnvironment(env) };
}

/**
 * Everything the editor has, except what would change how a child Node or Electron starts; no escape sequences, and
 * none of the usage reports which PowerShell 7 sends on its own.
 */
export function shellEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const copy: NodeJS.ProcessEnv = { ...env, NO_COLOR: '1', TERM: 'dumb', POWERSHELL_TELEMETRY_OPTOUT: '1' };
  delete copy['NODE_OPTIONS'];
  delete copy['ELECTRON_RUN_AS_NODE'];
  return copy;
}
