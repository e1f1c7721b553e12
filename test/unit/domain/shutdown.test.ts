import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { VmState } from '../../../src/domain/powerStates';
import { startShutdown, stepShutdown } from '../../../src/domain/shutdown';
import type { ShutdownChoice, ShutdownEvent, ShutdownState } from '../../../src/domain/shutdownStates';

const deadlineMs = 300_000;

function play(events: readonly ShutdownEvent[], start: ShutdownState = startShutdown(0)): ShutdownState {
  return events.reduce((state, event) => stepShutdown(state, event, deadlineMs), start);
}
const accepted: ShutdownEvent = { kind: 'accepted', atMs: 100 };
const seen = (vmState: VmState, atMs: number): ShutdownEvent => ({
  kind: 'seen',
  atMs,
  vm: { vmState, heartbeat: 'healthy', uptimeMs: null },
});
const tick = (atMs: number): ShutdownEvent => ({ kind: 'tick', atMs });
const chosen = (choice: ShutdownChoice, atMs = 0): ShutdownEvent => ({ kind: 'chosen', choice, atMs });
const failed = (
  reason: Extract<ShutdownEvent, { kind: 'failed' }>['reason'],
  outcome: 'none' | 'unknown' = 'none',
): ShutdownEvent => ({
  kind: 'failed',
  atMs: 100,
  reason,
  outcome,
});

describe('a graceful shutdown', () => {
  it('an accepted request is a wait, not a stop', () => {
    assert.equal(play([accepted]).kind, 'waiting');
  });

  it('ends when the host says off, and knows how long it took', () => {
    const state = play([accepted, seen('running', 1_000), seen('stopping', 2_000), seen('off', 3_000)]);
    assert.deepEqual(state, { kind: 'ended', result: { kind: 'off', elapsedMs: 3_000 } });
  });

  it('shows elapsed time and what the host last said while it waits', () => {
    const state = play([accepted, seen('stopping', 2_000), tick(4_000)]);
    assert.ok(state.kind === 'waiting');
    assert.equal(state.elapsedMs, 4_000);
    assert.deepEqual(state.seen, { vmState: 'stopping', heartbeat: 'healthy', uptimeMs: null });
  });

  it('a refusal keeps its reason', () => {
    assert.deepEqual(play([failed('guestNotReady')]), {
      kind: 'ended',
      result: { kind: 'refused', reason: 'guestNotReady' },
    });
  });

  it('joins a shutdown that is already under way', () => {
    const state = play([failed('shutdownInProgress')]);
    assert.ok(state.kind === 'waiting' && state.joined);
  });

  it('a locked guest is asked again with force only when a person says so', () => {
    const locked = play([failed('guestLocked')]);
    assert.equal(locked.kind, 'locked');
    assert.deepEqual(play([tick(9e9), seen('running', 9e9)], locked), locked);
    assert.deepEqual(play([chosen('force', 500)], locked), {
      kind: 'asking',
      startedAtMs: 500,
      force: true,
      mayAskAgain: false,
    });
    assert.deepEqual(play([chosen('leave')], locked), {
      kind: 'ended',
      result: { kind: 'left', requestStands: false, seen: null },
    });
  });

  it('at the deadline a person chooses: wait on, turn off or leave', () => {
    const late = play([accepted, seen('running', 1_000), tick(100 + deadlineMs)]);
    assert.equal(late.kind, 'deadline');
    const waiting = play([chosen('keepWaiting', 400_000)], late);
    assert.ok(waiting.kind === 'waiting' && waiting.deadlineAtMs === 400_000 + deadlineMs);
    assert.deepEqual(play([chosen('cutPower')], late), { kind: 'ended', result: { kind: 'cutPowerChosen' } });
    const left = play([chosen('leave')], late);
    assert.ok(left.kind === 'ended' && left.result.kind === 'left' && left.result.requestStands);
  });

  it('a guest that stops while the question is on the screen answers it', () => {
    const late = play([accepted, tick(100 + deadlineMs), seen('off', 500_000)]);
    assert.deepEqual(late, { kind: 'ended', result: { kind: 'off', elapsedMs: 500_000 } });
  });

  it('stopping to wait leaves the request standing', () => {
    const state = play([accepted, seen('stopping', 500), { kind: 'cancelled', atMs: 900 }]);
    assert.ok(state.kind === 'ended' && state.result.kind === 'left' && state.result.requestStands);
  });

  it('claims no request when the session was lost on the way, unless the guest is seen to go down', () => {
    const lost: ShutdownEvent = { kind: 'failed', atMs: 50, reason: 'sessionLost', outcome: 'unknown' };
    const leave: ShutdownEvent = { kind: 'cancelled', atMs: 900 };
    const standing = (...events: ShutdownEvent[]): unknown => {
      const state = play([lost, ...events, leave]);
      return state.kind === 'ended' && state.result.kind === 'left' ? state.result.requestStands : state;
    };
    assert.equal(standing(), null);
    assert.equal(standing(seen('running', 500)), null);
    assert.equal(standing(seen('stopping', 500)), true);
  });

  it('that is left before it was sent asked nobody', () => {
    const unsent: ShutdownEvent = { kind: 'cancelled', atMs: 50, unsent: true };
    assert.deepEqual(play([unsent]), { kind: 'ended', result: { kind: 'notAsked' } });
    const sent = play([{ kind: 'cancelled', atMs: 50 }]);
    assert.ok(sent.kind === 'ended' && sent.result.kind === 'left' && sent.result.requestStands);
  });

  it('after a lost session the VM is read before anything is said', () => {
    const lost = play([failed('sessionLost', 'unknown')]);
    assert.equal(lost.kind, 'rereading');
    assert.deepEqual(play([seen('off', 700)], lost), { kind: 'ended', result: { kind: 'off', elapsedMs: 700 } });
    const stopping = play([seen('stopping', 700)], lost);
    assert.ok(stopping.kind === 'waiting' && !stopping.uncertain);
    const running = play([seen('running', 700)], lost);
    assert.ok(running.kind === 'waiting' && running.uncertain);
  });

  it('a host that does not come back after the loss ends in a question', () => {
    const state = play([failed('sessionLost', 'unknown'), tick(1_000), tick(deadlineMs)]);
    assert.ok(state.kind === 'deadline' && state.uncertain);
  });

  it('a VM that came to rest elsewhere, or is gone, ends the wait without a claim', () => {
    assert.deepEqual(play([accepted, seen('saved', 500)]), {
      kind: 'ended',
      result: { kind: 'elsewhere', vmState: 'saved' },
    });
    assert.deepEqual(play([accepted, { kind: 'seen', atMs: 500, vm: null }]), {
      kind: 'ended',
      result: { kind: 'gone' },
    });
  });
});

