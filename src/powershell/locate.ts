// Finds the PowerShell of this machine. Only absolute paths leave: a bare name would be searched in the working
// directory first on Windows, where a workspace could plant one.
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { SessionError } from './errors';

export interface LocateOptions {
  /** The setting's value; empty means that we choose. */
  readonly configured?: string | undefined;
  readonly platform?: NodeJS.Platform;
  readonly arch?: NodeJS.Architecture;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether a path is a file that may be run. */
  readonly isExecutable?: (path: string) => boolean;
}

/** Where the packages of PowerShell 7 install it when they cannot put it on PATH (learn.microsoft.com, "Install PowerShell"). */
const knownPlaces = [
  '/usr/bin/pwsh',
  '/usr/local/bin/pwsh',
  '/opt/microsoft/powershell/7/pwsh',
  '/snap/bin/pwsh',
  '/opt/homebrew/bin/pwsh',
];

/**
 * On Windows it is Windows PowerShell 5.1, which every Hyper-V host has and its Hyper-V module was made for; elsewhere pwsh.
 * @returns an absolute path
 * @throws SessionError `powershellMissing`
 */
export function locatePowerShell({
  configured = '',
  platform = process.platform,
  arch = process.arch,
  env = process.env,
  isExecutable = isExecutableFile,
}: LocateOptions = {}): string {
  const paths = platform === 'win32' ? win32 : posix;
  const wanted = configured.trim();
  if (wanted !== '') {
    if (paths.isAbsolute(wanted) && isExecutable(wanted)) return wanted;
    throw new SessionError('powershellMissing', `The configured PowerShell was not found: ${wanted}`);
  }
  const candidates = platform === 'win32' ? windowsCandidates(env, arch) : posixCandidates(env);
  const found = candidates.find((path) => paths.isAbsolute(path) && isExecutable(path));
  if (found === undefined) throw new SessionError('powershellMissing', 'No PowerShell was found on this machine.');
  return found;
}

/** A 32-bit process sees the 32-bit System32, whose PowerShell has no Hyper-V module; Sysnative leads out of there. */
function windowsCandidates(env: NodeJS.ProcessEnv, arch: NodeJS.Architecture): string[] {
  const root = env['SystemRoot'] ?? env['windir'] ?? 'C:\\Windows';
  const places = ['WindowsPowerShell', 'v1.0', 'powershell.exe'];
  const folders = arch === 'ia32' ? ['Sysnative', 'System32'] : ['System32'];
  return folders.map((folder) => win32.join(root, folder, ...places));
}

function posixCandidates(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(':').map((folder) => posix.join(folder, 'pwsh'));
  return [...onPath, ...knownPlaces];
}

/** Whether a path is a file that may be run. */
export function isExecutableFile(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
