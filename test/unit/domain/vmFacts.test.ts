import assert from 'node:assert/strict';
import { heartbeatStatus } from '../../../src/domain/heartbeat';
import { guestStatusFromCode, integrationServices } from '../../../src/domain/integrationServices';
import { isTransitional, vmStateFromCode } from '../../../src/domain/powerStates';
import { parseVmId } from '../../../src/domain/vm';
import wmi from '../../support/wmi-classes.json';

describe('power states', () => {
  it('saved and paused are known in both codings', () => {
    assert.deepEqual([6, 32769].map(vmStateFromCode), ['saved', 'saved']);
    assert.deepEqual([9, 32768].map(vmStateFromCode), ['paused', 'paused']);
  });

  it('a number nobody documented is an unknown state, never an error', () => {
    for (const code of [-1, 0, 1, 5, 7, 8, 32772, 99_999, Number.NaN]) assert.equal(vmStateFromCode(code), 'unknown');
  });

  it('states that end in "-ing" settle by themselves, the others do not', () => {
    for (let code = 0; code < 32_800; code++) {
      const state = vmStateFromCode(code);
      assert.equal(isTransitional(state), state !== 'running' && state.endsWith('ing'), state);
    }
  });
});

describe('the heartbeat', () => {
  it('a guest without application data is healthy', () => {
    assert.equal(heartbeatStatus(true, 2, 2), 'healthy');
    assert.equal(heartbeatStatus(true, 2, null), 'healthy');
  });

  it('a critical application is told from a sick guest', () => {
    assert.equal(heartbeatStatus(true, 2, 32782), 'applicationsCritical');
    assert.equal(heartbeatStatus(true, 12, null), 'noContact');
    assert.equal(heartbeatStatus(true, 13, 32784), 'lostCommunication');
  });

  it('a service that is off has no heartbeat to speak of', () => {
    assert.equal(heartbeatStatus(false, 2, 2), 'disabled');
    assert.equal(heartbeatStatus(true, null, null), null);
  });
});

describe('integration services', () => {
  it('each has its component class and its setting class', () => {
    for (const { componentClass, settingClass } of integrationServices) {
      assert.ok(componentClass in wmi.classes, componentClass);
      assert.ok(settingClass in wmi.classes, settingClass);
    }
  });

  it('an unknown status number is an unknown status', () => {
    assert.equal(guestStatusFromCode(2), 'ok');
    assert.equal(guestStatusFromCode(4711), 'unknown');
    assert.equal(guestStatusFromCode(null), null);
  });
});

describe('the id of a VM', () => {
  it('is a GUID in lower case, and nothing else passes', () => {
    assert.equal(parseVmId('7CCA7664-91D0-40A9-9769-7809F256F603'), '7cca7664-91d0-40a9-9769-7809f256f603');
    for (const bad of [
      '',
      'x',
      '{7CCA7664-91D0-40A9-9769-7809F256F603}',
      '7CCA7664-91D0-40A9-9769-7809F256F603\n',
      "7CCA7664-91D0-40A9-9769-7809F256F603' OR ''='",
    ]) {
      assert.equal(parseVmId(bad), undefined, bad);
    }
  });
});
