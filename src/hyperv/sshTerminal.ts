// ssh in a terminal of the window that stays when ssh fails: VS Code closes one whose program has ended, and nobody could
// read why. Programs by their absolute paths; what is run is constant, and everything else travels as data.
import { locatePowerShell } from '../powershell/locate';

export interface TerminalProgram {
  readonly executable: string;
  readonly args: readonly string[];
  /** Variables beside those of the window. */
  readonly env: Readonly<Record<string, string>>;
}

/** 255 is what ssh itself ends with when it fails; any other number is the one of the shell over there (ssh(1)). */
const posixScript = [
  'hint=$1',
  'shift',
  '"$@"',
  'status=$?',
  '[ "$status" -eq 255 ] || exit "$status"',
  String.raw`printf '\n%s ' "$hint"`,
  'read -r _',
].join('; ');

/** No quotation marks but single ones, which every way of a command line leaves alone. */
const windowsScript = [
  '[string[]]$arguments = ConvertFrom-Json $env:HYPERV_LAB_ARGUMENTS',
  '& $env:HYPERV_LAB_PROGRAM @arguments',
  'if ($LASTEXITCODE -ne 255) { exit $LASTEXITCODE }',
  "Write-Host ''",
  '[void](Read-Host $env:HYPERV_LAB_HINT)',
].join('; ');

/**
 * @param ssh absolute path and arguments of ssh
 * @param hint for people, below what ssh said when it failed: the next key closes the terminal
 * @throws SessionError on a Windows without PowerShell
 */
export function stayingSsh(
  ssh: Pick<TerminalProgram, 'executable' | 'args'>,
  hint: string,
  platform: NodeJS.Platform = process.platform,
  powerShell: () => string = locatePowerShell,
): TerminalProgram {
  if (platform !== 'win32') {
    return { executable: '/bin/sh', args: ['-c', posixScript, 'sh', hint, ssh.executable, ...ssh.args], env: {} };
  }
  return {
    executable: powerShell(),
    args: ['-NoLogo', '-NoProfile', '-Command', windowsScript],
    env: {
      HYPERV_LAB_PROGRAM: ssh.executable,
      HYPERV_LAB_ARGUMENTS: JSON.stringify(ssh.args),
      HYPERV_LAB_HINT: hint,
    },
  };
}
