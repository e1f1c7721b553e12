import assert from 'node:assert/strict';
import { testConnection } from '../../../src/commands/hosts/testRun';
import { HyperVError } from '../../../src/domain/errors';
import { leave } from '../../support/fakeSteps';
import { assertGolden } from '../../support/golden';
import { finds, hostsRig, lab, labelsOf, row } from '../../support/hostsRig';
import { settled } from '../../support/manualClock';

describe('Test Connection', () => {
  it('shows each step as it comes, in words as well as pictures', async () => {
    const rig = hostsRig([lab]);
    finds(rig.hosts, undefined);
    const shown: string[] = [];
    rig.steps.replies = [leave];
    const list = rig.steps.list.bind(rig.steps);
    rig.steps.list = (head, placeholder) => {
      const made = list<unknown>(head, placeholder);
      const show = made.show.bind(made);
      made.show = (rows, busy, active) => {
        const lines = rows.map(({ icon, label, description = '' }) => `[${icon}] ${label} ${description}`.trimEnd());
        shown.push([busy ? 'busy' : `at rest, Enter is for: ${rows[active ?? 0]?.label ?? ''}`, ...lines].join('\n  '));
        show(rows, busy, active);
      };
      return made as never;
    };
    await testConnection(rig.context, row('ssh:admin@lab01'));
    assertGolden('unit/commands/golden/testConnection.txt', `${shown.join('\n')}\n`);
  });

  it('copies what helps when a failed row is accepted or its button is pressed', async () => {
    const rig = hostsRig([lab]);
    finds(rig.hosts, new HyperVError('signInRefused', 'x'));
    rig.steps.replies = ['Sign-in', { press: 'ssh -- lab01' }, 'Port', leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.ui.copied, ['ssh -- lab01', 'ssh -- lab01']);
    assert.equal(rig.steps.lists[0]?.active, 'Sign-in');
  });

  it('shows the fingerprint of an unknown key, leads to a terminal, and tests again', async () => {
    const rig = hostsRig([lab]);
    finds(rig.hosts, new HyperVError('hostKeyUnknown', 'x'), 'SHA256:abc');
    rig.steps.replies = ['Sign In Once in a Terminal…', 'Test Again', leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    const signIn = rig.steps.lists[0]?.rows.find(({ label }) => label.startsWith('Sign In Once'));
    assert.match(signIn?.detail ?? '', /SHA256:abc/);
    assert.equal(rig.steps.lists[0]?.active, 'Sign In Once in a Terminal…');
    assert.deepEqual(
      rig.hosts.signedIn.map(({ id }) => id),
      ['ssh:admin@lab01'],
    );
    assert.equal(rig.hosts.tested.length, 2);
    assert.ok(!labelsOf(rig).includes('Continue'));
  });

  it('says why the test itself could not be run, and writes it to the log', async () => {
    const rig = hostsRig([lab]);
    rig.hosts.find = () => Promise.reject(new Error('no bundle'));
    rig.steps.replies = [leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    const [fault] = rig.steps.lists[0]?.rows ?? [];
    assert.deepEqual([fault?.label, fault?.detail], ['The test could not be run.', 'no bundle']);
    assert.equal(rig.logged.length, 1);
  });

  it('shows nothing of a run that was left for another one', async () => {
    const rig = hostsRig([lab]);
    const late: (() => void)[] = [];
    let end: () => void = () => undefined;
    rig.hosts.find = (onStep) => {
      late.push(() => {
        onStep({ step: 'clock', outcome: 'passed' });
      });
      return late.length === 1
        ? Promise.resolve()
        : new Promise((resolve) => {
            end = resolve;
          });
    };
    rig.steps.replies = ['Test Again'];
    const testing = testConnection(rig.context, row('ssh:admin@lab01'));
    while (late.length < 2) await settled();
    late[0]?.();
    assert.ok(!labelsOf(rig).includes('Clock'));
    late[1]?.();
    assert.ok(labelsOf(rig).includes('Clock'));
    end();
    await testing;
  });
});
