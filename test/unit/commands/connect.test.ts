// Connect: what is offered, asked and started, and that nothing is in the demo lab.
import assert from 'node:assert/strict';
import { connect } from '../../../src/commands/connect/connect';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { leave } from '../../support/fakeSteps';
import { makeVm, vmId, withService } from '../../support/vms';

const windows = makeVm({ id: vmId(1), name: 'srv' });
const linux = makeVm({
  id: vmId(2),
  name: 'web',
  guest: { ...makeVm().guest, osName: 'Ubuntu', addresses: ['10.0.0.2', '2001:db8::2', 'fe80::2', '-oProxyCommand=x'] },
});

function rigWith(...vms: readonly VmRecord[]): Rig {
  return makeRig({ HV: vms });
}

describe('Connect', () => {
  it('offers what can work first, with where it leads and how old that is, and then why the rest cannot', async () => {
    const rig = rigWith(windows);
    rig.ui.choices.push('Remote Desktop');
    await connect(rig.context, undefined, rig.nodes.vm('HV', windows.id));
    assert.deepEqual(rig.ui.picks[0]?.labels, [
      'Possible now/Virtual Machine Connection',
      'Possible now/Remote Desktop',
      'Possible now/PowerShell Direct Terminal',
      'Not possible now/SSH Terminal',
      'Not possible now/Open Folder in VM…',
    ]);
    assert.deepEqual(rig.ui.picks[0].descriptions, [
      'its console, in any state',
      '10.0.0.1, by Data Exchange, just now',
      'without a network, with a user of the guest',
      'needs a Linux guest',
      'needs a Linux guest',
    ]);
    assert.deepEqual(rig.started, ['mstsc.exe /v:10.0.0.1']);
  });

  it('tells why, when somebody chooses what cannot work', async () => {
    const rig = rigWith(windows);
    rig.ui.choices.push('SSH Terminal');
    await connect(rig.context, undefined, rig.nodes.vm('HV', windows.id));
    assert.deepEqual([rig.started, rig.ui.told], [[], ['SSH Terminal to srv: needs a Linux guest.']]);
  });

  it('asks at which address where there are several, and for a user', async () => {
    const rig = rigWith(linux);
    rig.ui.choices.push('2001:db8::2');
    rig.hosts.steps.replies.push('-oProxyCommand=x', 'anna');
    await connect(rig.context, 'ssh', rig.nodes.vm('HV', linux.id));
    assert.deepEqual(rig.ui.picks[0]?.labels, ['10.0.0.2', '2001:db8::2']);
    assert.deepEqual(rig.hosts.steps.refusals, ['This is not a user name.']);
    assert.deepEqual(rig.started, ['ssh -l anna -- 2001:db8::2']);
  });

  it('opens a folder, or leaves it to the new window', async () => {
    const rig = rigWith(linux);
    rig.ui.choices.push('10.0.0.2', '10.0.0.2');
    rig.hosts.steps.replies.push('', '/srv/app', '', '');
    await connect(rig.context, 'remoteFolder', rig.nodes.vm('HV', linux.id));
    await connect(rig.context, 'remoteFolder', rig.nodes.vm('HV', linux.id));
    assert.deepEqual(rig.started, ['code --remote ssh-remote+10.0.0.2 /srv/app', 'code --remote ssh-remote+10.0.0.2']);
  });

  it('leads to Remote - SSH where that is missing', async () => {
    const rig = rigWith(linux);
    Object.assign(rig.context.connections, { hasRemoteSsh: () => false });
    const row = rig.nodes.vm('HV', linux.id);
    await connect(rig.context, 'remoteFolder', row);
    assert.deepEqual(rig.ui.offers, [
      {
        message: 'Open Folder in VM… to web: needs the extension Remote - SSH: install it.',
        buttons: ['Show Extension'],
      },
    ]);
    assert.deepEqual(rig.started, []);
    rig.ui.presses = ['Show Extension'];
    await connect(rig.context, 'remoteFolder', row);
    assert.deepEqual(rig.started, ['the extension Remote - SSH']);
  });

  it('starts nothing when the person leaves, at each question', async () => {
    const rig = rigWith(linux);
    const row = rig.nodes.vm('HV', linux.id);
    await connect(rig.context, undefined, row);
    await connect(rig.context, 'ssh', row);
    rig.ui.choices.push('10.0.0.2', '10.0.0.2');
    rig.hosts.steps.replies.push(leave, '', leave);
    await connect(rig.context, 'ssh', row);
    await connect(rig.context, 'remoteFolder', row);
    assert.deepEqual(rig.started, []);
  });

  it('says of an address that is not new', async () => {
    const silent = withService(linux, 'keyValuePairExchange', { status: 'lostCommunication' });
    const rig = rigWith(silent);
    await connect(rig.context, 'ssh', rig.nodes.vm('HV', linux.id));
    assert.match(rig.ui.picks[0]?.descriptions[0] ?? '', /^reported earlier; Data Exchange does not answer now$/);
    Object.assign(rig.context.service, { readVm: () => Promise.reject(new HyperVError('timeout', 'x')) });
    await connect(rig.context, 'ssh', rig.nodes.vm('HV', linux.id));
    assert.match(rig.ui.picks[1]?.descriptions[0] ?? '', /^known from .* ago; the host does not answer now$/);
  });

  it('starts nothing in the demo lab, and says what it would be', async () => {
    const rig = rigWith();
    rig.store.addHost({ kind: 'lab', id: 'lab:HV', name: 'LAB', spec: {}, index: 0 });
    rig.store.setInventory('lab:HV', [windows], 0);
    for (const way of ['vmConnect', 'remoteDesktop', 'powerShellDirect'] as const)
      await connect(rig.context, way, rig.nodes.vm('lab:HV', windows.id));
    assert.deepEqual(rig.started, []);
    assert.equal(rig.ui.told.length, 3);
    for (const told of rig.ui.told)
      assert.match(told, /^srv is in the demo lab, so nothing is started\. Elsewhere it would be: /);
  });

  it('names the host to Virtual Machine Connection, and tells what could not be started', async () => {
    const rig = rigWith();
    rig.store.addHost({ kind: 'winrm', id: 'w', name: 'shown', target: { host: 'hv02.example' } });
    rig.store.setInventory('w', [windows], 0);
    await connect(rig.context, 'vmConnect', rig.nodes.vm('w', windows.id));
    assert.deepEqual(rig.started, [`vmconnect.exe hv02.example -G ${windows.id}`]);
    Object.assign(rig.context.connections, { start: () => Promise.reject(new Error('ENOENT')) });
    await connect(rig.context, 'vmConnect', rig.nodes.vm('w', windows.id));
    assert.match(rig.ui.errors[0]?.message ?? '', /Virtual Machine Connection to srv could not be started: ENOENT/);
  });
});
