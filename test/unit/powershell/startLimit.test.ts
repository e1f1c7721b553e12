// How many sessions start at once, and who waits for whom. Time is the test's.
import assert from 'node:assert/strict';
import { SessionError } from '../../../src/powershell/errors';
import { SignIn } from '../../../src/powershell/signIn';
import type { Credential } from '../../../src/powershell/signIn';
import { Secrets } from '../../../src/powershell/secrets';
import { StartLimit } from '../../../src/powershell/startLimit';
import { deferred } from '../../../src/powershell/deferred';
import { ManualClock, settled } from '../../support/manualClock';

const never = new AbortController().signal;

class Rig {
  readonly clock = new ManualClock();
  readonly limit = new StartLimit(this.clock);
  /** What was told, in order. */
  readonly told: string[] = [];
  readonly leave = new Map<string, () => void>();

  /** Starts hosts with these names, one after the other. */
  async begin(names: string, signal = never): Promise<void> {
    for (const name of names) {
      this.limit
        .enter(signal, (waits) => this.told.push(`${name} ${waits ? 'waits' : 'goes on'}`))
        .then(
          (leave) => {
            this.told.push(`${name} starts`);
            this.leave.set(name, leave);
          },
          (error: unknown) => this.told.push(`${name} ${SessionError.is(error, 'closed') ? 'closed' : String(error)}`),
        );
    }
    await settled();
  }

  async end(name: string): Promise<void> {
    this.leave.get(name)?.();
    await settled();
  }

  taken(): string[] {
    return this.told.splice(0);
  }
}

describe('sessions that start', () => {
  it('are four at once; the others are told to wait, and begin in their order', async () => {
    const rig = new Rig();
    await rig.begin('abcdef');
    assert.deepEqual(rig.taken(), ['e waits', 'f waits', 'a starts', 'b starts', 'c starts', 'd starts']);
    await rig.end('c');
    assert.deepEqual(rig.taken(), ['e goes on', 'e starts']);
    await rig.end('a');
    await rig.end('b');
    assert.deepEqual(rig.taken(), ['f goes on', 'f starts']);
    assert.equal(rig.limit.starting, 3);
    for (const name of 'def') await rig.end(name);
    assert.deepEqual([rig.limit.starting, rig.clock.pending], [0, []]);
  });

  it('leave once, however often they say so', async () => {
    const rig = new Rig();
    await rig.begin('abcdefg');
    rig.taken();
    await rig.end('a');
    await rig.end('a');
    assert.deepEqual(rig.taken(), ['e goes on', 'e starts']);
  });

  it('that hang do not keep the others: after ten seconds the next ones begin', async () => {
    const rig = new Rig();
    await rig.begin('abcdef');
    rig.taken();
    await rig.clock.advance(9_999);
    assert.deepEqual(rig.taken(), []);
    await rig.clock.advance(1);
    assert.deepEqual(rig.taken(), ['e goes on', 'f goes on', 'e starts', 'f starts']);
    await rig.end('a');
    assert.equal(rig.limit.starting, 2);
  });

  it('can be given up while they wait, and before', async () => {
    const rig = new Rig();
    const giveUp = new AbortController();
    await rig.begin('abcd');
    await rig.begin('e', giveUp.signal);
    await rig.begin('f');
    rig.taken();
    giveUp.abort();
    await settled();
    assert.deepEqual(rig.taken(), ['e goes on', 'e closed']);
    await rig.begin('g', giveUp.signal);
    assert.deepEqual(rig.taken(), ['g closed']);
    await rig.end('a');
    assert.deepEqual(rig.taken(), ['f goes on', 'f starts']);
  });

  it('hold nothing while a person is asked to sign in', async () => {
    const rig = new Rig();
    const answer = deferred<Credential | undefined>();
    const source = {
      stored: () => Promise.resolve(undefined),
      ask: () => answer.promise,
      remember: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      timesForgotten: () => 0,
    };
    const signIn = new SignIn({ source, secrets: new Secrets(), user: 'x', mustAsk: true });
    const starts = Array.from({ length: 4 }, () =>
      signIn.run(async () => {
        (await rig.limit.enter(never, () => undefined))();
      }, never),
    );
    await settled();
    await rig.begin('a');
    assert.deepEqual(rig.taken(), ['a starts']);
    answer.resolve({ user: 'x', password: 'y' });
    await Promise.all(starts);
  });
});