describe('a graceful shutdown under any events', () => {
  const at = fc.integer({ min: 0, max: 3 * deadlineMs });
  const vmState = fc.constantFrom<VmState>(
    'running',
    'off',
    'saved',
    'paused',
    'starting',
    'stopping',
    'saving',
    'unknown',
  );
  const withoutPerson = fc.oneof(
    fc.record({ kind: fc.constant('accepted' as const), atMs: at }),
    fc.record({
      kind: fc.constant('failed' as const),
      atMs: at,
      reason: fc.constantFrom(
        'guestLocked' as const,
        'guestNotReady' as const,
        'shutdownInProgress' as const,
        'sessionLost' as const,
      ),
      outcome: fc.constantFrom('none' as const, 'unknown' as const),
    }),
    fc.record({
      kind: fc.constant('seen' as const),
      atMs: at,
      vm: fc.option(vmState.map((state) => ({ vmState: state, heartbeat: null, uptimeMs: null }))),
    }),
    fc.record({ kind: fc.constant('tick' as const), atMs: at }),
    fc.record({ kind: fc.constant('cancelled' as const), atMs: at }),
  );
  const choice = fc.record({
    kind: fc.constant('chosen' as const),
    atMs: at,
    choice: fc.constantFrom<ShutdownChoice>('keepWaiting', 'cutPower', 'leave', 'force'),
  });

  it('it never forces and never turns off unless a person chose it', () => {
    fc.assert(
      fc.property(fc.array(withoutPerson), (events) => {
        let state: ShutdownState = startShutdown(0);
        for (const event of events) {
          state = stepShutdown(state, event, deadlineMs);
          assert.ok(!(state.kind === 'asking' && state.force));
          assert.ok(!(state.kind === 'ended' && state.result.kind === 'cutPowerChosen'));
        }
      }),
    );
  });

  it('it never says off unless the host said so in the event before', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(withoutPerson, choice)), (events) => {
        let state: ShutdownState = startShutdown(0);
        for (const event of events) {
          const before = state;
          state = stepShutdown(state, event, deadlineMs);
          if (before.kind !== 'ended' && state.kind === 'ended' && state.result.kind === 'off') {
            assert.ok(event.kind === 'seen' && event.vm?.vmState === 'off');
          }
        }
      }),
    );
  });

  it('whatever happened before, a person who leaves is let go', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(withoutPerson, choice)), (events) => {
        const state = play([...events, { kind: 'cancelled', atMs: 0 }]);
        assert.equal(state.kind, 'ended');
      }),
    );
  });

  it('an end is an end', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(withoutPerson, choice)), (events) => {
        const end = play([accepted, seen('off', 200)]);
        assert.equal(play(events, end), end);
      }),
    );
  });

  it('time alone always leads out of a wait', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(withoutPerson, choice)), (events) => {
        const state = play([...events, { kind: 'tick', atMs: 10 * deadlineMs }]);
        assert.ok(state.kind !== 'waiting' && state.kind !== 'rereading');
      }),
    );
  });
});
