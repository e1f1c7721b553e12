import assert from 'node:assert/strict';
import { actionRefusal, allowedActions, vmActions } from '../../../src/domain/allowedActions';
import type { VmState } from '../../../src/domain/powerStates';
import { makeVm, withService } from '../../support/vms';

const states: readonly VmState[] = [
  'running',
  'off',
  'saved',
  'paused',
  'starting',
  'stopping',
  'saving',
  'pausing',
  'resuming',
  'resetting',
  'snapshotting',
  'unknown',
];

describe('allowed actions', () => {
  const expected: Partial<Record<VmState, readonly string[]>> = {
    running: ['shutDown', 'restartGuest', 'save', 'pause', 'turnOff', 'reset', 'toggleService'],
    off: ['start', 'toggleService'],
    saved: ['start'],
    paused: ['save', 'resume', 'turnOff', 'reset'],
    starting: ['turnOff'],
    stopping: ['turnOff'],
    resetting: ['turnOff'],
  };
  for (const state of states) {
    it(`a VM that is ${state} offers ${expected[state]?.join(', ') ?? 'nothing'}`, () => {
      assert.deepEqual([...allowedActions(makeVm({ state }))], expected[state] ?? []);
    });
  }

  it('a saved VM cannot be turned off: that would throw its memory away', () => {
    assert.equal(actionRefusal(makeVm({ state: 'saved' }), 'turnOff'), 'wrongState');
  });

  it('asking the guest needs the shutdown service, cutting the power does not', () => {
    const vm = withService(makeVm({ state: 'running' }), 'shutdown', { enabled: false });
    assert.equal(actionRefusal(vm, 'shutDown'), 'shutdownServiceDisabled');
    assert.equal(actionRefusal(vm, 'restartGuest'), 'shutdownServiceDisabled');
    assert.equal(actionRefusal(vm, 'turnOff'), undefined);
  });

  it('a refusal says whether to wait or to do something else', () => {
    assert.equal(actionRefusal(makeVm({ state: 'saving' }), 'start'), 'changing');
    assert.equal(actionRefusal(makeVm({ state: 'unknown' }), 'start'), 'unknownState');
    assert.equal(actionRefusal(makeVm({ state: 'running' }), 'start'), 'wrongState');
  });

  it('what is allowed has no refusal, and the reverse', () => {
    for (const state of states) {
      const vm = makeVm({ state });
      for (const action of vmActions) {
        assert.equal(allowedActions(vm).has(action), actionRefusal(vm, action) === undefined);
      }
    }
  });
});
