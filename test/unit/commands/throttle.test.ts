import assert from 'node:assert/strict';
import { Throttle } from '../../../src/commands/throttle';
import { ManualClock } from '../../support/manualClock';

describe('Throttled work', () => {
  const setUp = () => {
    const clock = new ManualClock();
    const done: number[] = [];
    const throttle = new Throttle(
      (ms, action) => clock.after(ms, action),
      100,
      () => done.push(clock.now()),
    );
    return { clock, done, throttle };
  };

  it('is done at once, and then once for all that is wanted during the pause', async () => {
    const { clock, done, throttle } = setUp();
    for (let nth = 0; nth < 500; nth++) throttle.run();
    assert.deepEqual(done, [0]);
    await clock.advance(99);
    assert.deepEqual(done, [0]);
    await clock.advance(1);
    assert.deepEqual(done, [0, 100]);
  });

  it('has its pauses also between those which came late', async () => {
    const { clock, done, throttle } = setUp();
    for (let ms = 0; ms < 1_000; ms += 10) {
      throttle.run();
      await clock.advance(10);
    }
    assert.deepEqual(
      done,
      Array.from({ length: 11 }, (_, nth) => nth * 100),
    );
  });

  it('is done again at once after a pause in which nothing was wanted', async () => {
    const { clock, done, throttle } = setUp();
    throttle.run();
    await clock.advance(100);
    assert.deepEqual(clock.pending, []);
    throttle.run();
    assert.deepEqual(done, [0, 100]);
  });

  it('shows at its end what is still wanted, and nothing after that', async () => {
    const { clock, done, throttle } = setUp();
    throttle.run();
    throttle.end();
    assert.deepEqual(done, [0]);
    throttle.run();
    throttle.run();
    await clock.advance(50);
    throttle.end();
    assert.deepEqual(done, [0, 0, 50]);
    await clock.advance(1_000);
    assert.deepEqual(done, [0, 0, 50]);
  });
});
