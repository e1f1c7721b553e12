// A real PSSession to another process of this computer. `ssh` is a script here that starts PowerShell's remoting server
// without any network, since WinRM exists on Windows only; beside the opening, the commands are those of WinRM.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import remote from '../../src/powershell/host/remote.ps1';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import type { SessionOptions } from '../../src/powershell/session';
import { explainWinRmExit } from '../../src/powershell/winrmFailure';
import { enginePath, type Harness } from './sessionHarness';
import { skipUnless } from './skip';

/** Leaves the test out where the script could not run. */
export function psrpOrSkip(context: Mocha.Context): void {
  skipUnless(context, process.platform !== 'win32', 'a script stands in for ssh, which Windows would not start');
}

/** Files in the folder: `server` holds the number of the process that serves the session. */
export function psrpSession(harness: Harness): Pick<SessionOptions, 'launch' | 'remote'> & { transport: string } {
  const bin = harness.path('bin');
  mkdirSync(bin, { recursive: true });
  const server = harness.path('server');
  const script = ['#!/bin/sh', `echo $$ > '${server}'`, `exec '${enginePath()}' ${serverArguments()}`, ''];
  writeFileSync(join(bin, 'ssh'), script.join('\n'));
  chmodSync(join(bin, 'ssh'), 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  const launch = localLaunchSpec({ executable: enginePath(), cwd: harness.folder, env });
  const open = [
    'function Open-SessionRemote {',
    'param($Target, $Credential)',
    'return Microsoft.PowerShell.Core\\New-PSSession -HostName $Target.computerName -UserName nobody -ErrorAction Stop',
    '}',
  ];
  return {
    launch: { ...launch, explainExit: explainWinRmExit },
    remote: { target: { host: 'localhost' }, signIn: { run: (attempt) => attempt(undefined) } },
    transport: [remote, ...open].join('\n'),
  };
}

/** The stand-in for pwsh has no such argument, but the same server inside. */
function serverArguments(): string {
  if (!basename(enginePath()).includes('engine')) return '-sshs -NoLogo -NoProfile';
  const run = [
    '$server = [psobject].Assembly.GetType("System.Management.Automation.Remoting.Server.StdIOProcessMediator")',
    '$run = $server.GetMethod("Run", [System.Reflection.BindingFlags]"NonPublic,Static")',
    '[void]$run.Invoke($null, [object[]]@($null, $null, $null, $null, $true))',
  ];
  return `-NoProfile -NonInteractive -Command '${run.join('; ')}'`;
}
