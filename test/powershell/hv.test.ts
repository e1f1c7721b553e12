import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { labGuid } from '../support/labHost';

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built client, as `npm run hv` runs it. */
async function hv(args: readonly string[], input = ''): Promise<Run> {
  const child = spawn(process.execPath, [resolve('out/hv.js'), ...args], { stdio: 'pipe' });
  const exited = new Promise<number | null>((done) => child.once('close', done));
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, stdout, stderr };
}

const lab = JSON.stringify({
  hosts: [
    { name: 'A', vms: [{ name: 'only', id: labGuid(1), state: 'off' }] },
    {
      name: 'B',
      vms: [
        { name: 'z', id: labGuid(2) },
        { name: 'a', id: labGuid(3) },
        { name: 'a', id: labGuid(4), shutdown: 'locked' },
      ],
    },
  ],
  timeScale: 100,
});

describe('the headless client', () => {
  it('prints one document and nothing else', async () => {
    for (const launcher of ['node-powershell', 'spawn']) {
      const { code, stdout, stderr } = await hv(['inventory', '--lab', lab, '--host', 'B', '--launcher', launcher]);
      assert.equal(code, 0, stderr);
      assert.equal(stderr, '');
      const { host, vms, stats } = JSON.parse(stdout) as {
        host: { name: string };
        vms: { name: string; id: string }[];
        stats: Record<string, number>;
      };
      assert.equal(host.name, 'B');
      assert.deepEqual(
        vms.map(({ id }) => id),
        [labGuid(3), labGuid(4), labGuid(2)],
      );
      assert.deepEqual(Object.keys(stats).sort(), ['bytes', 'cimQueries', 'frames', 'ms']);
    }
  });

  it('answers lines in their order over one session', async () => {
    const lines = [
      { method: 'vm.start', params: { id: labGuid(1) } },
      { sleep: 10 },
      { method: 'nonsense' },
      { method: 'vm.turnOff', params: { id: labGuid(1) } },
      { method: 'inventory', params: {} },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json`;
    const { code, stdout, stderr } = await hv(['-', '--lab', lab], input);
    assert.equal(code, 0, stderr);
    const answers = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            method: string | null;
            result?: { vm?: { state: string } };
            error?: { reason: string };
          },
      );
    assert.deepEqual(
      answers.map(({ method, result, error }) => [method, error?.reason ?? result?.vm?.state]),
      [
        ['vm.start', 'running'],
        ['nonsense', 'badRequest'],
        ['vm.turnOff', 'off'],
        ['inventory', undefined],
        [null, 'badRequest'],
      ],
    );
  });

  it('an answer that is an error is printed as one, with a cause and a next step', async () => {
    const parameters = JSON.stringify({ id: labGuid(4) });
    const { code, stdout } = await hv(['vm.shutDown', '--params', parameters, '--lab', lab, '--host', '1']);
    assert.equal(code, 2);
    const { method, error } = JSON.parse(stdout) as { method: string; error: Record<string, string> };
    assert.equal(method, 'vm.shutDown');
    assert.equal(error['reason'], 'guestLocked');
    assert.ok(error['what'] && error['nextStep']);
  });

  it('a fault of the caller goes to stderr', async () => {
    for (const args of [
      [],
      ['inventory', '--lab', '{'],
      ['inventory', '--lab', '{"hosts":7}'],
      ['inventory', '--lab', '{}', '--host', 'nowhere'],
    ]) {
      const { code, stdout, stderr } = await hv(args);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^hv: /);
    }
  });

  it('help is not an error', async () => {
    const { code, stdout } = await hv(['--help']);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: hv /);
  });
});
