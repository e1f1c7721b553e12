// The programs by which a person gets into a VM, by their absolute paths: a bare name would be looked for in the working
// directory first on Windows, where a workspace could plant one.
import { win32 } from 'node:path';
import { locatePowerShell } from '../powershell/locate';
import { locateSsh } from '../powershell/locateSsh';

/** @throws SessionError when this computer has no ssh or PowerShell */
export function connectProgram(
  program: 'vmconnect' | 'mstsc' | 'ssh' | 'powershell',
  env: NodeJS.ProcessEnv = process.env,
  arch: NodeJS.Architecture = process.arch,
): string {
  switch (program) {
    case 'ssh':
      return locateSsh();
    case 'powershell':
      return locatePowerShell();
    case 'vmconnect':
    case 'mstsc': {
      const root = env['SystemRoot'] ?? env['windir'] ?? 'C:\\Windows';
      // A 32-bit process finds the real System32, where Virtual Machine Connection is, by the name Sysnative only.
      return win32.join(root, arch === 'ia32' ? 'Sysnative' : 'System32', `${program}.exe`);
    }
  }
}

/**
 * Brings the window of Virtual Machine Connection to the front which somebody opened for the VM whose id the variable
 * names; exit code 0 when there is one. Constant: the id is data.
 */
export const focusScript = (variable: string): string =>
  [
    "$ErrorActionPreference = 'Stop'",
    `$id = [guid]$env:${variable}`,
    `$open = @(CimCmdlets\\Get-CimInstance -ClassName Win32_Process -Filter "Name='vmconnect.exe'" | Where-Object { $_.CommandLine -like ('*' + $id.ToString('D') + '*') })`,
    'if ($open.Length -eq 0) { exit 1 }',
    '$shell = New-Object -ComObject WScript.Shell',
    'if ($shell.AppActivate([int]$open[0].ProcessId)) { exit 0 }',
    'exit 1',
  ].join('; ');
