// The supervisor with sessions that only pretend: restarts, giving up, sharing and limits. Time is the test's.
import assert from 'node:assert/strict';
import { SessionError } from '../../../src/powershell/errors';
import type { Hello } from '../../../src/powershell/hello';
import { silentLog } from '../../../src/powershell/log';
import type { MethodTable } from '../../../src/powershell/methods';
import type { Answer } from '../../../src/powershell/request';
import { SupervisedSession } from '../../../src/powershell/supervisor';
import { FakeSession } from '../../support/fakeSession';
import { ManualClock, settled } from '../../support/manualClock';

const vm = { Id: { type: 'string' } } as const;
const methods: MethodTable = {
  read: { function: 'Get-It', class: 'read', timeoutMs: 1, parameters: vm },
  change: { function: 'Set-It', class: 'change', timeoutMs: 1, parameters: vm },
};

describe('supervisor', () => {
  let clock: ManualClock;
  let sessions: FakeSession[];
  let supervised: SupervisedSession;

  beforeEach(() => {
    clock = new ManualClock();
    sessions = [];
    supervised = new SupervisedSession({
      methods,
      log: silentLog,
      clock,
      random: () => 0.5,
      create: () => {
        const session = new FakeSession();
        sessions.push(session);
        return session;
      },
    });
  });

  const answer = (value: unknown): Answer => ({ value, frames: 1, bytes: 1 });

  async function ready(): Promise<FakeSession> {
    await settled();
    const session = latest();
    session.starting.resolve({} as Hello);
    await settled();
    return session;
  }

  function latest(): FakeSession {
    const session = sessions.at(-1);
    assert.ok(session, 'no session was made');
    return session;
  }

  /** The kind of the error, or the value of the answer. */
  function outcome(work: Promise<Answer>): Promise<unknown> {
    return work.then(
      ({ value }) => value,
      (error: unknown) => (error as SessionError).kind,
    );
  }

  it('makes nothing until somebody asks', async () => {
    await settled();
    assert.equal(sessions.length, 0);
    assert.equal(supervised.state, 'idle');
  });

  it('waits longer after every failure, and gives up at the fifth in ten minutes', async () => {
    const delays: number[] = [];
    for (let failures = 1; failures <= 5; failures++) {
      const request = outcome(supervised.request('read', { Id: '1' }));
      await settled();
      if (failures > 1) {
        assert.equal(sessions.length, failures - 1, 'a start came before its delay was over');
        delays.push(clock.pending[0] ?? 0);
        await clock.advance(delays.at(-1) ?? 0);
      }
      latest().die();
      assert.equal(await request, 'lost');
    }
    assert.deepEqual(delays, [1_000, 2_000, 5_000, 15_000]);
    assert.equal(supervised.state, 'gaveUp');
    assert.equal(await outcome(supervised.request('read', { Id: '1' })), 'gaveUp');
    assert.equal(sessions.length, 5);
  });

  it('gives up at once when only a person can help, until somebody asks for it', async () => {
    const request = outcome(supervised.request('read', { Id: '1' }));
    await settled();
    latest().die('probe', { cause: 'permissionDenied' });
    assert.equal(await request, 'probe');
    assert.equal(supervised.state, 'gaveUp');
    await assert.rejects(supervised.request('read', { Id: '1' }), { connection: { cause: 'permissionDenied' } });
    supervised.retry();
    const next = outcome(supervised.request('read', { Id: '1' }));
    await settled();
    latest().die('probe', { cause: 'refused' });
    assert.equal(await next, 'probe');
    assert.equal(supervised.state, 'waiting');
  });

  it('starts at once after a retry, when it had given up and when it waited', async () => {
    const first = outcome(supervised.request('read', { Id: '1' }));
    await settled();
    latest().die();
    await first;
    const second = outcome(supervised.request('read', { Id: '1' }));
    await settled();
    assert.equal(sessions.length, 1);
    supervised.retry();
    const session = await ready();
    assert.equal(sessions.length, 2);
    session.sent[0]?.resolve(answer('there'));
    assert.equal(await second, 'there');
    assert.deepEqual(clock.pending, []);
  });

  it('asks a session that is ready for a sign of life at a retry, and replaces it when it turns out to be mute', async () => {
    const request = outcome(supervised.request('read', { Id: '1' }));
    const mute = await ready();
    assert.equal(mute.checks, 0);
    supervised.retry();
    assert.equal(mute.checks, 1);
    mute.die();
    await settled();
    await clock.advance(1_000);
    (await ready()).sent[0]?.resolve(answer('from the next one'));
    assert.equal(await request, 'from the next one');
  });

  it('starts nothing for a request that cannot be sent', async () => {
    assert.equal(await outcome(supervised.request('nothing', {})), 'badRequest');
    assert.equal(await outcome(supervised.request('read', {})), 'badRequest');
    assert.equal(sessions.length, 0);
  });

  it('forgets failures that are ten minutes old', async () => {
    for (let i = 0; i < 8; i++) {
      const request = outcome(supervised.request('read', { Id: '1' }));
      await settled();
      await clock.advance(3 * 60_000);
      latest().die();
      await request;
      await clock.advance(0);
    }
    assert.equal(supervised.state, 'waiting');
  });

  it('does not call a missing PowerShell a failed start: the next request looks again', async () => {
    let found = false;
    const session = new FakeSession();
    const looking = new SupervisedSession({
      methods,
      log: silentLog,
      clock,
      create: () => {
        if (!found) throw new SessionError('powershellMissing', 'none');
        return session;
      },
    });
    for (let i = 0; i < 6; i++) assert.equal(await outcome(looking.request('read', { Id: '1' })), 'powershellMissing');
    found = true;
    const request = outcome(looking.request('read', { Id: '1' }));
    session.starting.resolve({} as Hello);
    await settled();
    session.sent[0]?.resolve(answer('found'));
    assert.equal(await request, 'found');
  });

  it('sends a lost read once more, and tells that its batches are void', async () => {
    const batches: unknown[] = [];
    const request = outcome(
      supervised.request(
        'read',
        { Id: '1' },
        { onBatch: (records) => batches.push(...records), onRestart: () => batches.splice(0) },
      ),
    );
    const first = await ready();
    first.sent[0]?.options.onBatch?.(['old']);
    first.die();
    await settled();
    await clock.advance(1_000);
    const second = await ready();
    second.sent[0]?.options.onBatch?.(['new']);
    second.sent[0]?.resolve(answer('ok'));
    assert.equal(await request, 'ok');
    assert.deepEqual(batches, ['new']);
  });

  it('never sends a lost change again', async () => {
    const request = outcome(supervised.request('change', { Id: '1' }));
    (await ready()).die();
    assert.equal(await request, 'lost');
    assert.equal(sessions.length, 1);
  });

  it('gives one answer to equal reads, and cancels only when the last has left', async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const first = outcome(supervised.request('read', { Id: '1' }, { signal: one.signal }));
    const second = outcome(supervised.request('read', { Id: '1' }, { signal: two.signal }));
    const session = await ready();
    assert.equal(session.sent.length, 1);
    one.abort();
    assert.equal(await first, 'cancelled');
    assert.equal(session.sent[0]?.options.signal?.aborted, false);
    two.abort();
    assert.equal(await second, 'cancelled');
    assert.equal(session.sent[0].options.signal.aborted, true);
  });

  it('replays to a later reader what an equal read has brought so far', async () => {
    const seen: unknown[] = [];
    const first = supervised.request('read', { Id: '1' });
    const session = await ready();
    session.sent[0]?.options.onBatch?.(['a']);
    const second = supervised.request('read', { Id: '1' }, { onBatch: (records) => seen.push(...records) });
    await settled();
    session.sent[0]?.options.onBatch?.(['b']);
    session.sent[0]?.resolve(answer(1));
    await Promise.all([first, second]);
    assert.deepEqual(seen, ['a', 'b']);
  });

  it('does not answer a read that follows a change from before the change', async () => {
    const before = supervised.request('read', { Id: '1' });
    const session = await ready();
    const change = supervised.request('change', { Id: '1' });
    await settled();
    session.sent.find(({ method }) => method === 'change')?.resolve(answer('changed'));
    await change;
    const after = supervised.request('read', { Id: '1' });
    session.sent[0]?.resolve(answer('old'));
    await before;
    await settled();
    session.sent.at(-1)?.resolve(answer('new'));
    assert.equal((await after).value, 'new');
  });

  it('takes a waiting change out without sending it', async () => {
    const controller = new AbortController();
    const first = supervised.request('change', { Id: '1' });
    const second = outcome(supervised.request('change', { Id: '1' }, { signal: controller.signal }));
    const session = await ready();
    controller.abort();
    assert.equal(await second, 'cancelled');
    session.sent[0]?.resolve(answer(1));
    await first;
    await settled();
    assert.equal(session.sent.length, 1);
  });

  it('refuses more than 200 requests at a time, and takes more when they are done', async () => {
    const requests = Array.from({ length: 200 }, (_, i) => outcome(supervised.request('read', { Id: `${i}` })));
    assert.equal(await outcome(supervised.request('read', { Id: 'one too many' })), 'busy');
    const session = await ready();
    for (let i = 0; i < 200; i++) {
      session.sent[i]?.resolve(answer(i));
      assert.equal(await requests[i], i);
      await settled();
    }
    const next = outcome(supervised.request('read', { Id: 'again' }));
    await settled();
    session.sent[200]?.resolve(answer('again'));
    assert.equal(await next, 'again');
  });

  it('settles what waits when it is disposed of, in every state, and twice', async () => {
    await supervised.dispose();
    assert.equal(await outcome(supervised.request('read', { Id: '1' })), 'closed');
    await supervised.dispose();
    assert.equal(supervised.state, 'disposed');
    assert.equal(sessions.length, 0);
  });

  it('settles what waits for a start when it is disposed of', async () => {
    const requests = [
      outcome(supervised.request('read', { Id: '1' })),
      outcome(supervised.request('change', { Id: '1' })),
    ];
    await settled();
    await supervised.dispose();
    assert.deepEqual(await Promise.all(requests), ['closed', 'closed']);
    assert.equal(sessions.length, 1);
    assert.equal(latest().state, 'dead');
  });
});
