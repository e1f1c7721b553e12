import assert from 'node:assert/strict';
import { HyperVError } from '../../../../src/domain/errors';
import { parseProbeFacts } from '../../../../src/domain/readiness';
import { HostSteps } from '../../../../src/hyperv/connectionTest/hostSteps';
import type { TestedClient } from '../../../../src/hyperv/connectionTest/hostSteps';

/** A host whose clock is ahead, and which answers after these times, one for each question. */
function steps(aheadMs: number, answerMs: readonly number[] = [0], facts: object = { canRead: true }): HostSteps {
  let nowMs = 0;
  let asked = 0;
  const client: TestedClient = {
    probe: () => Promise.resolve(parseProbeFacts(facts, 'win32')),
    clock: () => {
      const ms = answerMs[asked++ % answerMs.length] ?? 0;
      nowMs += ms / 2;
      const there = nowMs + aheadMs;
      nowMs += ms / 2;
      return Promise.resolve(there);
    },
    diagnostics: () => Promise.reject(new HyperVError('failed', 'not asked for')),
    stop: () => Promise.resolve(),
  };
  const clock = { now: () => nowMs, utcMs: () => nowMs };
  return new HostSteps(() => Promise.resolve(client), new AbortController().signal, clock);
}

describe('The clock step of a connection test', () => {
  it('counts the way there and back for nobody', async () => {
    assert.deepEqual(await steps(0, [8_000]).skew(), { outcome: 'passed', fact: '0.0 s' });
  });

  it('passes what Kerberos passes, and warns of more in both directions', async () => {
    assert.deepEqual(await steps(299_000).skew(), { outcome: 'passed', fact: '+299 s' });
    const remedy = 'w32tm /resync';
    assert.deepEqual(await steps(301_000).skew(), { outcome: 'warning', fact: '+301 s', remedy });
    assert.deepEqual(await steps(-301_000).skew(), { outcome: 'warning', fact: '-301 s', remedy });
  });
});

describe('The latency step of a connection test', () => {
  it('is the median, so that one slow answer does not count', async () => {
    assert.deepEqual(await steps(0, [5, 4, 900, 3, 6]).latency(), { outcome: 'passed', fact: '5.0 ms' });
  });
});

describe('The Hyper-V steps of a connection test', () => {
  const outsider = { serviceState: 'running', tokenHasGroup: false, elevated: false, canRead: false };

  it('tell what is installed before they tell what is allowed', async () => {
    const host = steps(0, [0], { ...outsider, moduleVersion: '2.0.0.0', accountSid: 'S-1-5-21-1-2-3-1001' });
    assert.deepEqual(await host.hyperv(), { outcome: 'passed', fact: '2.0.0.0' });
    const { outcome, error, remedy } = await host.rights();
    assert.deepEqual([outcome, error?.detail.cause], ['failed', 'notInGroup']);
    assert.equal(remedy, 'Add-LocalGroupMember -SID S-1-5-32-578 -Member S-1-5-21-1-2-3-1001');
  });

  it('name the command that turns Hyper-V on', async () => {
    const { error, remedy } = await steps(0, [0], { ...outsider, serviceState: 'missing' }).hyperv();
    assert.deepEqual([error?.reason, error?.detail.cause], ['moduleMissing', 'featureOff']);
    assert.equal(remedy, 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All');
  });

  it('do not guess why a read failed', async () => {
    const { error, remedy } = await steps(0, [0], { canRead: false, sawNothing: false }).rights();
    assert.deepEqual([error?.reason, error?.detail.cause, remedy], ['failed', undefined, undefined]);
  });
});
