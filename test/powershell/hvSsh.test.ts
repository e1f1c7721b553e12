// `npm run hv -- --ssh` against a real SSH server on the loopback interface, whose powershell.exe finds the modules of a
// Hyper-V host by itself, as on Windows.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { farHost } from '../support/farHost';
import { labGuid } from '../support/labHost';
import { isAlive, until } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd, type LinkOptions } from '../support/sshd';

const client = path.resolve('out/hv.js');
const spec = {
  hosts: [
    {
      name: 'FAR01',
      vms: [
        { name: 'z\u00fcrich', id: labGuid(1), state: 'off' },
        { name: 'db', id: labGuid(2) },
      ],
    },
  ],
};

interface Refusal {
  readonly error: { readonly reason: string; readonly what: string; readonly nextStep: string };
}

describe('hv over ssh', function () {
  this.timeout(120_000);
  let folder: string;
  let server: TestSshd;

  before(async function () {
    const program = sshdOrSkip(this);
    folder = mkdtempSync(path.join(tmpdir(), 'far-host-'));
    server = new TestSshd(program, farHost(folder, spec));
    await server.start();
  });
  after(async () => {
    await (server as TestSshd | undefined)?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Nothing of this computer's own PowerShell is used. */
  const env = { ...process.env, HYPERV_LAB_POWERSHELL: '/nowhere/powershell' };

  function way(options?: LinkOptions): string[] {
    const { target, configFile } = server.way(options);
    return ['--ssh', `${target.user}@${target.host}:${target.port}`, '--ssh-config', configFile];
  }

  function hv(args: string[], options?: LinkOptions): Promise<{ code: number; out: string; complaint: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [client, ...args, ...way(options)], { env }, (error, out, complaint) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, complaint });
      });
    });
  }

  it('prints the inventory of the far host, and leaves no connection behind', async () => {
    const { code, out, complaint } = await hv(['inventory']);
    assert.deepEqual([code, complaint], [0, '']);
    const { host, vms } = JSON.parse(out) as { host: unknown; vms: { name: string; state: string }[] };
    assert.deepEqual(host, { id: 'ssh', name: '127.0.0.1', kind: 'ssh' });
    assert.deepEqual(
      vms.map(({ name, state }) => [name, state]),
      [
        ['db', 'running'],
        ['z\u00fcrich', 'off'],
      ],
    );
    await until(() => server.connections().length === 0);
  });

  it('changes the far host, which is the same one for all requests of a session', async () => {
    const child = spawn(process.execPath, [client, '-', ...way()], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const requests = [
      { method: 'vm.start', params: { id: labGuid(1) } },
      { method: 'service.set', params: { id: labGuid(1), service: 'timeSynchronization', enabled: false } },
      { method: 'vm.read', params: { id: labGuid(1) } },
    ];
    child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
    const answers: { result: { vm: { state: string; services: Record<string, { enabled: boolean }> } } }[] = [];
    for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line) as never);
    if (child.exitCode === null) await once(child, 'exit');
    assert.equal(child.exitCode, 0);
    // The change runs in another runspace than the read: both look at one world.
    const vm = answers[2]?.result.vm;
    assert.notEqual(vm?.state, 'off');
    assert.equal(vm?.services['timeSynchronization']?.enabled, false);
  });

  it('says why a host cannot be reached, with the next step', async () => {
    const reasons: [LinkOptions, string][] = [
      [{ key: 'stranger' }, 'signInRefused'],
      [{ knows: 'nothing' }, 'hostKeyUnknown'],
      [{ knows: 'another' }, 'hostKeyChanged'],
      [{ host: 'no-such-computer.invalid' }, 'hostUnreachable'],
    ];
    for (const [options, reason] of reasons) {
      const { code, out } = await hv(['inventory'], options);
      assert.equal(code, 2);
      const { error } = JSON.parse(out) as Refusal;
      assert.equal(error.reason, reason);
      assert.notEqual(error.what, '');
      assert.notEqual(error.nextStep, '');
    }
  });

  it('ends the far PowerShell when it is ended itself', async () => {
    const child = spawn(process.execPath, [client, '-', ...way()], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(`${JSON.stringify({ method: 'vm.read', params: { id: labGuid(2) } })}\n`);
    await once(child.stdout, 'data');
    const connections = server.connections();
    assert.equal(connections.length, 1);
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    assert.deepEqual(await exited, [0, null]);
    await until(() => !connections.some(isAlive));
  });
});
