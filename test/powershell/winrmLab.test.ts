// The demo lab on another computer: the Hyper-V layer gets the same records as from a host that is here.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { methods } from '../../src/hyperv/api';
import { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { openHost } from '../../src/hyperv/hostSession';
import { noGuests } from '../../src/hyperv/timeClient';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import { systemClock } from '../../src/powershell/clock';
import type { SessionOptions } from '../../src/powershell/session';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { canary } from '../../tools/lib/canary.mjs';
import { FakeCredentials, fakeTransport, remotely } from '../support/fakeRemote';
import { labGuid, labVmId, refused } from '../support/labHost';
import { ManualClock } from '../support/manualClock';
import { enginePath, Harness } from '../support/sessionHarness';

const spec = parseLabSpec({
  seed: 7,
  timeScale: 0.000001,
  hosts: [
    {
      name: 'FAR01',
      vms: [
        { name: "z\u00fcrich '[*]' $(x) \u{1d11e}", id: labGuid(1), state: 'off', notes: 'line\nline \u2028 "<&>"' },
        { name: '2026-01-01T00:00:00Z', id: labGuid(2) },
        { name: '-Force', id: labGuid(3), state: 'saved' },
      ],
    },
  ],
});

describe('a Hyper-V host by WinRM', function () {
  this.timeout(120_000);
  const near = new Harness();
  const far = new Harness();
  const lab = labScript(spec, 0);
  const table = { ...methods, ...lab.methods };
  after(async () => {
    await near.cleanUp();
    await far.cleanUp();
  });

  function client(harness: Harness, options: Partial<SessionOptions>, guests = noGuests): HostClient {
    const script = { functions: hostFunctions, module: 'Hyper-V', prelude: lab.prelude, ...options.script };
    const session = new SupervisedSession({
      methods: table,
      log: harness.log,
      // Its time stands still: on a busy machine, questions whether it is alive would come between the messages.
      create: () => harness.session({ methods: table, clock: new ManualClock(), ...options, script }),
    });
    return new HostClient({ session, methods: table, clock: systemClock, log: harness.log, guests });
  }

  /** What came over the wire, message by message, without what says who answered. */
  function messages(harness: Harness): unknown[] {
    const tokens: string[] = [];
    return harness.log.lines
      .filter((line) => line.startsWith('trace <- ') && !/"method":"hello"|"id":0[,}]/.test(line))
      .map((line) => line.slice('trace <- '.length).replace(/\b[0-9a-f]{32}\b/g, (token) => nth(tokens, token)))
      .map((line) => JSON.parse(line) as unknown);
  }

  /** Each inventory has a token that nobody can foresee. */
  function nth(tokens: string[], token: string): string {
    if (!tokens.includes(token)) tokens.push(token);
    return `token ${tokens.indexOf(token)}`;
  }

  it('gives the same records, changes and errors as one that is here, message by message', async () => {
    const transport = fakeTransport(lab.prelude.text);
    const clients = [
      client(near, {}),
      client(far, { ...remotely(far, 'far'), script: { functions: hostFunctions, transport } }),
    ];
    const canaryFile = far.path('canary');
    for (const host of clients) {
      const { vms } = await host.inventory();
      assert.equal(vms.length, 3);
      await host.call('host.probe', {});
      await host.change('service.set', { id: labVmId(2), service: 'vss', enabled: false });
      await host.change('vm.shutDown', { id: labVmId(2), force: true });
      await host.call('lab.advance', { ms: 60_000 });
      await host.readVm(labVmId(2));
      const pairs = [
        { key: 'plain', value: 'z\u00fcrich \u{1d11e}' },
        { key: 'keys', value: `$([IO.File]::WriteAllText('${canaryFile}','x'))` },
      ];
      const changes = { add: pairs, change: [], remove: [] };
      await host.call('kvp.apply', { id: labVmId(1), pool: 'host', changes }).catch(() => undefined);
      await host.readKvp(labVmId(1));
      await refused(host.change('vm.resume', { id: labVmId(3) }), 'invalidState');
      await refused(host.readVm(labVmId(9)), 'vmNotFound');
      await host.inventory();
    }
    const [here, there] = [messages(near), messages(far)];
    assert.ok(here.length > 10);
    assert.deepEqual(there, here);
    assert.equal(existsSync(canaryFile), false);
    for (const host of clients) await host.stop();
  });

  it('goes into guests from there, with a password that never travels in the clear', async () => {
    const harness = new Harness();
    try {
      const source = new FakeCredentials([{ user: 'LAB\\anna', password: canary }]);
      const script = { functions: hostFunctions, transport: fakeTransport(lab.prelude.text) };
      const guests = { ...noGuests, credentials: () => source };
      const host = client(harness, { ...remotely(harness, 'far'), script }, guests);
      const vm = { id: labVmId(2), name: 'guest' };
      const { signal } = new AbortController();
      const { clock, offset } = await host.clocks.readGuest(vm, { kind: 'powershellDirect' }, signal);
      assert.deepEqual(clock.kind === 'windows' && clock.source, { kind: 'hostService' });
      assert.notEqual(offset, null);
      assert.ok(!harness.log.lines.some((line) => line.includes(canary)));
      await host.stop();
    } finally {
      await harness.cleanUp();
    }
  });

  it('asks the editor for a password, through the options of openHost', async () => {
    const source = new FakeCredentials([{ user: 'LAB\\admin', password: canary }]);
    const host = await openHost(
      { kind: 'winrm', id: 'winrm:far', name: 'far', target: { host: 'needs-password' }, user: 'LAB\\admin' },
      {
        powershell: enginePath(),
        cwd: far.folder,
        log: far.log,
        credentials: () => source,
        winrm: { transport: fakeTransport(), platform: 'win32' },
      },
    );
    // There is no Hyper-V over there; what matters is that somebody answered.
    await refused(host.inventory(), 'moduleMissing');
    assert.equal(source.asked, 1);
    assert.equal(source.kept?.user, 'LAB\\admin');
    await host.stop();
  });

  it('is not tried anywhere but on Windows', async () => {
    const definition = { kind: 'winrm', id: 'winrm:far', name: 'far', target: { host: 'far' } } as const;
    const winrm = { transport: fakeTransport(), platform: 'linux' } as const;
    const host = await openHost(definition, { powershell: enginePath(), cwd: far.folder, log: far.log, winrm });
    await refused(host.inventory(), 'winrmMissing');
    await host.stop();
  });
});
