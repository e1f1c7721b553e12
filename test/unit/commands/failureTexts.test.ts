import assert from 'node:assert/strict';
import { canRetry, failureMessage } from '../../../src/commands/failureTexts';
import type { Failure } from '../../../src/commands/failureTexts';
import { HyperVError } from '../../../src/domain/errors';

function failure(vmName: string, error: unknown = new HyperVError('outOfMemory', 'raw host text')): Failure {
  return { hostName: 'HV01', vmName, action: 'start', error };
}

describe('The report of failures', () => {
  it('of one says what did not happen, why, and what to do', () => {
    assert.equal(
      failureMessage([failure('DC01')], 1),
      'DC01 was not started. HV01 does not have enough free memory. ' +
        'Free memory on the host, or assign less to the virtual machine, then try again.',
    );
  });

  it('of several counts them and keeps the cause of each', () => {
    const message = failureMessage([failure('A'), failure('B', new HyperVError('inUse', ''))], 5);
    assert.match(message, /^2 of 5 requests failed\. A was not started\..*memory\. B was not started\..*in use/);
  });

  it('of many names three and says where the others are', () => {
    const message = failureMessage(
      ['A', 'B', 'C', 'D', 'E'].map((name) => failure(name)),
      9,
    );
    assert.match(message, /C was not started/);
    assert.doesNotMatch(message, /D was not started/);
    assert.match(message, /The log names 2 more\.$/);
  });

  it('never claims that nothing happened when nobody knows', () => {
    const lost = { ...failure('DC01', new HyperVError('sessionLost', '', 'unknown')), headline: 'It was not done.' };
    assert.match(failureMessage([lost], 1), /^It is not known whether DC01 was started\./);
  });

  it('does not show the text of a fault of our own', () => {
    assert.doesNotMatch(failureMessage([failure('DC01', new TypeError('x is undefined'))], 1), /undefined/);
  });
});

describe('Retry', () => {
  it('is offered for what may go away', () => {
    assert.ok(canRetry(failure('A', new HyperVError('timeout', ''))));
  });

  it('is never offered while it is unknown what the first attempt did', () => {
    assert.ok(!canRetry(failure('A', new HyperVError('timeout', '', 'unknown'))));
  });

  it('is not offered for what will be refused again', () => {
    assert.ok(!canRetry(failure('A', new HyperVError('invalidState', ''))));
    assert.ok(!canRetry(failure('A', new TypeError())));
  });
});
