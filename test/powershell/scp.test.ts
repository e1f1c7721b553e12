import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { scpCommand } from '../../src/commands/files/sshWay';
import { enginePath } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd } from '../support/sshd';
import { makeVm } from '../support/vms';

/** Of the block for documentation (RFC 5737), which the ssh configuration leads to the server of the test. */
const address = '192.0.2.7';
const guest = makeVm({ guest: { ...makeVm().guest, osName: 'Ubuntu', addresses: [address] } });

describe('The scp command, pasted into PowerShell', () => {
  it('names the files as they are called', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hyperv-scp-'));
    const sources = ["C:\\it's \u2018x\u2019 \u201a\u201b", 'C:\\$(exit) `n $HOME\\[a]; & %OS% @x', '\\\\srv\\s\\-rf'];
    const script = path.join(folder, 'pasted.ps1');
    const command = scpCommand(guest, sources, 'win32') ?? assert.fail('there is no command');
    await writeFile(script, `function scp { ConvertTo-Json -Compress -InputObject @($args) }\n${command}\n`);
    const { stdout } = await promisify(execFile)(enginePath(), ['-NoProfile', '-NonInteractive', '-File', script]);
    assert.deepEqual(JSON.parse(stdout), ['-r', ...sources, `user@${address}:/tmp/`]);
    await rm(folder, { recursive: true });
  });
});

describe('The scp command, run as a person runs it', function () {
  let sshd: TestSshd | undefined;
  let folder: string;
  before(async function () {
    sshd = new TestSshd(sshdOrSkip(this));
    await sshd.start();
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-scp-'));
  });
  after(async () => {
    if (sshd === undefined) return;
    await sshd.dispose();
    await rm(folder, { recursive: true });
  });

  it('copies files and folders whatever their names are', async () => {
    const odd = `it's "${path.basename(folder)}" $(touch x) [a]`;
    const names = ['-rf', "`y`; & '.txt", 'a:b', '$HOME', '*', 'größe %OS%', ' blank '];
    await mkdir(path.join(folder, odd, 'deeper'), { recursive: true });
    for (const name of names) await writeFile(path.join(folder, odd, 'deeper', name), name);
    const file = `${odd}: file`;
    await writeFile(path.join(folder, file), 'x');

    const { target, configFile } = sshd?.way() ?? assert.fail('there is no server');
    const config = path.join(folder, 'config');
    const way = [`Host ${address}`, '  HostName 127.0.0.1', `  Port ${target.port}`, `Include "${configFile}"`];
    await writeFile(config, `${way.join('\n')}\n`);
    const sources = [odd, file].map((name) => path.join(folder, name));
    const command = scpCommand(guest, sources, 'linux') ?? assert.fail('there is no command');
    // What the person does with it, and the sign-in of the test.
    const typed = command.replace('user@', `${target.user}@`).replace('scp ', `scp -F '${config}' `);
    try {
      await promisify(execFile)('sh', ['-c', typed], { cwd: folder });
      assert.deepEqual((await readdir(path.join('/tmp', odd, 'deeper'))).sort(), [...names].sort());
      assert.equal(await readFile(path.join('/tmp', odd, 'deeper', 'a:b'), 'utf8'), 'a:b');
      assert.equal(await readFile(path.join('/tmp', file), 'utf8'), 'x');
      assert.deepEqual((await readdir(folder)).sort(), [odd, file, 'config'].sort());
    } finally {
      for (const name of [odd, file]) await rm(path.join('/tmp', name), { recursive: true, force: true });
    }
  });
});
