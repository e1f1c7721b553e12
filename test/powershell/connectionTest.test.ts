// The connection test against a real SSH server on the loopback interface, whose powershell.exe is the engine of the tests.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../src/hyperv/api';
import type { TestStepId, TestStepResult } from '../../src/hyperv/connectionTest';
import { runConnectionTest } from '../../src/hyperv/connectionTest/run';
import type { OpenTested } from '../../src/hyperv/connectionTest/run';
import { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import type { HostDefinition } from '../../src/hyperv/hosts';
import { openHost, testConnection } from '../../src/hyperv/hostSession';
import { labScript, parseLabSpec } from '../../src/lab/lab';
import { systemClock } from '../../src/powershell/clock';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { ListLog } from '../support/listLog';
import { enginePath, Harness, until } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd, type LinkOptions, type SshdOptions } from '../support/sshd';

describe('The connection test of a host behind ssh', function () {
  this.timeout(120_000);
  let program: string;
  let server: TestSshd;
  let harness: Harness;

  before(function () {
    program = sshdOrSkip(this);
  });
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(async () => {
    await harness.cleanUp();
    await server.dispose();
  });

  async function listen(options: SshdOptions = {}): Promise<void> {
    server = new TestSshd(program, options);
    await server.start();
  }

  /** The host as a person would have configured it. */
  function definition(options: LinkOptions = {}): HostDefinition & { kind: 'ssh' } {
    return { kind: 'ssh', id: 'far', name: 'FAR01', ...server.way(options) };
  }

  async function run(
    host: HostDefinition,
    { open = openHost, signal = new AbortController().signal, onStep = () => undefined }: Partial<Told> = {},
  ): Promise<Record<TestStepId, TestStepResult>> {
    const told: TestStepResult[] = [];
    const options = {
      powershell: enginePath(),
      cwd: tmpdir(),
      log: new ListLog(),
      signal,
      onStep: (result: TestStepResult) => {
        told.push(result);
        onStep(result);
      },
    };
    const results = await runConnectionTest(host, options, open);
    assert.deepEqual(
      told.filter(({ outcome }) => outcome !== 'running'),
      results,
    );
    await until(() => server.connections().length === 0);
    return Object.fromEntries(results.map((result) => [result.step, result])) as Record<TestStepId, TestStepResult>;
  }

  /** Behind the server is a host of the demo lab. */
  const openLab =
    (faults: readonly object[] = []): OpenTested =>
    () => {
      const lab = labScript(parseLabSpec({ vmsPerHost: 1, faults }), 0);
      const table = { ...methods, ...lab.methods };
      const script = { functions: hostFunctions, module: 'Hyper-V', prelude: lab.prelude };
      const create = () => harness.session({ launch: server.launchSpec(), methods: table, script });
      const session = new SupervisedSession({ methods: table, log: harness.log, create });
      return Promise.resolve(new HostClient({ session, methods: table, clock: systemClock, log: harness.log }));
    };

  const outcomes = (results: Record<TestStepId, TestStepResult>): string =>
    Object.values(results)
      .map(({ outcome }) => outcome)
      .join(' ');

  const failedAt = (results: Record<TestStepId, TestStepResult>, step: TestStepId, reason: string): TestStepResult => {
    assert.equal(results[step].outcome, 'failed', JSON.stringify(results));
    assert.equal(results[step].error?.reason, reason);
    const all = Object.values(results);
    const later = all.slice(all.indexOf(results[step]) + 1);
    assert.ok(later.every(({ outcome, error }) => outcome === 'skipped' && error === results[step].error));
    return results[step];
  };

  function fingerprint(): string {
    const shown = execFileSync('ssh-keygen', ['-lf', join(server.folder, 'host.pub')], { encoding: 'utf8' });
    return shown.split(' ')[1] ?? '';
  }

  it('passes every step of a host that works', async () => {
    await listen();
    const results = await run(definition(), { open: openLab() });
    assert.equal(outcomes(results), 'passed passed passed passed passed passed passed', JSON.stringify(results));
    assert.match(results.port.fact ?? '', /^127\.0\.0\.1:\d+$/);
    assert.equal(results.signIn.fact, 'publickey');
    assert.match(results.powershell.fact ?? '', /^\d+\.\d+\.\d+.* \(\w+, FullLanguage\)$/);
    assert.match(results.clock.fact ?? '', /^[+-]?\d+(\.\d)? s$/);
    assert.match(results.latency.fact ?? '', /^\d+(\.\d)? ms$/);
  });

  it('leaves the port out when only ssh knows the way', async () => {
    await listen();
    const results = await run(definition({ slowMs: 1 }), { open: openLab() });
    assert.deepEqual(results.port, { step: 'port', outcome: 'skipped', fact: 'ProxyCommand' });
    assert.equal(results.signIn.outcome, 'passed');
  });

  it('tells a port at which nobody listens', async () => {
    await listen();
    const host = definition();
    await server.stop();
    const { error, remedy } = failedAt(await run(host), 'port', 'hostUnreachable');
    assert.equal(error?.detail.cause, 'refused');
    assert.match(remedy ?? '', /^Add-WindowsCapability .*\n.*\nStart-Service sshd$/);
  });

  it('tells a name that nobody knows', async () => {
    await listen();
    const host = definition({ host: 'no-such-computer.invalid' });
    assert.equal(failedAt(await run(host), 'port', 'hostUnreachable').error?.detail.cause, 'hostNotFound');
  });

  it('tells a key that the server does not let in', async () => {
    await listen();
    const { remedy } = failedAt(await run(definition({ key: 'stranger' })), 'signIn', 'signInRefused');
    assert.match(remedy ?? '', /administrators_authorized_keys/);
  });

  it('shows the fingerprint of a host key that is not known, and takes it from nobody', async () => {
    await listen();
    const host = definition({ knows: 'nothing' });
    const unknown = failedAt(await run(host), 'signIn', 'hostKeyUnknown');
    assert.equal(unknown.fingerprint, fingerprint());
    assert.match(unknown.remedy ?? '', /^ssh -F \S+ -p \d+ -l \S+ 127\.0\.0\.1$/);
    failedAt(await run(host), 'signIn', 'hostKeyUnknown');
  });

  it('shows the fingerprint of a host key that has changed, and how to forget the old one', async () => {
    await listen();
    const changed = failedAt(await run(definition({ knows: 'another' })), 'signIn', 'hostKeyChanged');
    assert.equal(changed.fingerprint, fingerprint());
    assert.match(changed.remedy ?? '', /^ssh-keygen -f "[^"]+known-another" -R "\[127\.0\.0\.1\]:\d+"$/);
  });

  it('tells that there is no PowerShell', async () => {
    await listen({ profile: undefined });
    const results = await run(definition());
    assert.equal(results.signIn.outcome, 'passed');
    failedAt(results, 'powershell', 'farPowershellMissing');
  });

  it('tells a computer that is no Windows', async () => {
    await listen();
    const { error } = failedAt(await run(definition()), 'hyperv', 'moduleMissing');
    assert.equal(error?.detail.cause, 'notWindows');
  });

  it('tells a stopped service', async () => {
    await listen();
    const results = await run(definition(), { open: openLab([{ kind: 'serviceStopped' }]) });
    const { error, remedy } = failedAt(results, 'hyperv', 'serviceStopped');
    assert.equal(error?.detail.cause, 'serviceStopped');
    assert.equal(remedy, 'Start-Service -Name vmms');
  });

  it('tells missing rights, though the host shows nothing and reports no error', async () => {
    await listen();
    const results = await run(definition(), { open: openLab([{ kind: 'accessDenied' }]) });
    assert.equal(failedAt(results, 'rights', 'accessDenied').error?.detail.cause, 'notInGroup');
  });

  it('ends at once when it is stopped, with nothing left behind', async () => {
    // Waits for longer than anybody would.
    await listen({ shell: 'sleep 600' });
    const abort = new AbortController();
    const results = await run(definition(), {
      signal: abort.signal,
      onStep: ({ step, outcome }) => {
        if (step !== 'powershell' || outcome !== 'running') return;
        void until(() => server.connections().length > 0).then(() => {
          abort.abort();
        });
      },
    });
    assert.equal(outcomes(results), 'passed passed skipped skipped skipped skipped skipped');
    assert.equal(results.latency.error?.reason, 'cancelled');
  });
});

interface Told {
  readonly open: OpenTested;
  readonly signal: AbortSignal;
  readonly onStep: (result: TestStepResult) => void;
}

describe('The connection test of a host of the demo lab', () => {
  it('has no way to try, and shares the clock', async () => {
    const results = await testConnection(
      { kind: 'lab', id: 'lab', name: 'LAB', spec: { vmsPerHost: 1 }, index: 0 },
      {
        powershell: enginePath(),
        cwd: tmpdir(),
        log: new ListLog(),
        signal: new AbortController().signal,
        onStep: () => undefined,
      },
    );
    assert.equal(
      results.map(({ outcome }) => outcome).join(' '),
      'skipped skipped passed passed passed skipped passed',
    );
  });
});
