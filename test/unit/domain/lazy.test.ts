import assert from 'node:assert/strict';
import { lazily } from '../../../src/domain/lazy';

describe('a part that is loaded when it is needed', () => {
  it('is loaded once, also for those who come while it is', async () => {
    let loads = 0;
    const part = lazily(() => Promise.resolve(++loads));
    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([part(), part()]), [1, 1]);
    assert.equal(await part(), 1);
  });

  it('is loaded anew after it could not be', async () => {
    let loads = 0;
    const part = lazily(() => (++loads === 1 ? Promise.reject(new Error('no such file')) : Promise.resolve(loads)));
    await assert.rejects(part(), /no such file/);
    assert.equal(await part(), 2);
  });
});
