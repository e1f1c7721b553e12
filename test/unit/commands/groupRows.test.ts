// Commands on the row of a group: they are for all VMs below it, which nobody sees, so a person is asked first.
import assert from 'node:assert/strict';
import { turnOff } from '../../../src/commands/cutPower';
import { changePower } from '../../../src/commands/power';
import { changeServices, enableAllServices } from '../../../src/commands/setService';
import { shutDown } from '../../../src/commands/shutDown';
import type { VmRecord } from '../../../src/domain/vm';
import { selectionArgument } from '../../../src/manifest';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { makeVm, vmId, withService } from '../../support/vms';

const off = (number: number): VmRecord => makeVm({ id: vmId(number), name: `off-${number}`, state: 'off' });
const on = (number: number): VmRecord => makeVm({ id: vmId(number), name: `on-${number}` });
const noBackup = (number: number): VmRecord => withService(on(number), 'vss', { enabled: false });

/** One host whose VMs are all in the group `g`. */
function rigOf(vms: readonly VmRecord[]): Rig {
  const rig = makeRig({ HV: vms });
  rig.groups = { g: vms.map(({ id }) => id) };
  return rig;
}

const sent = ({ calls }: Rig): unknown[] => calls.map(({ parameters }) => parameters['id']);

describe('A command on the row of a group', () => {
  it('asks before it is sent, with how many VMs that are, a few names and who is left out', async () => {
    const rig = rigOf([...Array.from({ length: 14 }, (_, index) => off(index + 1)), on(20), on(21)]);
    await changePower(rig.context, 'start', rig.nodes.group('HV', 'g'));
    assert.deepEqual(rig.calls, []);
    const [question] = rig.ui.confirmations;
    assert.equal(question?.message, 'Start 14 virtual machines?');
    assert.deepEqual(question.detail.split('\n'), [
      ...Array.from({ length: 10 }, (_, index) => `off-${index + 1} on HV`),
      'and 4 more',
      '2 of the 16 are left out: their state does not allow it.',
    ]);
  });

  it('is carried out for those that allow it when the person agrees', async () => {
    const rig = rigOf([off(1), on(2), off(3)]);
    rig.ui.agrees = [true];
    await changePower(rig.context, 'start', rig.nodes.group('HV', 'g'));
    assert.deepEqual(sent(rig), [vmId(1), vmId(3)]);
    assert.deepEqual(rig.ui.progressTitles, ['Starting 2 virtual machines']);
  });

  it('names the VM when only one allows it', async () => {
    const rig = rigOf([off(1), on(2)]);
    await changePower(rig.context, 'start', rig.nodes.group('HV', 'g'));
    assert.equal(rig.ui.confirmations[0]?.message, 'Start off-1 on HV?');
  });

  it('asks once for groups and VMs that are selected together, each VM counted once', async () => {
    const rig = rigOf([off(1), off(2), off(3)]);
    rig.groups = { g: [vmId(1), vmId(2)] };
    const rows = [rig.nodes.vm('HV', vmId(3)), rig.nodes.group('HV', 'g'), rig.nodes.vm('HV', vmId(1))];
    rig.ui.agrees = [true];
    await changePower(rig.context, 'start', rows[0], rows);
    assert.deepEqual(
      rig.ui.confirmations.map(({ message }) => message),
      ['Start 3 virtual machines?'],
    );
    assert.deepEqual(sent(rig), [vmId(3), vmId(1), vmId(2)]);
  });

  it('says so, and asks nothing, when none of them allows it', async () => {
    const rig = rigOf([on(1), on(2)]);
    await changePower(rig.context, 'start', rig.nodes.group('HV', 'g'));
    assert.deepEqual(rig.ui.confirmations, []);
    assert.deepEqual(rig.ui.told, ['None of these 2 virtual machines is in a state in which this is possible.']);
  });

  it('asks guests to shut down, and says that none is forced', async () => {
    const rig = rigOf([on(1), on(2)]);
    rig.behave = (_, vm) => ({ ...vm, state: 'off' });
    rig.ui.agrees = [true];
    await shutDown(rig.context, rig.nodes.group('HV', 'g'));
    const [question] = rig.ui.confirmations;
    assert.equal(question?.message, 'Shut down 2 virtual machines?');
    assert.match(question.detail, /\nGuests are asked, and none is forced\.$/);
    assert.deepEqual(rig.ui.mentioned, ['2 of 2 virtual machines are off.']);
  });

  it('never cuts the power', async () => {
    const rig = rigOf([on(1)]);
    await turnOff(rig.context, rig.nodes.group('HV', 'g'));
    assert.deepEqual([rig.calls, rig.ui.confirmations], [[], []]);
  });

  it('enables all integration services of those that have some disabled', async () => {
    const rig = rigOf([noBackup(1), on(2), noBackup(3)]);
    rig.ui.agrees = [true];
    await enableAllServices(rig.context, rig.nodes, rig.nodes.group('HV', 'g'));
    assert.equal(rig.ui.confirmations[0]?.message, 'Enable all integration services of 2 virtual machines?');
    assert.deepEqual(sent(rig), [vmId(1), vmId(3)]);
  });
});

