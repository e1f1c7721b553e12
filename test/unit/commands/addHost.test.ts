import assert from 'node:assert/strict';
import { addHost, editHost } from '../../../src/commands/hosts/addHost';
import { back } from '../../../src/commands/hosts/stepsUi';
import { HyperVError } from '../../../src/domain/errors';
import { leave } from '../../support/fakeSteps';
import type { Reply } from '../../support/fakeSteps';
import { assertGolden } from '../../support/golden';
import { finds, hostsRig, hv02, lab, row } from '../../support/hostsRig';
import { settled } from '../../support/manualClock';

describe('Add Host', () => {
  it('asks one thing after the other, tests the way, and writes one entry', async () => {
    const rig = hostsRig([hv02]);
    rig.steps.replies = ['SSH', 'lab01', 'admin', '2222', 'Continue', 'Lab'];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [hv02, { kind: 'ssh', host: 'lab01', user: 'admin', port: 2222, name: 'Lab' }]);
    assert.deepEqual(
      rig.hosts.tested.map(({ id }) => id),
      ['ssh:admin@lab01:2222'],
    );
    assertGolden('unit/commands/golden/addHost.txt', `${rig.steps.asked.join('\n')}\n`);
    assert.deepEqual(rig.steps.canGoBack, [false, true, true, true, true, true]);
  });

  it('takes a pasted address apart and leaves out what was left empty', async () => {
    const rig = hostsRig();
    rig.steps.replies = ['SSH', ' admin@lab01:2222 ', 'admin', '2222', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.values, ['', 'admin', '2222', '']);
    assert.deepEqual(rig.hosts.list, [{ ...lab, port: 2222 }]);
    const plain = hostsRig();
    plain.steps.replies = ['SSH', 'lab01', '', '', 'Continue', ''];
    await addHost(plain.context);
    assert.deepEqual(plain.hosts.list, [{ kind: 'ssh', host: 'lab01' }]);
  });

  it('offers the names of the ssh configuration for SSH only', async () => {
    const rig = hostsRig();
    rig.hosts.aliases = ['lab01', 'lab02'];
    rig.steps.replies = ['SSH', back, 'WinRM', leave];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.suggestions, [['lab01', 'lab02'], []]);
  });

  it('asks for HTTPS where the way is WinRM', async () => {
    const rig = hostsRig();
    rig.steps.replies = ['WinRM', 'hv03', 'EXAMPLE\\anna', 'HTTPS', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [{ kind: 'winrm', host: 'hv03', user: 'EXAMPLE\\anna', useSsl: true }]);
    assert.ok(rig.steps.asked.every((asked, index) => asked.includes(`${index + 1}/${index === 0 ? 6 : 7}:`)));
  });

  it('shows WinRM on other systems as not available, with the reason, and does not take it', async () => {
    const rig = hostsRig();
    rig.hosts.platform = 'linux';
    rig.steps.replies = ['WinRM', 'SSH', leave];
    await addHost(rig.context);
    const winrm = rig.steps.offered[0]?.[1];
    assert.deepEqual([winrm?.isOut, winrm?.description], [true, 'not available here']);
    assert.match(winrm?.detail ?? '', /from Windows to Windows only/);
    assert.deepEqual(rig.steps.refusals, ['WinRM']);
    assert.match(rig.steps.asked.at(-1) ?? '', /2\/6: Name or address/);
  });

  it('says in the field what is wrong with it, and a host that is there already is not added twice', async () => {
    const rig = hostsRig([{ ...lab, port: 22, name: 'Mine' }]);
    rig.steps.replies = ['SSH', '', '-x', 'lab01', 'a b', 'admin', '0', '22', '23', 'Continue', 'a\nb', 'ok'];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.refusals, [
      'Enter the name or the address of a computer, such as lab01 or admin@lab01:22.',
      'Enter the name or the address of a computer, such as lab01 or admin@lab01:22.',
      'Enter the name of a user, such as admin, admin@example.com or EXAMPLE\\admin.',
      'Enter a whole number from 1 to 65535.',
      'This host is in the view already: Mine. Go back to change its address.',
      'Enter at most 100 characters on one line.',
    ]);
    assert.equal((rig.hosts.list as unknown[]).length, 2);
  });

  for (const at of [0, 1, 2, 3, 4, 5]) {
    it(`leaves no trace when it is left at question ${at + 1}`, async () => {
      const rig = hostsRig();
      rig.steps.replies = (['SSH', 'lab01', '', '', 'Continue', ''] as Reply[]).with(at, leave);
      await addHost(rig.context);
      assert.equal(rig.steps.asked.length, at + 1);
      assert.equal(rig.hosts.list, undefined);
      assert.deepEqual([rig.ui.errors, rig.ui.told, rig.ui.mentioned], [[], [], []]);
    });
  }

  it('cancels a test that is under way when it is left, and when a person goes back', async () => {
    for (const reply of [leave, back] as const) {
      const rig = hostsRig();
      rig.hosts.find = () => new Promise(() => undefined);
      rig.steps.replies = ['SSH', 'lab01', '', '', { whileBusy: reply }, leave];
      await addHost(rig.context);
      assert.equal(rig.hosts.signal.aborted, true);
      assert.equal(rig.steps.lists[0]?.closed, true);
      assert.equal(rig.steps.asked.length, reply === back ? 6 : 5);
      assert.equal(rig.hosts.list, undefined);
    }
  });

  it('goes back with all that was answered', async () => {
    const rig = hostsRig();
    rig.steps.replies = ['SSH', 'lab01', 'admin', back, back, 'lab02', 'admin', '', back, '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.values, ['', '', '', 'admin', 'lab01', 'admin', '', '', '']);
    assert.deepEqual(rig.hosts.list, [{ ...lab, host: 'lab02' }]);
  });

  it('lets a person add a host whose test failed, or go on without waiting for it', async () => {
    const failing = hostsRig();
    finds(failing.hosts, new HyperVError('signInRefused', 'x'));
    failing.steps.replies = ['SSH', 'lab01', 'admin', '', 'Add Anyway', ''];
    await addHost(failing.context);
    assert.deepEqual(failing.hosts.list, [lab]);
    const slow = hostsRig();
    slow.hosts.find = () => new Promise(() => undefined);
    slow.steps.replies = ['SSH', 'lab01', 'admin', '', { whileBusy: 'Continue Without Waiting' }, ''];
    await addHost(slow.context);
    assert.deepEqual(slow.hosts.list, [lab]);
    assert.equal(slow.hosts.signal.aborted, true);
  });

  it('takes no address that only the other kind can have, and no port that was meant for the other kind', async () => {
    const rig = hostsRig();
    rig.steps.replies = [
      'SSH',
      'lab01:22',
      '',
      '22',
      back,
      back,
      back,
      back,
      'WinRM',
      'fe80:::1',
      'lab01',
      '',
      'HTTP',
      '',
    ];
    await addHost(rig.context);
    assert.equal(rig.steps.refusals.length, 1);
    assert.equal(rig.steps.values.at(-1), '');
    assert.equal(rig.hosts.tested.at(-1)?.id, 'winrm:lab01');
  });

  it('makes room for a password while it tests, and keeps none for a host that is not added', async () => {
    for (const leaves of [true, false]) {
      const rig = hostsRig();
      rig.hosts.find = async (_onStep, _signal, aside) => {
        await aside(() => Promise.resolve('password'));
      };
      rig.steps.replies = ['WinRM', 'hv03', '', 'HTTP', '', leaves ? leave : 'Continue', ''];
      await addHost(rig.context);
      assert.equal(rig.steps.lists[0]?.asides, 1);
      assert.deepEqual(rig.hosts.forgotten, leaves ? ['winrm:hv03'] : []);
    }
  });

  it('adds nothing when another window has added the same host meanwhile', async () => {
    const rig = hostsRig();
    rig.hosts.find = () => {
      rig.hosts.list = [{ ...lab, name: 'Theirs' }];
      return Promise.resolve();
    };
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [{ ...lab, name: 'Theirs' }]);
  });

  it('tells when the settings cannot be written, and tries again what was typed', async () => {
    const rig = hostsRig();
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', ''];
    rig.hosts.failures = [new Error('The file has mistakes.'), new Error('Still.')];
    rig.ui.presses = ['Open Settings', 'Retry', 'Retry'];
    await addHost(rig.context);
    await settled();
    assert.equal(rig.hosts.opened, 1);
    assert.match(rig.ui.errors[0]?.message ?? '', /so the hosts stay as they were\. The file has mistakes\./);
    assert.equal(rig.ui.errors.length, 3);
    assert.deepEqual(rig.hosts.list, [lab]);
  });

  it('never writes over a setting that is no list', async () => {
    const rig = hostsRig();
    rig.hosts.list = { host: 'lab01' };
    rig.steps.replies = ['SSH', 'lab02', '', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, { host: 'lab01' });
    assert.match(rig.ui.errors[0]?.message ?? '', /not a list/);
  });
});

describe('Edit Host', () => {
  it('asks the same with the answers filled in, and keeps what is written by hand', async () => {
    const rig = hostsRig([hv02, { ...lab, port: 22, configFile: '/etc/lab', name: 'Lab' }]);
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', 'Renamed'];
    await editHost(rig.context, row('ssh:admin@lab01:22'));
    assert.deepEqual(rig.steps.values, ['lab01', 'admin', '22', 'Lab']);
    assert.deepEqual(rig.hosts.list, [hv02, { ...lab, configFile: '/etc/lab', name: 'Renamed' }]);
    assert.match(rig.steps.asked[0] ?? '', /^Edit Host Lab 1\/6/);
  });

  it('accepts the own address, offers hosts of the settings from the palette, and says Save Anyway', async () => {
    const rig = hostsRig([lab, hv02]);
    rig.ui.choices = ['hv02'];
    finds(rig.hosts, new HyperVError('timeout', 'x'));
    rig.steps.replies = ['WinRM', 'hv02', '', 'HTTPS', '', 'Save Anyway', ''];
    await editHost(rig.context);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['lab01', 'hv02']);
    assert.deepEqual(rig.hosts.list, [lab, { ...hv02, useSsl: true }]);
  });
});
