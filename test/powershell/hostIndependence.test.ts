// Two hosts of one window, each with its own process: whatever one of them hangs in, the other is read, changed and
// stopped meanwhile, and the one that hangs still ends by its own deadline and comes back by its own retry.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HyperVErrorReason } from '../../src/domain/errors';
import { methods } from '../../src/hyperv/api';
import { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { HostService } from '../../src/hyperv/hostService';
import { HostStore } from '../../src/hyperv/hostStore';
import type { HostId } from '../../src/hyperv/hosts';
import type { SshHostDefinition } from '../../src/hyperv/sshHost';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import { systemClock, type Clock } from '../../src/powershell/clock';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import type { LaunchSpec } from '../../src/powershell/launcher';
import { locateSsh } from '../../src/powershell/locateSsh';
import { sshLaunchSpec, sshTimeouts } from '../../src/powershell/sshLaunchSpec';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { labGuid, labVmId } from '../support/labHost';
import { ManualClock } from '../support/manualClock';
import { enginePath, Harness, isAlive, misbehavingShell, until } from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

const spec = parseLabSpec({ hosts: [{ name: 'HV01', vms: [{ name: 'db', id: labGuid(1), state: 'off' }] }] });
const lab = labScript(spec, 0);
const table = { ...methods, ...lab.methods };

function definition(id: HostId): SshHostDefinition {
  return { kind: 'ssh', id, name: id, target: { host: id } };
}

describe('a host that hangs', function () {
  this.timeout(120_000);
  let harness: Harness;
  let store: HostStore;
  let service: HostService;
  let closers: (() => void)[];
  /** What the next session of the hanging host starts, and the clock by which it waits. */
  let hanging: LaunchSpec;
  let clock: ManualClock;

  beforeEach(() => {
    harness = new Harness();
    closers = [];
    clock = new ManualClock();
    store = new HostStore();
    service = new HostService({
      store,
      clock: systemClock,
      connect: ({ id }) =>
        Promise.resolve(id === 'hanging' ? client(() => hanging, clock) : client(healthy, systemClock)),
    });
    service.addHost(definition('hanging'));
    service.addHost(definition('healthy'));
  });
  afterEach(async () => {
    const disposed = service.dispose();
    await passing(disposed);
    await harness.cleanUp();
    for (const close of closers) close();
  });

  function healthy(): LaunchSpec {
    return localLaunchSpec({ executable: enginePath(), cwd: harness.folder });
  }

  function client(launch: () => LaunchSpec, time: Clock): HostClient {
    const session = new SupervisedSession({
      methods: table,
      log: harness.log,
      clock: time,
      create: () =>
        harness.session({
          launch: launch(),
          timeouts: sshTimeouts,
          clock: time,
          methods: table,
          script: { functions: hostFunctions, module: 'Hyper-V', prelude: lab.prelude },
        }),
    });
    return new HostClient({ session, methods: table, clock: time, log: harness.log });
  }

  /** Lets the hanging host's time pass until this has settled. */
  async function passing(work: Promise<unknown>): Promise<void> {
    const pending = watched(work);
    while (pending()) {
      await clock.advance(1_000);
      await sleep(1);
    }
  }

  /** No process is left: one that a deadline gave up ends, and one that only left a request unanswered is ended here. */
  async function mended(reason: HyperVErrorReason): Promise<void> {
    const alive = (): (number | undefined)[] =>
      harness.launcher.processes.map(({ pid }) => pid).filter((pid) => pid !== undefined && isAlive(pid));
    if (reason === 'timeout') {
      for (const pid of alive()) process.kill(pid ?? 0, 'SIGKILL');
      await until(() => harness.log.lines.some((line) => line.startsWith('warn session failed (lost)')));
    }
    await passing(until(() => alive().length === 0));
  }

  /** Whether `work` is under way still, after all that was to happen meanwhile. */
  function watched(work: Promise<unknown>): () => boolean {
    let pending = true;
    const settle = (): void => void (pending = false);
    work.then(settle, settle);
    return () => pending;
  }

  const status = (id: HostId): string | undefined => store.host(id)?.status.kind;

  /** Everything a person does with the healthy host. @returns its process, which has ended by then */
  async function useHealthy(): Promise<void> {
    await service.refresh('healthy');
    assert.equal(status('healthy'), 'ready');
    assert.equal(store.vm('healthy', labVmId(1))?.state, 'off');
    const started = await service.change('healthy', 'vm.start', { id: labVmId(1) });
    assert.notEqual(started.state, 'off');
    const { pid } = harness.launcher.processes.at(-1) ?? {};
    await service.setRemoteHosts([definition('hanging')]);
    assert.equal(store.host('healthy'), undefined);
    assert.ok(pid !== undefined && !isAlive(pid));
  }

  async function listening(): Promise<Server> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      // Until a server has greeted, ssh ends by itself after 15 seconds of its own clock, which a busy machine may need.
      socket.write('SSH-2.0-silent\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return server;
  }

  const phases: {
    readonly name: string;
    readonly reason: HyperVErrorReason;
    /** Makes the launch, and says how to know that the host hangs there. */
    readonly hang: (context: Mocha.Context) => Promise<{ launch: LaunchSpec; reached: () => boolean }>;
  }[] = [
    {
      name: 'the connection, to a server that greets and says nothing more',
      reason: 'sessionFailed',
      hang: async (context) => {
        let executable = '';
        try {
          executable = locateSsh();
        } catch {
          skipUnless(context, false, 'there is no ssh');
        }
        const server = await listening();
        const { port } = server.address() as AddressInfo;
        const configFile = harness.path('config');
        writeFileSync(configFile, 'Host *\nIdentityAgent none\n');
        let connected = false;
        server.once('connection', () => (connected = true));
        const target = { host: '127.0.0.1', port };
        return {
          launch: sshLaunchSpec({ executable, target, configFile, cwd: harness.folder }),
          reached: () => connected,
        };
      },
    },
    { name: 'the first question', reason: 'sessionFailed', hang: misbehaving('silentInProbe', 'launched') },
    { name: 'the start of our script', reason: 'sessionFailed', hang: misbehaving('neverGreets', 'launched') },
    { name: 'a request', reason: 'timeout', hang: misbehaving('answersNothingButPings', 'asked') },
  ];

  function misbehaving(scenario: string, reached: 'launched' | 'asked') {
    return (): Promise<{ launch: LaunchSpec; reached: () => boolean }> =>
      Promise.resolve({
        launch: misbehavingShell(scenario, harness.folder),
        reached: () =>
          reached === 'launched'
            ? harness.launcher.processes.length === 1
            : harness.log.lines.some((line) => /^debug -> \d+ inventory/.test(line)),
      });
  }

  for (const { name, reason, hang } of phases) {
    it(`in ${name} holds up no other; it has its own deadline and its own retry`, async function () {
      const { launch, reached } = await hang(this);
      hanging = launch;
      const reading = service.refresh('hanging');
      const pending = watched(reading);
      await until(reached);
      await useHealthy();
      assert.ok(pending());
      assert.equal(status('hanging'), 'connecting');
      await passing(reading);
      const failed = store.host('hanging')?.status;
      assert.equal(failed?.kind === 'failed' && failed.error.reason, reason);
      hanging = healthy();
      await mended(reason);
      // Its clock stands still: nothing is waited for but the process.
      await service.retry('hanging');
      assert.equal(status('hanging'), 'ready');
      assert.equal(store.host('hanging')?.vms.size, 1);
    });
  }

  it('in its own end holds up no other', async () => {
    hanging = misbehavingShell('ignoresTheEnd', harness.folder);
    const reading = service.refresh('hanging');
    await until(() => harness.log.lines.some((line) => /^debug -> \d+ inventory/.test(line)));
    const ending = service.setRemoteHosts([definition('healthy')]);
    const pending = watched(ending);
    assert.equal(store.host('hanging'), undefined);
    await service.refresh('healthy');
    await service.change('healthy', 'vm.start', { id: labVmId(1) });
    await service.setRemoteHosts([]);
    assert.ok(pending());
    await passing(ending);
    await reading;
    // The clock runs faster than the system can end a process.
    await until(() => harness.launcher.processes.every(({ pid }) => pid === undefined || !isAlive(pid)));
  });
});
