import assert from 'node:assert/strict';
import { CredentialStore } from '../../src/credentials';
import { canary } from '../../tools/lib/canary.mjs';

const never = (): Promise<never> => Promise.reject(new Error('not asked for'));

describe('passwords of hosts', () => {
  const host = { id: 'winrm:hv01', name: 'hv01' };
  const credential = { user: 'LAB\\admin', password: canary };
  let kept: Map<string, string>;
  let store: CredentialStore;

  beforeEach(() => {
    kept = new Map();
    const storage = {
      get: (key: string) => Promise.resolve(kept.get(key)),
      store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
      delete: (key: string) => Promise.resolve(void kept.delete(key)),
    };
    store = new CredentialStore(storage, () => Promise.resolve(credential));
  });

  it('are kept for one host, and only when they worked', async () => {
    const source = store.of(host);
    assert.deepEqual(await source.ask(undefined, new AbortController().signal), credential);
    assert.equal(await source.stored(), undefined);
    await source.remember(credential);
    assert.deepEqual(await source.stored(), credential);
    assert.equal(await store.of({ id: 'winrm:other', name: 'hv01' }).stored(), undefined);
  });

  it('are forgotten on request, by id alone', async () => {
    await store.of(host).remember(credential);
    await store.forget(host.id);
    assert.equal(kept.size, 0);
  });

  it('of guests are kept apart from those of their host, and go with it', async () => {
    const [first, second] = [
      store.ofGuest(host, { id: 'vm-1', name: 'DC01' }),
      store.ofGuest(host, { id: 'vm-2', name: 'DC02' }),
    ];
    await store.of(host).remember({ user: 'admin', password: 'of the host' });
    await first.remember(credential);
    await second.remember({ user: 'anna', password: canary });
    assert.deepEqual(await first.stored(), credential);
    assert.equal((await second.stored())?.user, 'anna');
    await first.forget();
    assert.equal(await first.stored(), undefined);
    assert.equal((await second.stored())?.user, 'anna');
    assert.equal((await store.of(host).stored())?.user, 'admin');
    await store.forget(host.id);
    assert.equal(kept.size, 0);
  });

  it('are asked for one after the other, as a second question would put the first one away', async () => {
    const answers: ((given: undefined) => void)[] = [];
    const asked: string[] = [];
    const many = new CredentialStore({ get: never, store: never, delete: never }, ({ name }) => {
      asked.push(name);
      return new Promise((resolve) => answers.push(resolve));
    });
    const { signal } = new AbortController();
    const first = many.of(host).ask(undefined, signal);
    const second = many.of({ id: 'winrm:hv02', name: 'hv02' }).ask(undefined, signal);
    await new Promise(setImmediate);
    assert.deepEqual(asked, ['hv01']);
    answers[0]?.(undefined);
    await first;
    await new Promise(setImmediate);
    assert.deepEqual(asked, ['hv01', 'hv02']);
    answers[1]?.(undefined);
    await second;
  });

  it('of another version are not taken for some', async () => {
    await store.of(host).remember(credential);
    for (const text of ['{"user":1}', 'null', 'pass']) {
      for (const key of kept.keys()) kept.set(key, text);
      assert.equal(await store.of(host).stored(), undefined);
    }
  });
});
