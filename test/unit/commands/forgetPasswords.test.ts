import assert from 'node:assert/strict';
import { editHost } from '../../../src/commands/hosts/addHost';
import { forgetGuestPassword } from '../../../src/commands/hosts/forgetGuestPassword';
import { forgetPassword, removeHost } from '../../../src/commands/hosts/manage';
import { makeRig } from '../../support/commandRig';
import { hostsRig, hv02, lab, row } from '../../support/hostsRig';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

describe('The password of a host', () => {
  it('is forgotten when the host gets another address, and stays when it does not', async () => {
    const rig = hostsRig([hv02]);
    rig.steps.replies = ['WinRM', 'hv02', '', 'HTTPS', '', 'Continue', 'Mine'];
    await editHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.forgotten, []);
    rig.steps.replies = ['WinRM', 'hv03', '', 'HTTP', '', 'Continue', ''];
    await editHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.forgotten, ['winrm:hv02']);
  });

  it('is forgotten with the host, but not before its entry has left the settings', async () => {
    const rig = hostsRig([lab, hv02]);
    rig.ui.agrees = [true];
    rig.hosts.failures = [new Error('The file has mistakes.')];
    rig.ui.presses = ['Retry'];
    const forgottenWith: unknown[] = [];
    rig.hosts.onForget = () => forgottenWith.push(rig.hosts.list);
    await removeHost(rig.context, row('winrm:hv02'));
    await settled();
    assert.deepEqual([rig.hosts.forgotten, forgottenWith], [['winrm:hv02'], [[lab]]]);
  });

  it('that cannot be forgotten is noted in the log, and the host is removed all the same', async () => {
    const rig = hostsRig([hv02]);
    rig.ui.agrees = [true];
    rig.hosts.onForget = () => {
      throw new Error('no keyring');
    };
    await removeHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.list, []);
    assert.equal(rig.logged.length, 1);
  });
});

describe('Forget Password', () => {
  it('forgets that of a host by WinRM, and of no other', async () => {
    const rig = hostsRig([lab, hv02]);
    await forgetPassword(rig.context, row('ssh:admin@lab01'), [row('ssh:admin@lab01'), row('winrm:hv02')]);
    assert.deepEqual(rig.hosts.forgotten, ['winrm:hv02']);
    assert.deepEqual(rig.ui.mentioned, ['No password is kept for hv02.']);
  });
});

describe('Forget Guest Password', () => {
  const guests = {
    HV1: [makeVm({ id: vmId(1), name: 'DC01' }), makeVm({ id: vmId(2), name: 'web' })],
    HV2: [makeVm({ id: vmId(3), name: 'sql' })],
  };

  it('forgets those of the rows it was called on, each once', async () => {
    const rig = makeRig(guests);
    const rows = [rig.nodes.vm('HV1', vmId(1)), rig.nodes.vm('HV2', vmId(3)), rig.nodes.vm('HV1', vmId(1))];
    await forgetGuestPassword(rig.context, rows[0], rows);
    assert.deepEqual(rig.hosts.forgottenGuests, [`HV1/${vmId(1)}`, `HV2/${vmId(3)}`]);
    assert.deepEqual(rig.ui.mentioned, ['No password is kept for these 2 virtual machines.']);
    await forgetGuestPassword(rig.context, rig.nodes.vm('HV1', vmId(2)));
    assert.equal(rig.ui.mentioned[1], 'No password is kept for web.');
  });

  it('lists what is kept when it was called on nothing, also of a virtual machine that is gone', async () => {
    const rig = makeRig(guests);
    rig.hosts.keptGuests = { HV1: [vmId(1), vmId(9)], HV2: [vmId(3)] };
    rig.ui.choices = [vmId(9)];
    await forgetGuestPassword(rig.context);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['All 3 Passwords of Guests', `HV1/${vmId(9)}`, 'HV1/DC01', 'HV2/sql']);
    assert.deepEqual(rig.hosts.forgottenGuests, [`HV1/${vmId(9)}`]);
    rig.ui.choices = ['All 3 Passwords of Guests'];
    await forgetGuestPassword(rig.context);
    assert.equal(rig.hosts.forgottenGuests.length, 4);
  });

  it('forgets nothing when the person leaves, and says so when nothing is kept', async () => {
    const rig = makeRig(guests);
    await forgetGuestPassword(rig.context);
    rig.hosts.keptGuests = { HV1: [vmId(1)] };
    await forgetGuestPassword(rig.context);
    assert.deepEqual([rig.ui.told, rig.hosts.forgottenGuests], [['No password of a guest is kept.'], []]);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['HV1/DC01']);
  });
});
