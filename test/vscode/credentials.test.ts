import assert from 'node:assert/strict';
import { CredentialStore } from '../../src/credentials';
import type { CredentialQuestion, SignInReply } from '../../src/credentials';
import type { VmId } from '../../src/domain/vm';
import { vmId } from '../support/vms';
import { canary } from '../../tools/lib/canary.mjs';

const never = new AbortController();
const unused = (): Promise<never> => Promise.reject(new Error('not asked for'));

describe('passwords of hosts', () => {
  const host = { id: 'winrm:hv01', name: 'hv01' };
  const credential = { user: 'LAB\\admin', password: canary };
  let kept: Map<string, string>;
  let store: CredentialStore;
  let asked: CredentialQuestion[];
  /** Of the person, in order; the credential when the list has run out. */
  let replies: SignInReply[];
  const guest = (number: number): { id: VmId; name: string } => ({ id: vmId(number), name: `DC0${number}` });

  beforeEach(() => {
    kept = new Map();
    const storage = {
      get: (key: string) => Promise.resolve(kept.get(key)),
      store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
      delete: (key: string) => Promise.resolve(void kept.delete(key)),
    };
    asked = [];
    replies = [];
    store = new CredentialStore(storage, (question) => {
      asked.push(question);
      return Promise.resolve(replies.length > 0 ? replies.shift() : credential);
    });
  });

  it('are kept for one host, and only when they worked', async () => {
    const source = store.of(host);
    assert.deepEqual(await source.ask({}, never.signal), credential);
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
    const [first, second] = [store.ofGuest(host, guest(1)), store.ofGuest(host, guest(2))];
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

  it('of guests are listed by guest, and forgotten one by one', async () => {
    const others = { id: 'winrm:hv02', name: 'hv02' };
    await Promise.all([1, 2, 3].map((number) => store.ofGuest(host, guest(number)).remember(credential)));
    await store.ofGuest(others, guest(4)).remember(credential);
    assert.deepEqual(await store.guestsOf(host.id), [vmId(1), vmId(2), vmId(3)]);
    await store.forgetGuest(host.id, vmId(2));
    await store.forgetGuest(host.id, vmId(4));
    assert.deepEqual(await store.guestsOf(host.id), [vmId(1), vmId(3)]);
    assert.deepEqual(await store.guestsOf(others.id), [vmId(4)]);
    await Promise.all([1, 3].map((number) => store.forgetGuest(host.id, vmId(number))));
    assert.deepEqual([...kept.keys()], ['hyperv.guestCredentials:winrm:hv02']);
  });

  it('tell how often they were forgotten, with their host or alone', async () => {
    const [first, second] = [store.ofGuest(host, guest(1)), store.ofGuest(host, guest(2))];
    const counts = (): number[] => [store.of(host), first, second].map((source) => source.timesForgotten());
    const before = counts();
    await store.forgetGuest(host.id, vmId(1));
    assert.deepEqual(counts(), [before[0], (before[1] ?? 0) + 1, before[2]]);
    await store.forget(host.id);
    assert.deepEqual(
      counts().map((count, index) => count > (before[index] ?? 0)),
      [true, true, true],
    );
  });

  it('that one guest took may be given to others of the same command, when the person says so', async () => {
    const occasion = {};
    const sources = [1, 2, 3, 4].map((number) => store.ofGuest(host, guest(number)));
    const [first, second, third, fourth] = sources;
    const signIn = async (source = first): Promise<unknown> => {
      const given = await source?.ask({ occasion }, never.signal);
      if (given !== undefined) await source?.remember(given, occasion);
      return given;
    };
    await signIn();
    replies = ['taken', 'takenByAll'];
    assert.deepEqual(await signIn(second), credential);
    assert.deepEqual(await signIn(third), credential);
    assert.deepEqual(await signIn(fourth), credential);
    assert.deepEqual(
      asked.map(({ name, taken }) => [name, taken?.by, taken?.credential.user]),
      [
        ['DC01', undefined, undefined],
        ['DC02', 'DC01', credential.user],
        ['DC03', 'DC02', credential.user],
      ],
    );
    // Whom a guest refused is not offered again there, and another command begins anew.
    replies = [undefined, undefined];
    await fourth?.ask({ occasion, refused: credential.user }, never.signal);
    await fourth?.ask({ occasion: {} }, never.signal);
    assert.deepEqual(
      asked.slice(3).map(({ refused, taken }) => [refused, taken]),
      [
        [credential.user, undefined],
        [undefined, undefined],
      ],
    );
  });

  it('that no guest took are offered to no other', async () => {
    const occasion = {};
    await store.ofGuest(host, guest(1)).ask({ occasion }, never.signal);
    await store.ofGuest(host, guest(2)).ask({ occasion }, never.signal);
    assert.deepEqual(
      asked.map(({ taken }) => taken),
      [undefined, undefined],
    );
  });

  it('are asked for one after the other, as a second question would put the first one away', async () => {
    const answers: ((given: undefined) => void)[] = [];
    const asked: string[] = [];
    const many = new CredentialStore({ get: unused, store: unused, delete: unused }, ({ name }) => {
      asked.push(name);
      return new Promise((resolve) => answers.push(resolve));
    });
    const first = many.of(host).ask({}, never.signal);
    const second = many.of({ id: 'winrm:hv02', name: 'hv02' }).ask({}, never.signal);
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
