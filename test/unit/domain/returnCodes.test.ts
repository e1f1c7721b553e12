import assert from 'node:assert/strict';
import {
  reasonFromHresult,
  reasonFromJob,
  reasonFromReturnCode,
  reasonFromText,
} from '../../../src/domain/returnCodes';
import wmi from '../../support/wmi-classes.json';

describe('return codes of the host', () => {
  const documented = [
    ...wmi.classes.Msvm_ShutdownComponent.methods.InitiateShutdown.returnCodes,
    ...wmi.classes.Msvm_ShutdownComponent.methods.InitiateReboot.returnCodes,
    ...wmi.classes.Msvm_ComputerSystem.methods.RequestStateChange.returnCodes,
  ];

  it('completed and started are not failures', () => {
    assert.equal(reasonFromReturnCode(0), undefined);
    assert.equal(reasonFromReturnCode(4096), undefined);
  });

  it('every documented code but those which mean a bare failure has a reason of its own', () => {
    const bare = new Set([32768, 32771]);
    for (const { value, meaning } of documented) {
      if (typeof value !== 'number' || value === 0 || value === 4096) continue;
      const reason = reasonFromReturnCode(value);
      assert.ok(reason !== undefined, `${value} ${meaning}`);
      assert.equal(reason === 'failed', bare.has(value), `${value} ${meaning} gave ${reason}`);
    }
  });

  it('the three codes of the shutdown component are told apart', () => {
    assert.deepEqual(
      [32780, 32781, 32782].map((code) => reasonFromReturnCode(code)),
      ['guestNotReady', 'guestLocked', 'shutdownInProgress'],
    );
  });

  it('a bare failure of a component without contact means that the guest does not answer', () => {
    assert.equal(reasonFromReturnCode(32768, { guestStatus: 12 }), 'guestNotReady');
    assert.equal(reasonFromReturnCode(32768, { guestStatus: 13 }), 'guestNotReady');
    assert.equal(reasonFromReturnCode(32768, { guestStatus: 2 }), 'failed');
    assert.equal(reasonFromReturnCode(32769, { guestStatus: 12 }), 'accessDenied');
  });

  it('a service that is disabled on the host explains a refusal, but none that has a cause of its own', () => {
    for (const code of [32768, 32770, 32775, 32777, 32780]) {
      assert.equal(reasonFromReturnCode(code, { serviceState: 3, guestStatus: 12 }), 'serviceDisabled');
      assert.notEqual(reasonFromReturnCode(code, { serviceState: 2 }), 'serviceDisabled');
      assert.notEqual(reasonFromReturnCode(code, { serviceState: null }), 'serviceDisabled');
    }
    assert.equal(reasonFromReturnCode(32769, { serviceState: 3 }), 'accessDenied');
    assert.equal(reasonFromReturnCode(32782, { serviceState: 3 }), 'shutdownInProgress');
    assert.equal(reasonFromReturnCode(0, { serviceState: 3 }), undefined);
  });

  it('a number nobody documented is a failure', () => {
    assert.equal(reasonFromReturnCode(7), 'failed');
    assert.equal(reasonFromReturnCode(-1), 'failed');
  });
});

describe('HRESULTs and job texts', () => {
  it('signed and unsigned numbers mean the same', () => {
    assert.equal(reasonFromHresult(0x80070005), 'accessDenied');
    assert.equal(reasonFromHresult(-2147024891), 'accessDenied');
    assert.equal(reasonFromHresult(0), undefined);
  });

  it('the HRESULT at the end of a text counts, in whatever language the text is', () => {
    const german = "'VM': Fehler beim Starten (0x80004005). Nicht genügend Arbeitsspeicher (0x800705AA).";
    assert.equal(reasonFromText(german), 'outOfMemory');
    assert.equal(reasonFromText('Failed to stop: The device is not ready for use. (0x800710DF)'), 'guestNotReady');
    assert.equal(reasonFromText('no number'), undefined);
    assert.equal(reasonFromText('0x123456789'), undefined);
  });

  it('a job is explained by its text first, then by its code', () => {
    assert.equal(reasonFromJob(32768, 'x (0x80070020)'), 'inUse');
    assert.equal(reasonFromJob(32778, 'no number'), 'outOfMemory');
    assert.equal(reasonFromJob(0, null), 'failed');
    assert.equal(reasonFromJob(null, null), 'failed');
  });
});