describe('An integration service of many VMs', () => {
  it('is offered for each way in which it can be changed, with how many VMs that are', async () => {
    const rig = rigOf([noBackup(1), on(2), noBackup(3)]);
    rig.selection = [rig.nodes.group('HV', 'g')];
    await changeServices(rig.context, rig.nodes, 'toggle', selectionArgument);
    const [pick] = rig.ui.picks;
    assert.equal(pick?.placeholder, 'Which service of 3 virtual machines?');
    assert.equal(pick.labels[0], 'Enable/Backup (VSS)');
    assert.ok(pick.labels.includes('Disable/Backup (VSS)') && pick.labels.includes('Disable/Heartbeat'));
    assert.ok(!pick.labels.includes('Enable/Heartbeat'));
    assert.deepEqual(rig.calls, []);
  });

  it('is changed for those that need it, after a question when their group was called', async () => {
    const rig = rigOf([noBackup(1), on(2), noBackup(3)]);
    rig.ui.choices = ['Backup (VSS)', 'Backup (VSS)'];
    await changeServices(rig.context, rig.nodes, 'enable', rig.nodes.group('HV', 'g'));
    assert.equal(rig.ui.confirmations[0]?.message, 'Enable Backup (VSS) for 2 virtual machines?');
    assert.deepEqual(rig.calls, []);
    rig.ui.agrees = [true];
    await changeServices(rig.context, rig.nodes, 'enable', rig.nodes.group('HV', 'g'));
    assert.deepEqual(
      rig.calls.map(({ parameters }) => parameters),
      [1, 3].map((number) => ({ id: vmId(number), service: 'vss', enabled: true })),
    );
  });

  it('is changed for each of several selected VMs, which a person sees, without a question', async () => {
    const rig = rigOf([on(1), on(2)]);
    rig.selection = [1, 2].map((number) => rig.nodes.vm('HV', vmId(number)));
    rig.ui.choices = ['Heartbeat'];
    await changeServices(rig.context, rig.nodes, 'disable', selectionArgument);
    assert.deepEqual(rig.ui.confirmations, []);
    assert.deepEqual(sent(rig), [vmId(1), vmId(2)]);
  });

  it('is not offered when none of them takes a change', async () => {
    const rig = rigOf([makeVm({ id: vmId(1), state: 'saved' }), makeVm({ id: vmId(2), state: 'saved' })]);
    await changeServices(rig.context, rig.nodes, 'enable', rig.nodes.group('HV', 'g'));
    assert.deepEqual(rig.ui.picks, []);
    assert.equal(rig.ui.told.length, 1);
  });
});
