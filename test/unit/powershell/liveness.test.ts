// When a process is asked for a sign of life, and when it counts as mute. Time is the test's.
import assert from 'node:assert/strict';
import { Liveness } from '../../../src/powershell/liveness';
import { ManualClock } from '../../support/manualClock';

describe('a sign of life', () => {
  let clock: ManualClock;
  let channel: FakeChannel;
  let liveness: Liveness;
  let mute: number;

  class FakeChannel {
    frames = 0;
    pings = 0;
    answersPings = true;
    /** When a frame came, or the request was sent, for whose answer somebody waits. */
    silentSince: number | undefined;

    get silentMs(): number | undefined {
      return this.silentSince === undefined ? undefined : clock.now() - this.silentSince;
    }

    request(method: string): Promise<never> {
      assert.equal(method, 'ping');
      this.pings++;
      if (this.answersPings) this.frame();
      return Promise.reject(new Error('lost'));
    }

    frame(): void {
      this.frames++;
      if (this.silentSince !== undefined) this.silentSince = clock.now();
    }
  }

  beforeEach(() => {
    clock = new ManualClock();
    channel = new FakeChannel();
    mute = 0;
    liveness = new Liveness({
      channel,
      clock,
      limits: { silenceMs: 100, pingMs: 10 },
      onMute: () => mute++,
    });
  });

  function ask(): void {
    channel.silentSince = clock.now();
    liveness.expectAnswer();
  }

  it('is not asked for before anything was asked, and no longer when everything was answered', async () => {
    assert.deepEqual(clock.pending, []);
    ask();
    channel.silentSince = undefined;
    await clock.advance(100);
    assert.deepEqual(clock.pending, []);
    assert.equal(channel.pings, 0);
    ask();
    assert.deepEqual(clock.pending, [100]);
  });

  it('is any frame: a slow answer that comes in pieces needs no ping', async () => {
    ask();
    for (let i = 0; i < 10; i++) {
      await clock.advance(60);
      channel.frame();
    }
    assert.equal(channel.pings, 0);
  });

  it('is asked for again and again while a slow answer is due, and the process is left alone', async () => {
    ask();
    for (let i = 0; i < 50; i++) await clock.advance(50);
    assert.ok(channel.pings > 5);
    assert.equal(mute, 0);
  });

  it('that fails to come three times means that the process is mute', async () => {
    channel.answersPings = false;
    ask();
    await clock.advance(100);
    for (const pings of [1, 2, 3]) {
      assert.equal(channel.pings, pings);
      assert.equal(mute, 0);
      await clock.advance(10);
    }
    assert.equal(mute, 1);
    assert.deepEqual(clock.pending, []);
  });

  it('may be late: a machine that woke up runs its timers first', async () => {
    channel.answersPings = false;
    ask();
    await clock.advance(100);
    await clock.advance(1_000_000);
    channel.frame();
    await clock.advance(10);
    channel.answersPings = true;
    await clock.advance(100);
    assert.equal(mute, 0);
  });

  it('is asked for at once when somebody doubts it, also while nothing is due', async () => {
    liveness.check();
    assert.equal(channel.pings, 1);
    await clock.advance(10);
    assert.equal(mute, 0);
    assert.deepEqual(clock.pending, []);

    channel.answersPings = false;
    liveness.check();
    liveness.check();
    assert.equal(channel.pings, 2);
    for (let i = 0; i < 3; i++) await clock.advance(10);
    assert.equal(mute, 1);
  });

  it('is not waited for any more when the session ends', async () => {
    channel.answersPings = false;
    ask();
    await clock.advance(100);
    liveness.dispose();
    assert.deepEqual(clock.pending, []);
  });
});
