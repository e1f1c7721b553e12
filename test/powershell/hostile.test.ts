import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../src/hyperv/api';
import type { MethodSpec, Parameters } from '../../src/powershell/methods';
import { labForSuite, labGuid, labVmId, refused } from '../support/labHost';

const table: Readonly<Record<string, MethodSpec>> = methods;
const victim = labVmId(1);

describe('hostile text as every parameter', () => {
  const lab = labForSuite({ hosts: [{ name: 'HV', vms: [{ name: 'victim', id: labGuid(1) }] }], timeScale: 100 });
  let folder: string;
  let canary: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'canary-'));
    canary = join(folder, 'canary');
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function hostileTexts(): string[] {
    const plant = `[IO.File]::WriteAllText('${canary}', 'x')`;
    return [
      '',
      ' ',
      '*',
      '[a-z]*?',
      `$(${plant})`,
      `"; ${plant}; "`,
      `'; ${plant}; '`,
      `\u2019; ${plant}; \u2018`,
      `\u201d; ${plant}; \u201c`,
      `\`n${plant}\n\n${plant}\r\n`,
      `{ ${plant} }`,
      `@{ a = ${plant} }`,
      `${victim}' OR Name LIKE '%`,
      `${victim}\n`,
      `${victim} `,
      `{${victim}} ; ${plant}`,
      'shutdown\0',
      'shutdown,vss',
      '-Force',
      '-ErrorAction:Ignore',
      '2024-01-01T00:00:00Z',
      '/Date(0)/',
      '__proto__',
      'constructor',
      '\ud800',
      '\u2028\u2029\ufeff',
      'x'.repeat(500_000),
    ];
  }

  for (const [method, spec] of Object.entries(table)) {
    for (const name of Object.keys(spec.parameters)) {
      it(`${method} takes no nonsense as ${name}`, async () => {
        const good: Parameters = {
          ...('id' in spec.parameters && { id: victim }),
          ...('jobId' in spec.parameters && { jobId: labGuid(2) }),
          ...('service' in spec.parameters && { service: 'vss' }),
          ...('enabled' in spec.parameters && { enabled: true }),
        };
        for (const text of hostileTexts()) {
          const outcome = await lab.client.call(method, { ...good, [name]: text }).then(
            () => 'answered',
            (error: unknown) => (error as { reason?: string }).reason,
          );
          assert.equal(outcome, 'badRequest', JSON.stringify(text.slice(0, 80)));
        }
        assert.equal(existsSync(canary), false);
        await lab.client.call('lab.reset', {});
        assert.equal((await lab.client.readVm(victim)).state, 'running');
      });
    }
  }

  it('parameters that nobody listed are refused', async () => {
    for (const name of ['ErrorAction', 'OutVariable', 'Confirm', 'WhatIf', 'Verbose', 'counter', 'Id', '__proto__']) {
      const parameters = { id: victim, ...(JSON.parse(`{"${name}":"x"}`) as Parameters) };
      await refused(lab.client.call('vm.turnOff', parameters), 'badRequest');
    }
    assert.equal((await lab.client.readVm(victim)).state, 'running');
  });

  it('a missing parameter is refused, not asked for', async () => {
    await refused(lab.client.call('vm.turnOff', {}), 'badRequest');
    await refused(lab.client.call('service.set', { id: victim }), 'badRequest');
  });

  it('functions that are no methods cannot be called', async () => {
    for (const name of [
      'Stop-HvVm',
      'Set-HvPowerState',
      'Get-Process',
      'Invoke-Expression',
      'constructor',
      '',
      'vm.read; exit',
    ]) {
      await refused(lab.client.call(name, { id: victim }), 'badRequest');
    }
    assert.equal((await lab.client.readVm(victim)).state, 'running');
  });

  it('the name of a VM can be anything', async () => {
    for (const text of hostileTexts().filter(
      (name) => name.trim() !== '' && name.length < 1_000 && name !== '\ud800',
    )) {
      await lab.client.call('lab.touch', { action: 'rename', id: victim, name: text });
      assert.equal((await lab.client.readVm(victim)).name, text);
      assert.equal((await lab.client.inventory()).vms[0]?.name, text);
    }
    assert.equal(existsSync(canary), false);
  });
});
