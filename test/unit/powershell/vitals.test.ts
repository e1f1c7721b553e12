// How often a process is asked how it is. Time is the test's.
import assert from 'node:assert/strict';
import { deferred, type Deferred } from '../../../src/powershell/deferred';
import type { Health } from '../../../src/powershell/health';
import type { Answer } from '../../../src/powershell/request';
import { Vitals } from '../../../src/powershell/vitals';
import { ManualClock } from '../../support/manualClock';

const health: Health = { queue: 0, running: 1, abandoned: 0, privateMB: 99, handles: 500, uptimeMs: 7 };

describe('vitals', () => {
  let clock: ManualClock;
  let pings: Deferred<Answer>[];
  let expected: number;
  let reports: Health[];
  let vitals: Vitals;

  beforeEach(() => {
    clock = new ManualClock();
    pings = [];
    expected = 0;
    reports = [];
    vitals = new Vitals({
      channel: {
        request: (method) => {
          assert.equal(method, 'ping');
          const ping = deferred<Answer>();
          pings.push(ping);
          return ping.promise;
        },
      },
      clock,
      intervalMs: 30,
      expectAnswer: () => expected++,
    });
    vitals.onDidReport((report) => reports.push(report));
  });

  const answer = (value: unknown): Answer => ({ value, frames: 1, bytes: 1 });

  it('are asked for at every interval, once the last answer is there', async () => {
    await clock.advance(29);
    assert.equal(pings.length, 0);
    await clock.advance(1);
    assert.equal(pings.length, 1);
    assert.equal(expected, 1, 'silence would not be noticed');
    await clock.advance(1000);
    assert.equal(pings.length, 1);
    pings[0]?.resolve(answer(health));
    await clock.advance(0);
    await clock.advance(30);
    assert.equal(pings.length, 2);
    assert.deepEqual(reports, [health]);
    assert.equal(vitals.latencyMs, 1000);
  });

  it('are nothing when the answer is not one', async () => {
    await clock.advance(30);
    pings[0]?.resolve(answer({ ...health, handles: 'many' }));
    await clock.advance(0);
    assert.equal(vitals.health, undefined);
    assert.deepEqual(reports, []);
  });

  it('are not asked for any more when the session has ended', async () => {
    const unasked = new Vitals({
      channel: { request: () => assert.fail() },
      clock,
      intervalMs: 30,
      expectAnswer: () => 0,
    });
    unasked.dispose();
    assert.deepEqual(clock.pending, [30]);
    await clock.advance(30);
    vitals.dispose();
    pings[0]?.reject(new Error('lost'));
    await clock.advance(0);
    assert.deepEqual(clock.pending, []);
    assert.deepEqual(reports, []);
  });
});
