import assert from 'node:assert/strict';
import { stepText, stepTitle } from '../../../src/commands/connectionTexts';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorDetail, HyperVErrorReason } from '../../../src/domain/errors';
import { testSteps } from '../../../src/hyperv/connectionTest';
import type { TestStepResult } from '../../../src/hyperv/connectionTest';

function textOf(result: TestStepResult): string {
  const { what, nextStep } = stepText(result, 'FAR01');
  return nextStep === undefined ? what : `${what} ${nextStep}`;
}

function failed(step: TestStepResult['step'], reason: HyperVErrorReason, detail: HyperVErrorDetail = {}): string {
  return textOf({ step, outcome: 'failed', error: new HyperVError(reason, 'raw text', 'none', detail) });
}

describe('The words of a connection test', () => {
  it('name each step, and say what it does and that it has passed', () => {
    const titles = new Set(testSteps.map((step) => stepTitle(step)));
    assert.equal(titles.size, testSteps.length);
    for (const step of testSteps) {
      const [running, passed] = (['running', 'passed'] as const).map((outcome) =>
        textOf({ step, outcome, fact: '7 x' }),
      );
      assert.match(running ?? '', /…$/);
      assert.match(passed ?? '', /\.$/);
    }
    assert.equal(textOf({ step: 'port', outcome: 'passed', fact: '10.0.0.5:22' }), '10.0.0.5:22 accepts connections.');
  });

  it('say how the way ended', () => {
    const texts = (['hostNotFound', 'refused', 'timedOut', 'closed'] as const).map((cause) =>
      failed('port', 'hostUnreachable', { cause }),
    );
    assert.equal(new Set(texts).size, 4);
    assert.match(texts[1] ?? '', /^FAR01 is there, but nobody listens at this port\./);
  });

  it('say what is wrong over there, in words about that computer', () => {
    assert.match(failed('hyperv', 'moduleMissing', { cause: 'notWindows' }), /^FAR01 is not a Windows computer\./);
    assert.match(failed('rights', 'accessDenied', { cause: 'notInGroup' }), /^You may not manage Hyper-V on FAR01:/);
  });

  it('say where keys belong, and how a fingerprint is compared', () => {
    assert.match(failed('signIn', 'signInRefused'), /C:\\ProgramData\\ssh\\administrators_authorized_keys/);
    assert.match(failed('signIn', 'hostKeyUnknown'), /ssh-keygen -lf/);
    assert.match(failed('signIn', 'hostKeyChanged'), /another SSH key than before/);
  });

  it('never show the raw text of a failure', () => {
    assert.doesNotMatch(failed('powershell', 'sessionFailed'), /raw text/);
  });

  it('say why a step was left out', () => {
    const left = (facts: Partial<TestStepResult>): string => textOf({ step: 'port', outcome: 'skipped', ...facts });
    assert.equal(left({}), 'Not needed: FAR01 is on this computer.');
    assert.match(left({ fact: 'ProxyJump bastion' }), /only ssh knows the way to FAR01 \(ProxyJump bastion\)/);
    assert.equal(left({ error: new HyperVError('cancelled', '') }), 'The test was cancelled.');
    assert.equal(left({ error: new HyperVError('signInRefused', '') }), 'Not tried, as an earlier step failed.');
  });

  it('warn of a clock with what it matters for', () => {
    const text = textOf({ step: 'clock', outcome: 'warning', fact: '+412 s' });
    assert.match(text, /differ by \+412 s\..*Kerberos/);
  });
});
