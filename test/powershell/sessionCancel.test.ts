// Leaving a request: before, during and after it runs, and when it does not let itself be stopped.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { Session } from '../../src/powershell/session';
import { failure, fileExists, Harness, isAlive } from '../support/sessionHarness';

describe('cancelling a request', function () {
  this.timeout(60_000);
  const harness = new Harness();
  let session: Session;

  before(async () => {
    session = await harness.started();
  });
  after(() => harness.cleanUp());

  it('does not send one that was cancelled before', async () => {
    const path = harness.path('never-written');
    const error = await failure(
      session.request('line.change', { Path: path, Text: 'x' }, { signal: AbortSignal.abort() }),
    );
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'none');
  });

  it('stops a running change, whose outcome is then unknown', async () => {
    const controller = new AbortController();
    const announce = harness.path('running-change');
    const call = session.request(
      'step.change',
      { Announce: announce, Until: harness.path('never') },
      { signal: controller.signal },
    );
    await fileExists(announce);
    controller.abort();
    const error = await failure(call);
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'unknown');
    // Its runspace is free again.
    await session.request('line.change', { Path: harness.path('after'), Text: 'x' });
  });

  it('takes a change out of the queue, whose outcome is then none', async () => {
    const until = harness.path('first-may-end');
    const announce = harness.path('first-runs');
    const first = session.request('step.change', { Announce: announce, Until: until });
    await fileExists(announce);
    const controller = new AbortController();
    const path = harness.path('queued');
    const second = session.request('line.change', { Path: path, Text: 'x' }, { signal: controller.signal });
    controller.abort();
    const error = await failure(second);
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'none');
    writeFileSync(until, '');
    await first;
  });

  it('leaves a read at once', async () => {
    const controller = new AbortController();
    const announce = harness.path('running-read');
    const call = session.request(
      'step.read',
      { Announce: announce, Until: harness.path('never') },
      { signal: controller.signal },
    );
    await fileExists(announce);
    controller.abort();
    assert.equal((await failure(call)).outcome, 'none');
    assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('changes nothing after the answer', async () => {
    const controller = new AbortController();
    const { value } = await session.request('echo', { Text: 'done' }, { signal: controller.signal });
    controller.abort();
    assert.deepEqual(value, { text: 'done' });
    assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('happens by itself when the time of the method is over', async () => {
    const announce = harness.path('late');
    const error = await failure(session.request('late', { Announce: announce, Until: harness.path('never') }));
    assert.equal(error.kind, 'timeout');
    assert.equal(error.outcome, 'unknown');
  });

  it('answers for a call that does not stop, and goes on in a new runspace', async () => {
    const controller = new AbortController();
    const announce = harness.path('stubborn');
    const call = session.request('stubborn', { Announce: announce }, { signal: controller.signal });
    await fileExists(announce);
    controller.abort();
    const error = await failure(call);
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'unknown');
    const path = harness.path('after-stubborn');
    assert.deepEqual((await session.request('line.change', { Path: path, Text: 'x' })).value, { text: 'x' });
  });

  it('does not keep the process from ending, not even by a call that does not stop', async () => {
    const own = await harness.started();
    const announce = harness.path('stubborn-at-the-end');
    const call = failure(own.request('stubborn', { Announce: announce }));
    await fileExists(announce);
    await own.stop();
    assert.equal((await call).outcome, 'unknown');
    assert.equal(isAlive(own.hello?.pid ?? 0), false);
  });

  it('is not needed when stdin is closed: the process ends at once', async () => {
    const own = await harness.started();
    const process = harness.launcher.processes.at(-1);
    const announce = harness.path('stubborn-without-stdin');
    const call = failure(own.request('stubborn', { Announce: announce }));
    await fileExists(announce);
    process?.stdin.destroy();
    assert.deepEqual(await process?.exited, { code: 0, signal: null });
    const error = await call;
    assert.equal(error.kind, 'lost');
    assert.equal(error.outcome, 'unknown');
    assert.equal(own.state, 'dead');
  });
});
