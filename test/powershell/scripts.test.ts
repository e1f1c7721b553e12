import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScripts } from '../support/engineScript';
import type { ScriptFacts } from '../support/engineScript';

const folders = ['src/hyperv/host', 'src/powershell/host', 'src/lab'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ps1'))
    .map((name) => join(folder, name)),
);

/** Parameters of the core commands which Windows PowerShell 5.1 does not have. */
const newerParameters = new Set(['AsHashtable', 'AsArray', 'Parallel', 'EnumsAsStrings', 'EscapeHandling', 'DateKind']);
/** Commands that turn text into code. */
const evaluators = new Set(['Invoke-Expression', 'iex', 'Add-Type', 'Invoke-Command']);
/** All that the functions of a Hyper-V host call, besides each other. */
const hostCommands = new Set([
  'CimCmdlets\\Get-CimInstance',
  'CimCmdlets\\Get-CimAssociatedInstance',
  'CimCmdlets\\Invoke-CimMethod',
  'CimCmdlets\\Register-CimIndicationEvent',
  'Hyper-V\\Get-VM',
  'Hyper-V\\Get-VMIntegrationService',
  'Hyper-V\\Get-VMSnapshot',
  'Hyper-V\\Rename-VMSnapshot',
  'Hyper-V\\Set-VM',
  'Hyper-V\\Enable-VMIntegrationService',
  'Hyper-V\\Disable-VMIntegrationService',
  'Send-SessionBatch',
]);
/** Core commands of Windows PowerShell 5.1 that the session and the lab may use as well. */
const coreCommands = new Set([
  'ConvertFrom-Json',
  'ConvertTo-Json',
  'Get-Command',
  'Get-Module',
  'Import-Module',
  'New-Module',
  'Remove-TypeData',
  'Set-StrictMode',
  'Start-Sleep',
  'Update-TypeData',
  'Where-Object',
  'ForEach-Object',
]);
/** They reach another computer, or a guest; one file each may. */
const remotingCommands = new Map([
  [
    join('src', 'powershell', 'host', 'remote.ps1'),
    new Set(['New-PSSessionOption', 'New-PSSession', 'Invoke-Command']),
  ],
  [join('src', 'hyperv', 'host', 'guest.ps1'), new Set(['New-PSSession', 'Invoke-Command', 'Remove-PSSession'])],
]);

describe('the shipped PowerShell scripts', () => {
  const facts = new Map<string, ScriptFacts>();
  before(async function () {
    this.timeout(120_000);
    const found = await parseScripts(files.map((file) => readFileSync(file, 'utf8')));
    for (const [index, one] of found.entries()) facts.set(files[index] ?? '', one);
  });
  const each = (check: (file: string, found: ScriptFacts) => void): void => {
    assert.equal(facts.size, files.length);
    for (const [file, found] of facts) check(file, found);
  };

  it('parse without an error', () => {
    each((file, { errors }) => {
      assert.deepEqual(errors, [], file);
    });
  });

  it('use nothing that Windows PowerShell 5.1 does not understand', () => {
    each((file, { newer, commands }) => {
      assert.deepEqual(newer, [], file);
      for (const { text, parameters } of commands) {
        assert.deepEqual(
          parameters.filter((name) => newerParameters.has(name)),
          [],
          `${file}: ${text}`,
        );
      }
    });
  });

  it('are ASCII', () => {
    for (const file of files) assert.doesNotMatch(readFileSync(file, 'utf8'), /[^\n\t\x20-\x7e]/, file);
  });

  it('turn no text into code', () => {
    each((file, { commands }) => {
      for (const { name } of commands) assert.ok(!evaluators.has(name), `${file}: ${name}`);
      const source = readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '');
      assert.doesNotMatch(source, /\[scriptblock\]::Create|ExpandString|EncodedCommand/i, file);
    });
  });

  it('call known commands only', () => {
    const own = new Set(
      [...facts.values()].flatMap(({ functions }) => functions.map(({ name }) => name.replace(/^\w+:/, ''))),
    );
    each((file, { commands }) => {
      for (const { name } of commands) {
        // Computed: a function named in the method table, or a script block.
        if (name === '') continue;
        const plain = name.replace(/^Microsoft\.PowerShell\.(?:Utility|Management|Core)\\/, '');
        const mayRemote = name !== plain && remotingCommands.get(file)?.has(plain) === true;
        assert.ok(own.has(name) || hostCommands.has(name) || coreCommands.has(plain) || mayRemote, `${file}: ${name}`);
      }
    });
  });

  it('the functions of a Hyper-V host call Hyper-V and CIM by qualified names, and nothing else but each other', () => {
    const host = [...facts].filter(([file]) => file.startsWith(join('src', 'hyperv')));
    const own = new Set(host.flatMap(([, { functions }]) => functions.map(({ name }) => name)));
    const used = new Set<string>();
    for (const [file, { commands }] of host) {
      for (const { name, text, parameters } of commands) {
        const mayRemote = remotingCommands.get(file)?.has(name.replace('Microsoft.PowerShell.Core\\', '')) === true;
        // Computed: a script block of ours.
        assert.ok(name === '' || own.has(name) || hostCommands.has(name) || mayRemote, `${file}: ${text}`);
        assert.ok(!parameters.includes('Force') || name === 'Request-HvGuest', `${file}: ${text} -Force`);
        used.add(name);
      }
    }
    for (const name of hostCommands) assert.ok(used.has(name), `${name} is listed but not used`);
  });
});
