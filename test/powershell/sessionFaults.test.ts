// What goes wrong around a session: processes that cannot start, die, say nonsense or do not end.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import type { Session, SessionOptions } from '../../src/powershell/session';
import type { Launcher } from '../../src/powershell/launcher';
import {
  enginePath,
  failure,
  fileExists,
  Harness,
  isAlive,
  launchers,
  misbehavingShell,
  until,
} from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

for (const { name, create } of launchers) {
  describe(`faults of a process started by ${name}`, function () {
    this.timeout(60_000);
    let harness: Harness;

    beforeEach(() => {
      harness = new Harness(create());
    });
    afterEach(() => harness.cleanUp());

    function misbehaving(scenario: string, options: Partial<SessionOptions> = {}): Session {
      return harness.session({ launch: misbehavingShell(scenario, harness.folder), ...options });
    }

    async function startFailure(session: Session): Promise<string> {
      const error = await failure(session.start());
      assert.equal(session.state, 'dead');
      for (const { pid } of harness.launcher.processes) assert.ok(pid === undefined || !isAlive(pid));
      return error.kind;
    }

    it('a program that does not exist is a spawn error', async () => {
      const launch = localLaunchSpec({ executable: harness.path('nothing'), cwd: harness.folder });
      assert.equal(await startFailure(harness.session({ launch })), 'spawn');
    });

    it('a file that may not be run is a spawn error', async function () {
      skipUnless(this, process.platform !== 'win32', 'Windows has no permission to execute');
      const path = harness.path('plain-file');
      writeFileSync(path, 'x');
      chmodSync(path, 0o644);
      const launch = localLaunchSpec({ executable: path, cwd: harness.folder });
      assert.equal(await startFailure(harness.session({ launch })), 'spawn');
    });

    it('a bare name is refused', async () => {
      const launch = localLaunchSpec({ executable: 'pwsh', cwd: harness.folder });
      assert.equal(await startFailure(harness.session({ launch })), 'spawn');
    });

    it('a command line that the system refuses is a spawn error', async () => {
      const launch = { ...localLaunchSpec({ executable: enginePath(), cwd: harness.folder }), args: ['a\0b'] };
      assert.equal(await startFailure(harness.session({ launch })), 'spawn');
    });

    it('a working directory that is gone is a spawn error', async () => {
      const launch = localLaunchSpec({ executable: enginePath(), cwd: harness.path('nowhere') });
      assert.equal(await startFailure(harness.session({ launch })), 'spawn');
    });

    it('a process that is gone before it was asked anything is a probe error', async () => {
      assert.equal(await startFailure(misbehaving('diesAtOnce')), 'probe');
    });

    it('a process that dies in the probe is a probe error', async () => {
      assert.equal(await startFailure(misbehaving('diesInProbe')), 'probe');
      assert.equal(await startFailure(misbehaving('leavesInProbe')), 'probe');
    });

    it('a process that does not answer the probe is a probe error', async () => {
      assert.equal(await startFailure(misbehaving('silentInProbe', { timeouts: { probeMs: 300 } })), 'probe');
    });

    it('Constrained Language is named without waiting for a time-out', async () => {
      assert.equal(await startFailure(misbehaving('constrained')), 'languageMode');
    });

    it('Constrained Language of the real PowerShell is named as well', async () => {
      const inner = create();
      const launcher: Launcher = {
        launch: (spec) => {
          const process = inner.launch(spec);
          process.stdin.write("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'\n");
          return process;
        },
      };
      assert.equal(await startFailure(harness.session({ launcher })), 'languageMode');
    });

    it('a process that dies in the bootstrap is a bootstrap error', async () => {
      assert.equal(await startFailure(misbehaving('diesInBootstrap')), 'bootstrap');
    });

    it('a process that never says hello is a bootstrap error', async () => {
      assert.equal(await startFailure(misbehaving('neverGreets', { timeouts: { helloMs: 300 } })), 'bootstrap');
    });

    it('another version of the protocol is refused', async () => {
      assert.equal(await startFailure(misbehaving('wrongVersion')), 'protocol');
    });

    it('a second hello changes nothing', async () => {
      await echoes(misbehaving('greetsTwice'));
    });

    it('a flood on stderr before the first word does not block the process', async () => {
      await echoes(misbehaving('floodBeforeProbe'));
    });

    for (const scenario of ['noiseWithLiveId', 'answersTwice', 'byteByByte', 'overlongLine', 'brokenJson']) {
      it(`the right answer is found: ${scenario}`, async () => {
        await echoes(misbehaving(scenario));
      });
    }

    it('200 MB of noise hide no answer, and are neither kept nor logged', async () => {
      const session = misbehaving('floods');
      await session.start();
      harness.log.lines.length = 0;
      assert.deepEqual((await session.request('echo', { Text: 'x' })).value, { text: 'x' });
      assert.equal((await session.diagnostics()).noise.length, 50);
      const logged = harness.log.lines.filter((line) => line.includes('stdout:')).length;
      // The limit is per ten seconds.
      assert.ok(logged > 0 && logged <= 200, `${logged} lines were logged`);
    });

    it('an answer after the cancellation changes nothing', async () => {
      const session = misbehaving('answersWhenCancelled');
      await session.start();
      const controller = new AbortController();
      const call = failure(session.request('echo', { Text: 'wait' }, { signal: controller.signal }));
      controller.abort();
      assert.equal((await call).kind, 'cancelled');
      assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
    });

    for (const scenario of ['closesStdin', 'closesStdout', 'stopsReading']) {
      it(`a process that lives on but does not use one of its streams any more is ended: ${scenario}`, async () => {
        const session = misbehaving(scenario, { timeouts: { silenceMs: 100, pingMs: 300 } });
        await session.start();
        assert.equal((await failure(session.request('echo', { Text: 'x' }))).kind, 'lost');
        await until(() => harness.launcher.processes.every(({ pid }) => !isAlive(pid ?? 0)));
      });
    }

    it('a process that dies while nobody asks anything is noticed', async () => {
      const session = misbehaving('echo');
      await session.start();
      process.kill(harness.launcher.processes[0]?.pid ?? 0, 'SIGKILL');
      await until(() => session.state === 'dead');
      assert.equal((await failure(session.request('echo', { Text: 'x' }))).kind, 'closed');
    });

    it('an answer that is in the pipe when the process exits is not lost', async () => {
      const session = misbehaving('answersAndExits');
      await session.start();
      assert.deepEqual((await session.request('echo', { Text: 'last' })).value, { text: 'last' });
    });

    it('a process that exits instead of answering loses the request, even with code 0', async () => {
      const session = misbehaving('exitsWithoutAnswer');
      await session.start();
      assert.equal((await failure(session.request('echo', { Text: 'x' }))).kind, 'lost');
      assert.equal(session.state, 'dead');
    });

    it('a script that is stopped by a signal ends its process: the request is lost, not forgotten', async function () {
      skipUnless(this, process.platform !== 'win32', 'signals do not reach a hidden console');
      const session = await harness.started();
      const announce = harness.path('running');
      const call = failure(session.request('step.change', { Announce: announce, Until: harness.path('never') }));
      await fileExists(announce);
      process.kill(session.hello?.pid ?? 0, 'SIGINT');
      const error = await call;
      assert.equal(error.kind, 'lost');
      assert.equal(error.outcome, 'unknown');
      assert.equal(session.state, 'dead');
    });

    it('a process that ignores the end of stdin and SIGTERM is killed', async () => {
      const session = misbehaving('ignoresTheEnd');
      await session.start();
      await session.stop();
      assert.equal(session.state, 'dead');
      assert.equal(isAlive(harness.launcher.processes[0]?.pid ?? 0), false);
    });

    it('stopping is safe in every state, and twice', async () => {
      const fresh = misbehaving('echo');
      await fresh.stop();
      assert.equal((await failure(fresh.start())).kind, 'closed');

      const starting = misbehaving('silentInProbe');
      const start = failure(starting.start());
      await Promise.all([starting.stop(), starting.stop()]);
      assert.equal((await start).kind, 'closed');
      assert.equal(starting.state, 'dead');

      const greeting = misbehaving('neverGreets');
      const greeted = failure(greeting.start());
      await until(() => harness.launcher.processes.length === 2);
      await Promise.all([greeting.stop(), greeting.stop()]);
      assert.equal((await greeted).kind, 'closed');

      const busy = misbehaving('neverAnswers');
      await busy.start();
      const pending = failure(busy.request('echo', { Text: 'x' }));
      await Promise.all([busy.stop(), busy.stop()]);
      assert.equal((await pending).kind, 'lost');
      await busy.stop();
      assert.equal(busy.state, 'dead');
      for (const { pid } of harness.launcher.processes) assert.equal(isAlive(pid ?? 0), false);
    });

    it('sessions that all ignore their end are gone together, in the time of one', async () => {
      const sessions = Array.from({ length: 4 }, () => misbehaving('ignoresTheEnd'));
      await Promise.all(sessions.map((session) => session.start()));
      await Promise.all(sessions.map((session) => session.stop()));
      for (const { pid } of harness.launcher.processes) assert.equal(isAlive(pid ?? 0), false);
    });

    async function echoes(session: Session): Promise<void> {
      await session.start();
      for (const text of ['first', 'z\u00fcrich \u2603 \u{1d11e}']) {
        assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
      }
    }
  });
}
