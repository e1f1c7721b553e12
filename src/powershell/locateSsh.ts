// Finds the ssh of this computer. As in locate.ts only absolute paths leave.
import { posix, win32 } from 'node:path';
import { SessionError } from './errors';
import { isExecutableFile } from './locate';

export interface LocateSshOptions {
  readonly platform?: NodeJS.Platform;
  readonly arch?: NodeJS.Architecture;
  readonly env?: NodeJS.ProcessEnv;
  readonly isExecutable?: (path: string) => boolean;
}

/**
 * On Windows the one that is part of it: another one on PATH (of Git, of Cygwin) knows neither its agent nor its paths.
 * @returns an absolute path
 * @throws SessionError `powershellMissing` with the cause `sshMissing`
 */
export function locateSsh({
  platform = process.platform,
  arch = process.arch,
  env = process.env,
  isExecutable = isExecutableFile,
}: LocateSshOptions = {}): string {
  const candidates = platform === 'win32' ? windowsCandidates(env, arch) : posixCandidates(env);
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new SessionError('powershellMissing', 'No ssh was found on this computer.', {
    connection: { cause: 'sshMissing' },
  });
}

/** A 32-bit process finds the real System32, where ssh is, by the name Sysnative only. */
function windowsCandidates(env: NodeJS.ProcessEnv, arch: NodeJS.Architecture): string[] {
  const root = env['SystemRoot'] ?? env['windir'] ?? 'C:\\Windows';
  const folders = arch === 'ia32' ? ['Sysnative', 'System32'] : ['System32'];
  return folders.map((folder) => win32.join(root, folder, 'OpenSSH', 'ssh.exe'));
}

function posixCandidates(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env['PATH'] ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  return [...onPath, '/usr/bin', '/usr/local/bin'].map((folder) => posix.join(folder, 'ssh'));
}
