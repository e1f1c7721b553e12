import assert from 'node:assert/strict';
import { vmActions } from '../../../src/domain/allowedActions';
import type { VmAction } from '../../../src/domain/allowedActions';
import { errorText, refusalText } from '../../../src/domain/errorTexts';
import type { HyperVErrorReason } from '../../../src/domain/errors';

/** A record, so that the compiler misses a reason that was added. */
const everyReason: Record<HyperVErrorReason, true> = {
  badRequest: true,
  busy: true,
  cancelled: true,
  timeout: true,
  accessDenied: true,
  serviceStopped: true,
  moduleMissing: true,
  languageMode: true,
  notSupported: true,
  invalidParameter: true,
  inUse: true,
  notAvailable: true,
  outOfMemory: true,
  fileNotFound: true,
  failed: true,
  vmNotFound: true,
  checkpointNotFound: true,
  invalidState: true,
  serviceNotFound: true,
  serviceDisabled: true,
  guestNotReady: true,
  guestLocked: true,
  shutdownInProgress: true,
  hostUnreachable: true,
  hostKeyUnknown: true,
  hostKeyChanged: true,
  signInRefused: true,
  farPowershellMissing: true,
  sshMissing: true,
  sshConfiguration: true,
  winrmMissing: true,
  credentialMissing: true,
  hostNotTrusted: true,
  certificateInvalid: true,
  tooManySessions: true,
  remotingDisabled: true,
  endpointMissing: true,
  restrictedEndpoint: true,
  powershellMissing: true,
  sessionFailed: true,
  sessionLost: true,
  protocol: true,
};
const reasons = Object.keys(everyReason) as HyperVErrorReason[];
const isSentence = (text: string): boolean => /^[\p{L}{'"].*[.!?]$/u.test(text) && !/\{\d\}/.test(text);

describe('error texts', () => {
  it('every reason has a sentence and a next step, with and without a VM', () => {
    for (const reason of reasons) {
      for (const context of [{ hostName: 'HV1' }, { hostName: 'HV1', vmName: 'DC01' }]) {
        const { what, nextStep } = errorText({ reason, outcome: 'none' }, context);
        assert.ok(isSentence(what), what);
        assert.ok(isSentence(nextStep), nextStep);
      }
    }
  });

  it('no two reasons read the same', () => {
    const texts = reasons.map((reason) => errorText({ reason, outcome: 'none' }, { hostName: 'HV1' }).what);
    assert.equal(new Set(texts).size, texts.length);
  });

  it('the headline tells a change that failed from one whose outcome nobody knows', () => {
    for (const action of vmActions) {
      const context = { hostName: 'HV1', vmName: 'DC01', action };
      const refused = errorText({ reason: 'failed', outcome: 'none' }, context).headline;
      const unknown = errorText({ reason: 'sessionLost', outcome: 'unknown' }, context).headline;
      assert.match(refused ?? '', /DC01 was not |DC01 was not changed/);
      assert.match(unknown ?? '', /^It is not known whether .*DC01/);
    }
  });

  it('what may have happened is never called nothing, whatever the reason is', () => {
    for (const reason of reasons) {
      for (const action of vmActions) {
        const context = { hostName: 'HV1', vmName: 'DC01', action };
        const { nextStep } = errorText({ reason, outcome: 'unknown' }, context);
        assert.match(nextStep, /may have happened .* read again/, reason);
        assert.doesNotMatch(nextStep, /Nothing needs to be done/, reason);
      }
    }
    assert.match(errorText({ reason: 'cancelled', outcome: 'none' }, { hostName: 'HV1' }).nextStep, /^Nothing needs/);
  });

  it('a guest that is not ready is advised for what was asked of it', () => {
    const nextStep = (action: VmAction | undefined): string =>
      errorText(
        { reason: 'guestNotReady', outcome: 'none' },
        { hostName: 'HV1', vmName: 'DC01', ...(action && { action }) },
      ).nextStep;
    assert.match(nextStep('shutDown'), /shut it down from within/);
    assert.match(nextStep('restartGuest'), /restart it from within/);
    for (const action of [undefined, ...vmActions.filter((one) => one !== 'shutDown' && one !== 'restartGuest')]) {
      assert.doesNotMatch(nextStep(action), /shut|restart/, action);
    }
  });

  it('a name is shown as it is, whatever is in it', () => {
    const { what } = errorText(
      { reason: 'guestLocked', outcome: 'none' },
      { hostName: 'HV1', vmName: '{0} $(x) `[*]' },
    );
    assert.ok(what.includes('{0} $(x) `[*]'));
  });

  it('a refusal is a sentence that names the VM', () => {
    for (const refusal of ['wrongState', 'changing', 'unknownState', 'shutdownServiceDisabled'] as const) {
      const text = refusalText(refusal, 'DC01');
      assert.ok(text.includes('DC01') && isSentence(text), text);
    }
  });
});
