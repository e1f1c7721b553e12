// A Hyper-V host for the far end of a connection: the demo lab as modules on disk, which any PowerShell finds by their
// names, as it finds the real ones on Windows. Nothing of it comes from the client.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import type { SshdOptions } from './sshd';

/** Loads the lab for all runspaces of the process: they see one simulated world. */
const loadState = [
  '$domain = [System.AppDomain]::CurrentDomain',
  '[System.Threading.Monitor]::Enter($domain)',
  'try {',
  "  $global:HvLabState = $domain.GetData('HvLabState')",
  '  if ($null -eq $global:HvLabState) {',
  '    $text = [System.IO.File]::ReadAllText("$PSScriptRoot/data.json")',
  '    $global:HvLabState = New-SessionPreludeState -Data (ConvertFrom-Json -InputObject $text)',
  "    $domain.SetData('HvLabState', $global:HvLabState)",
  '  }',
  '} finally { [System.Threading.Monitor]::Exit($domain) }',
].join('\n');

/**
 * Writes the modules below `folder`, which exists.
 * @param spec as people write it for `--lab`; the far computer is the lab's first host
 * @returns what makes the far powershell.exe of a TestSshd find them
 */
export function farHost(folder: string, spec: unknown): Pick<SshdOptions, 'profile'> {
  const { prelude } = labScript(parseLabSpec(spec), 0);
  const modules = join(folder, 'Modules');
  const write = (module: string, text: string): void => {
    mkdirSync(join(modules, module), { recursive: true });
    writeFileSync(join(modules, module, `${module}.psm1`), `${text}\n`);
  };
  write('HvLab', `${prelude.text}\n${loadState}`);
  writeFileSync(join(modules, 'HvLab', 'data.json'), JSON.stringify(prelude.data));
  for (const module of ['CimCmdlets', 'Hyper-V'])
    write(module, `Import-Module -Name '${join(modules, 'HvLab')}' -Global\n${moduleBody(prelude.text, module)}`);
  return { profile: `export PSModulePath='${modules}'` };
}

/** What the lab puts into a module of that name. */
function moduleBody(text: string, module: string): string {
  const start = `New-Module -Name '${module}' -ScriptBlock {\n`;
  const from = text.indexOf(start);
  const to = text.indexOf('\n} | Import-Module -Global', from);
  if (from < 0 || to < 0) throw new Error(`The lab has no module ${module}.`);
  return text.slice(from + start.length, to);
}
