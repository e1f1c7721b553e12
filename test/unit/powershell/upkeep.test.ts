// Sessions that are replaced or ended although nothing is wrong with them. Time is the test's.
import assert from 'node:assert/strict';
import type { Health } from '../../../src/powershell/health';
import type { Hello } from '../../../src/powershell/hello';
import { silentLog } from '../../../src/powershell/log';
import type { MethodTable } from '../../../src/powershell/methods';
import type { Answer } from '../../../src/powershell/request';
import { SupervisedSession } from '../../../src/powershell/supervisor';
import { defaultUpkeep, recycleAgainMs, type UpkeepLimits } from '../../../src/powershell/upkeep';
import { FakeSession } from '../../support/fakeSession';
import { ManualClock, settled } from '../../support/manualClock';

const id = { Id: { type: 'string' } } as const;
const methods: MethodTable = {
  read: { function: 'Get-It', class: 'read', timeoutMs: 1, parameters: id },
  change: { function: 'Set-It', class: 'change', timeoutMs: 1, parameters: id },
};

describe('upkeep of a session', () => {
  let clock: ManualClock;
  let sessions: FakeSession[];
  let states: string[];
  let supervised: SupervisedSession;

  function open(upkeep: UpkeepLimits | undefined): void {
    clock = new ManualClock();
    sessions = [];
    states = [];
    const create = (): FakeSession => {
      const session = new FakeSession();
      sessions.push(session);
      return session;
    };
    supervised = new SupervisedSession({ methods, log: silentLog, clock, random: () => 0.5, create, upkeep });
    supervised.onDidChangeState((state) => states.push(state));
  }

  beforeEach(() => {
    open(defaultUpkeep);
  });

  const answer = (value: unknown): Answer => ({ value, frames: 1, bytes: 1 });

  function session(index: number): FakeSession {
    const found = sessions[index];
    assert.ok(found, `there is no session ${index}`);
    return found;
  }

  async function becomesReady(index: number): Promise<FakeSession> {
    await settled();
    session(index).starting.resolve({} as Hello);
    await settled();
    return session(index);
  }

  /** One request, answered. */
  async function used(): Promise<FakeSession> {
    const request = supervised.request('read', { Id: '1' });
    const first = await becomesReady(0);
    first.sent[0]?.resolve(answer('first'));
    await request;
    return first;
  }

  const tooMuch: Record<string, Partial<Health>> = {
    memory: { privateMB: 401 },
    handles: { handles: 5_001 },
    age: { uptimeMs: 8 * 60 * 60_000 + 1 },
  };
  for (const [what, health] of Object.entries(tooMuch)) {
    it(`replaces one that has too much of it while nobody asks anything: ${what}`, async () => {
      const first = await used();
      first.report(health);
      await settled();
      assert.equal(sessions.length, 2);
      // The old one answers until the new one is ready.
      const meanwhile = supervised.request('read', { Id: '2' });
      await settled();
      first.sent[1]?.resolve(answer('from the old one'));
      assert.equal((await meanwhile).value, 'from the old one');
      const second = await becomesReady(1);
      assert.equal(first.state, 'dead');
      const next = supervised.request('read', { Id: '3' });
      await settled();
      second.sent[0]?.resolve(answer('from the new one'));
      assert.equal((await next).value, 'from the new one');
      assert.deepEqual(states, ['starting', 'ready'], 'somebody could notice');
    });
  }

  it('replaces one that has served many requests', async () => {
    const first = await used();
    first.activity.total = 5_000;
    first.report({});
    await settled();
    assert.equal(sessions.length, 1);
    first.activity.total++;
    first.report({});
    await settled();
    assert.equal(sessions.length, 2);
  });

  it('leaves one alone that somebody waits for, and one within its limits', async () => {
    const first = await used();
    first.report({ privateMB: 400, handles: 5_000, uptimeMs: 8 * 60 * 60_000, abandoned: 1 });
    first.activity.pending = 1;
    first.report({ privateMB: 900 });
    await settled();
    assert.equal(sessions.length, 1);
  });

  it('replaces one with two abandoned runspaces even while it works, and lets it finish', async () => {
    const first = await used();
    const change = supervised.request('change', { Id: '1' });
    await settled();
    first.report({ abandoned: 2 });
    await becomesReady(1);
    assert.equal(first.state, 'draining');
    first.sent[1]?.resolve(answer('changed'));
    assert.equal((await change).value, 'changed');
    await settled();
    assert.equal(first.state, 'dead');
  });

  it('starts one replacement at a time', async () => {
    const first = await used();
    first.report({ privateMB: 500 });
    first.report({ privateMB: 501 });
    await settled();
    assert.equal(sessions.length, 2);
  });

  it('keeps the old one when its replacement does not start, and tries again later', async () => {
    const first = await used();
    first.report({ privateMB: 500 });
    await settled();
    session(1).die('probe');
    await settled();
    assert.equal(supervised.state, 'ready');
    first.report({ privateMB: 500 });
    await settled();
    assert.equal(sessions.length, 2, 'it was tried again at once');
    await clock.advance(recycleAgainMs);
    first.report({ privateMB: 500 });
    await settled();
    assert.equal(sessions.length, 3);
    assert.equal(supervised.failure, undefined);
  });

  it('does not use a replacement for a session that was lost meanwhile', async () => {
    const first = await used();
    first.report({ privateMB: 500 });
    await settled();
    first.die();
    await becomesReady(1);
    assert.equal(supervised.state, 'waiting');
    assert.equal(session(1).state, 'dead');
  });

  it('ends every one of them when it is disposed of', async () => {
    const first = await used();
    void supervised.request('change', { Id: '1' }).catch(() => undefined);
    await settled();
    first.report({ abandoned: 2 });
    await becomesReady(1);
    await supervised.dispose();
    assert.deepEqual(
      sessions.map(({ state, stops }) => [state, stops]),
      [
        ['dead', 1],
        ['dead', 1],
      ],
    );
    assert.deepEqual(clock.pending, []);
  });

  it('ends a replacement that is not ready when it is disposed of', async () => {
    (await used()).report({ privateMB: 500 });
    await settled();
    await supervised.dispose();
    await settled();
    assert.deepEqual(
      sessions.map(({ state }) => state),
      ['dead', 'dead'],
    );
  });

  it('ends one that nobody has used for ten minutes; the next request starts another one', async () => {
    const first = await used();
    first.activity.idleMs = 4 * 60_000;
    await clock.advance(10 * 60_000);
    assert.equal(first.state, 'ready');
    // Used four minutes ago: six are left.
    assert.deepEqual(clock.pending, [6 * 60_000]);
    first.activity.idleMs = 10 * 60_000;
    await clock.advance(6 * 60_000);
    assert.equal(first.state, 'dead');
    assert.equal(supervised.state, 'idle');
    assert.equal(supervised.failure, undefined);
    assert.deepEqual(clock.pending, []);
    const next = supervised.request('read', { Id: '1' });
    (await becomesReady(1)).sent[0]?.resolve(answer('again'));
    assert.equal((await next).value, 'again');
  });

  it('is not wanted for a session that holds what a new one would not have', async () => {
    open(undefined);
    const first = await used();
    first.activity.idleMs = 24 * 60 * 60_000;
    first.report({ privateMB: 5_000, abandoned: 9 });
    await clock.advance(24 * 60 * 60_000);
    assert.equal(first.state, 'ready');
    assert.equal(sessions.length, 1);
  });

  it('is counted in the diagnostics', async () => {
    const first = await used();
    first.report({ privateMB: 500 });
    await becomesReady(1);
    session(1).activity.idleMs = 10 * 60_000;
    await clock.advance(10 * 60_000);
    const { starts, recycled, closedIdle, state } = await supervised.diagnostics();
    assert.deepEqual({ starts, recycled, closedIdle, state }, { starts: 2, recycled: 1, closedIdle: 1, state: 'idle' });
  });
});
