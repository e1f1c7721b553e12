// Why ssh ended, read from what it printed. OpenSSH is not translated; what a system call or a far shell says may be, so
// only the parts that are its own are matched. Pure.
import type { ConnectionCause, ConnectionFailure } from './errors';
import type { ExitInfo } from './launcher';

/** What ssh itself ends with; everything else comes from the far command. */
const ownExitCode = 255;

/** The first pattern that a line fits decides; the order is from the particular to the general. */
const markers: readonly (readonly [RegExp, ConnectionCause])[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .+ has changed and you have requested strict checking/,
    'hostKeyChanged',
  ],
  [/WARNING: REVOKED HOST KEY DETECTED|Host key .+ was revoked/, 'hostKeyChanged'],
  [/host key is known for .+ and you have requested strict checking|Host key verification failed/, 'hostKeyUnknown'],
  [
    /Bad configuration option|[Bb]ad owner or permissions on|Can't open user config file|terminating, \d+ bad configuration options|keyword .+ extra arguments/,
    'configuration',
  ],
  [
    /Permission denied \([^)]*\)|Too many authentication failures|No supported authentication methods available/,
    'permissionDenied',
  ],
  [/Could not resolve hostname/, 'hostNotFound'],
  [/connect to (?:host|address) .+ port \d+: Connection refused/, 'refused'],
  [
    /(?:Connection|Operation) timed out|Timeout, server .+ not responding|connect to (?:host|address) .+ port \d+: (?:No route to host|Network is unreachable)/,
    'timedOut',
  ],
  // Any other reason of a failed connect, in the words of the system.
  [/connect to (?:host|address) .+ port \d+: /, 'timedOut'],
  [
    /Connection (?:closed|reset|to .+ closed)|closed by remote host|Broken pipe|Received disconnect|Disconnected from|kex_exchange_identification|Unable to negotiate/,
    'closed',
  ],
];

/** @param noise lines that were printed, as the session keeps them; @returns undefined when the far PowerShell ran and ended */
export function explainSshExit({ code }: ExitInfo, noise: readonly string[]): ConnectionFailure | undefined {
  // What the far computer prints comes the same way: only stderr is read, and of it what ssh could have said.
  const lines = noise.filter((line) => line.startsWith('stderr: ')).map((line) => line.slice('stderr: '.length));
  if (code !== ownExitCode) return farShellIsMissing(code, lines) ? { cause: 'shellMissing' } : undefined;
  const cause = markers.find(([pattern]) => lines.some((line) => pattern.test(line)))?.[1] ?? 'closed';
  const fingerprint = firstMatch(lines, /\b((?:SHA256|MD5):[A-Za-z0-9+/:=]*[A-Za-z0-9+/=])/);
  const methods = firstMatch(lines, /Permission denied \(([^)]*)\)/);
  return {
    cause,
    ...(fingerprint !== undefined && { fingerprint }),
    ...(methods !== undefined && cause === 'permissionDenied' && { methods }),
  };
}

/** cmd, PowerShell and POSIX shells each say it in their own words and language, but all of them name the program. */
function farShellIsMissing(code: number | null, lines: readonly string[]): boolean {
  return code === 127 || (code === 1 && lines.some((line) => /powershell\.exe/i.test(line)));
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
