// The demo lab behind a real SSH server: the Hyper-V layer cannot tell it from a host that is here.
import assert from 'node:assert/strict';
import { methods } from '../../src/hyperv/api';
import { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import { systemClock } from '../../src/powershell/clock';
import { sshTimeouts } from '../../src/powershell/sshLaunchSpec';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { labVmId, labGuid } from '../support/labHost';
import { Harness, isAlive, launchers, until } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd } from '../support/sshd';

const spec = parseLabSpec({
  hosts: [
    {
      name: 'FAR01',
      vms: [
        { name: 'z\u00fcrich', id: labGuid(1), state: 'off' },
        { name: 'db', id: labGuid(2) },
      ],
    },
  ],
});

for (const { name, create } of launchers) {
  describe(`a Hyper-V host behind ssh, started by ${name}`, function () {
    this.timeout(120_000);
    let harness: Harness;
    let server: TestSshd;
    let client: HostClient;
    let session: SupervisedSession;

    before(async function () {
      server = new TestSshd(sshdOrSkip(this));
      await server.start();
      harness = new Harness(create());
      const lab = labScript(spec, 0);
      const table = { ...methods, ...lab.methods };
      session = new SupervisedSession({
        methods: table,
        log: harness.log,
        create: () =>
          harness.session({
            launch: server.launchSpec(),
            timeouts: sshTimeouts,
            methods: table,
            script: { functions: hostFunctions, module: 'Hyper-V', prelude: lab.prelude },
          }),
      });
      client = new HostClient({ session, methods: table, clock: systemClock, log: harness.log });
    });
    after(async () => {
      await (client as HostClient | undefined)?.stop();
      await (harness as Harness | undefined)?.cleanUp();
      await (server as TestSshd | undefined)?.dispose();
    });

    it('lists its virtual machines', async () => {
      const { vms, stats } = await client.inventory();
      assert.deepEqual(
        vms.map(({ name: vm, state }) => [vm, state]),
        [
          ['z\u00fcrich', 'off'],
          ['db', 'running'],
        ],
      );
      assert.equal(stats.cimQueries, 15);
    });

    it('carries out a change', async () => {
      const vm = await client.change('vm.start', { id: labVmId(1) });
      assert.notEqual(vm.state, 'off');
    });

    it('is there again after its connection was cut', async () => {
      const pid = session.hello?.pid ?? 0;
      server.cut();
      await until(() => session.state !== 'ready' && !isAlive(pid));
      assert.equal((await client.inventory()).vms.length, 2);
    });
  });
}
