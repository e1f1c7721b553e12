import assert from 'node:assert/strict';
import { HeartbeatHistory, silenceMs } from '../../../../src/domain/health/heartbeatHistory';
import type { HeartbeatStatus } from '../../../../src/domain/heartbeat';
import type { VmRecord } from '../../../../src/domain/vm';
import { makeVm, vmId, withService } from '../../../support/vms';

const id = vmId(1);

/** A VM that is seen in these ways, one a second; the uptime grows unless it says otherwise. */
function seen(...looks: readonly Partial<VmRecord>[]): HeartbeatHistory {
  const history = new HeartbeatHistory();
  for (const [index, look] of looks.entries()) {
    history.note('HV', makeVm({ uptimeMs: 600_000 + index * 1_000, ...look }), index * 1_000);
  }
  return history;
}

const beat = (heartbeat: HeartbeatStatus | null): Partial<VmRecord> => ({ heartbeat });
const isLost = (history: HeartbeatHistory, nowMs = 10_000): boolean => history.lost(nowMs).length > 0;

describe('What was seen of a VM', () => {
  it('begins with the first reading that is whole: what was not read yet is no change', () => {
    const off = withService(makeVm(), 'vss', { enabled: null, status: null });
    const history = seen({ ...off, partial: true, heartbeat: null }, {}, {});
    const { changes, servicesSince, firstSeenMs } = history.of('HV', id) ?? {};
    assert.deepEqual([changes?.length, servicesSince?.size, firstSeenMs], [1, 0, 1_000]);
  });
});

describe('Who lost contact', () => {
  it('is a VM whose host says so while it runs, at once and since it was seen', () => {
    assert.deepEqual(seen(beat('healthy'), beat('lostCommunication'), beat('lostCommunication')).lost(5_000), [
      { hostId: 'HV', vmId: id, sinceMs: 1_000, certain: true },
    ]);
  });

  it('is a VM that answered and is silent for longer than a restart from within takes', () => {
    const history = seen(beat('healthy'), beat('noContact'));
    assert.equal(isLost(history, 1_000 + silenceMs - 1), false);
    assert.equal(history.nextLossMs(2_000), 1_000 + silenceMs);
    assert.equal(isLost(history, 1_000 + silenceMs), true);
    assert.equal(history.nextLossMs(1_000 + silenceMs), undefined);
  });

  it('is not one that boots, restarted, is paused, shut down, or answers again', () => {
    const late = 1_000_000;
    assert.equal(isLost(seen(beat('noContact')), late), false);
    assert.equal(isLost(seen(beat('healthy'), { heartbeat: 'noContact', uptimeMs: 5_000 }), late), false);
    assert.equal(isLost(seen(beat('healthy'), { state: 'paused', heartbeat: 'paused' }), late), false);
    assert.equal(isLost(seen(beat('healthy'), { state: 'paused', heartbeat: 'lostCommunication' }), late), false);
    assert.equal(isLost(seen(beat('healthy'), beat('noContact'), { state: 'off', heartbeat: null }), late), false);
    assert.equal(
      isLost(seen(beat('healthy'), { state: 'off', heartbeat: null }, { ...beat('noContact'), uptimeMs: 1 }), late),
      false,
    );
    assert.equal(isLost(seen(beat('lostCommunication'), beat('healthy')), late), false);
  });

  it('is not one whose heartbeat was disabled, which somebody chose', () => {
    assert.equal(isLost(seen(beat('healthy'), beat('lostCommunication'), beat('disabled')), 1_000_000), false);
  });

  it('is not one that the host has no longer, or of a host that is gone', () => {
    const history = seen(beat('lostCommunication'));
    history.forget('HV', id);
    assert.equal(isLost(history), false);
    const other = seen(beat('lostCommunication'));
    other.retainHosts(new Set(['HV2']));
    assert.equal(isLost(other), false);
    assert.equal(other.of('HV', id), undefined);
  });
});

describe('The history of a heartbeat', () => {
  it('holds each change of state or heartbeat once, with the time at which it was seen', () => {
    const history = seen(beat('healthy'), beat('healthy'), beat('lostCommunication'), {
      state: 'off',
      heartbeat: null,
    });
    assert.deepEqual(history.of('HV', id)?.changes, [
      { atMs: 0, state: 'running', heartbeat: 'healthy' },
      { atMs: 2_000, state: 'running', heartbeat: 'lostCommunication' },
      { atMs: 3_000, state: 'off', heartbeat: null },
    ]);
  });

  it('holds a restart between two looks, at which nothing else differs', () => {
    const { changes } = seen(beat('healthy'), { ...beat('healthy'), uptimeMs: 20_000 }).of('HV', id) ?? {};
    assert.equal(changes?.length, 2);
  });

  it('is bounded, and says how much it forgot', () => {
    const looks = Array.from({ length: 120 }, (_, index) => beat(index % 2 === 0 ? 'healthy' : 'noContact'));
    const known = seen(...looks).of('HV', id);
    assert.equal(known?.changes.length, 50);
    assert.equal(known.forgotten, 70);
    assert.equal(known.firstSeenMs, 0);
    assert.equal(known.changes.at(-1)?.atMs, 119_000);
  });

  it('knows since when each service is as it is, and of which nobody saw the begin', () => {
    const history = new HeartbeatHistory();
    history.note('HV', makeVm(), 0);
    history.note('HV', withService(makeVm(), 'vss', { enabled: false }), 1_000);
    history.note('HV', withService(makeVm(), 'vss', { enabled: false, reason: 'other words' }), 2_000);
    assert.deepEqual([...(history.of('HV', id)?.servicesSince ?? [])], [['vss', 1_000]]);
  });
});
