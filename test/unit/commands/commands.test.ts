import assert from 'node:assert/strict';
import { reset, turnOff } from '../../../src/commands/cutPower';
import { copyFact } from '../../../src/commands/copy';
import { refresh, retryHost } from '../../../src/commands/hosts/refresh';
import { resetDemoLab } from '../../../src/commands/resetDemoLab';
import { applyTicks, changeServices, enableAllServices } from '../../../src/commands/setService';
import { changePower } from '../../../src/commands/power';
import { editPairs } from '../../../src/commands/editPairs';
import { HyperVError } from '../../../src/domain/errors';
import { selectionArgument } from '../../../src/manifest';
import { makeRig } from '../../support/commandRig';
import { makeVm, vmId, withService } from '../../support/vms';

const off = makeVm({ id: vmId(1), name: 'off-1', state: 'off' });
const alsoOff = makeVm({ id: vmId(2), name: 'off-2', state: 'off' });
const running = makeVm({ id: vmId(3), name: 'on-1' });
const outOfMemory = new HyperVError('outOfMemory', '');

describe('Start', () => {
  it('acts on the selected rows that allow it, and leaves the others alone', async () => {
    const rig = makeRig({ a: [off, alsoOff, running] });
    const rows = [off, alsoOff, running].map(({ id }) => rig.nodes.vm('a', id));
    await changePower(rig.context, 'start', rows[0], rows);
    assert.deepEqual(
      rig.calls.map(({ method, parameters }) => [method, parameters['id']]),
      [
        ['vm.start', off.id],
        ['vm.start', alsoOff.id],
      ],
    );
    assert.deepEqual(rig.ui.progressTitles, ['Starting 2 virtual machines']);
  });

  it('counts a VM once, though one of its services is selected too', async () => {
    const rig = makeRig({ a: [off] });
    const rows = [rig.nodes.vm('a', off.id), rig.nodes.service('a', off.id, 'vss')];
    await changePower(rig.context, 'start', rows[0], rows);
    assert.equal(rig.calls.length, 1);
  });

  it('asks which one, host by host, when called from the palette', async () => {
    const rig = makeRig({ a: [off, running], b: [alsoOff] });
    rig.ui.choices = ['off-2'];
    await changePower(rig.context, 'start');
    assert.deepEqual(rig.ui.picks[0]?.labels, ['a/off-1', 'b/off-2']);
    assert.deepEqual(
      rig.calls.map(({ hostId }) => hostId),
      ['b'],
    );
    // There is no toast for what went well, so its row must be in sight.
    assert.deepEqual(rig.revealed, [alsoOff.id]);
  });

  it('reads hosts which nobody has looked at yet before it asks', async () => {
    const rig = makeRig({ a: [off] });
    rig.store.addHost({ kind: 'local', id: 'new', name: 'new' });
    await changePower(rig.context, 'start');
    assert.deepEqual(
      rig.calls.map(({ hostId, method }) => [hostId, method]),
      [['new', 'refresh']],
    );
    assert.deepEqual(rig.ui.picks[0]?.labels, ['a/off-1']);
  });

  it('offers no VM of a host that failed', async () => {
    const rig = makeRig({ a: [off] });
    rig.store.setStatus('a', { kind: 'failed', error: new HyperVError('timeout', '') });
    await changePower(rig.context, 'start');
    assert.deepEqual(rig.ui.picks, []);
    assert.equal(rig.ui.told.length, 1);
  });

  it('does nothing when the person picks nothing', async () => {
    const rig = makeRig({ a: [off] });
    await changePower(rig.context, 'start');
    assert.deepEqual(rig.calls, []);
  });

  it('tries only those again that failed', async () => {
    const rig = makeRig({ a: [off, alsoOff] });
    rig.behave = ({ parameters }, vm) => {
      if (parameters['id'] === off.id) throw outOfMemory;
      return { ...vm, state: 'running' };
    };
    rig.ui.presses = ['Retry'];
    const rows = [off, alsoOff].map(({ id }) => rig.nodes.vm('a', id));
    await changePower(rig.context, 'start', rows[0], rows);
    // The report is not waited for: a person may leave it open for hours.
    await new Promise(setImmediate);
    assert.deepEqual(
      rig.calls.map(({ parameters }) => parameters['id']),
      [off.id, alsoOff.id, off.id],
    );
    assert.deepEqual(rig.ui.errors[0]?.buttons, ['Retry', 'Select Failures…', 'Show Log']);
  });

  it('says nothing of requests that ended because the window closes', async () => {
    const rig = makeRig({ a: [off] });
    rig.behave = () => {
      throw new HyperVError('cancelled', '');
    };
    await changePower(rig.context, 'start', rig.nodes.vm('a', off.id));
    assert.deepEqual(rig.ui.errors, []);
  });
});

describe('Turn Off', () => {
  it('changes nothing unless the person agrees', async () => {
    const rig = makeRig({ a: [running] });
    await turnOff(rig.context, rig.nodes.vm('a', running.id));
    assert.deepEqual(rig.calls, []);
    assert.equal(rig.ui.confirmations[0]?.message, 'Turn off on-1 on a?');
  });

  it('of several names each of them with its host in one question', async () => {
    const rig = makeRig({ a: [running], b: [{ ...running, id: vmId(9), name: 'on-2' }] });
    rig.ui.agrees = [true];
    const rows = [rig.nodes.vm('a', running.id), rig.nodes.vm('b', vmId(9))];
    await turnOff(rig.context, rows[0], rows);
    assert.equal(rig.ui.confirmations.length, 1);
    assert.match(rig.ui.confirmations[0]?.detail ?? '', /^on-1 on a\non-2 on b\n.*lost/);
    assert.equal(rig.calls.length, 2);
  });
});

describe('Reset', () => {
  it('says what is lost, and changes nothing unless the person agrees', async () => {
    const rig = makeRig({ a: [running] });
    await reset(rig.context, rig.nodes.vm('a', running.id));
    assert.deepEqual(rig.calls, []);
    assert.equal(rig.ui.confirmations[0]?.message, 'Reset on-1 on a?');
    assert.match(rig.ui.confirmations[0].detail, /Unsaved data .* lost/);
  });

  it('cuts the power when the person agrees', async () => {
    const rig = makeRig({ a: [running] });
    rig.ui.agrees = [true];
    await reset(rig.context, rig.nodes.vm('a', running.id));
    assert.deepEqual(
      rig.calls.map(({ method }) => method),
      ['vm.reset'],
    );
  });
});

describe('Save, Pause and Resume', () => {
  const paused = makeVm({ id: vmId(5), name: 'paused-1', state: 'paused' });

  for (const [verb, names] of [
    ['save', ['on-1', 'paused-1']],
    ['pause', ['on-1']],
    ['resume', ['paused-1']],
  ] as const) {
    it(`${verb} acts on those of the selected VMs that allow it, and asks nothing`, async () => {
      const vms = [off, running, paused];
      const rig = makeRig({ a: vms });
      const rows = vms.map(({ id }) => rig.nodes.vm('a', id));
      await changePower(rig.context, verb, rows[0], rows);
      const expected = names.map((name) => [`vm.${verb}`, vms.find((vm) => vm.name === name)?.id]);
      assert.deepEqual(
        rig.calls.map(({ method, parameters }) => [method, parameters['id']]),
        expected,
      );
      assert.deepEqual(rig.ui.confirmations, []);
    });

    it(`${verb} offers them when called from the palette`, async () => {
      const rig = makeRig({ a: [off, running, paused] });
      await changePower(rig.context, verb);
      assert.deepEqual(
        rig.ui.picks[0]?.labels,
        names.map((name) => `a/${name}`),
      );
    });
  }
});

describe('Copy', () => {
  it('puts one fact of each selected VM on the clipboard, one a line', async () => {
    const rig = makeRig({ a: [off, running] });
    const rows = [off, running].map(({ id }) => rig.nodes.vm('a', id));
    await copyFact(rig.context, 'name', rows[0], rows);
    await copyFact(rig.context, 'id', rows[0], rows);
    assert.deepEqual(rig.ui.copied, ['off-1\non-1', `${off.id}\n${running.id}`]);
  });

  it('takes the first address, and none of a VM that is off', async () => {
    const rig = makeRig({ a: [off, running] });
    const rows = [off, running].map(({ id }) => rig.nodes.vm('a', id));
    await copyFact(rig.context, 'address', rows[0], rows);
    await copyFact(rig.context, 'address', rows[0]);
    assert.deepEqual(rig.ui.copied, ['10.0.0.1']);
    assert.deepEqual(rig.ui.told, ['off-1 has not reported an address.']);
  });

  it('offers only VMs with an address when called from the palette', async () => {
    const rig = makeRig({ a: [off, running] });
    await copyFact(rig.context, 'address');
    assert.deepEqual(rig.ui.picks[0]?.labels, ['a/on-1']);
  });
});

describe('Edit Key-Value Pairs', () => {
  it('opens the editor of each VM it was called on, in whatever state it is', async () => {
    const rig = makeRig({ a: [running, off] });
    const rows = [rig.nodes.pairs('a', running.id), rig.nodes.vm('a', off.id)];
    await editPairs(rig.context, rows[0], rows);
    assert.deepEqual(rig.opened, [running.name, off.name]);
  });

  it('asks of which VM when called from the palette', async () => {
    const rig = makeRig({ a: [running, off] });
    rig.ui.choices = [off.name];
    await editPairs(rig.context);
    assert.deepEqual(rig.opened, [off.name]);
  });
});

describe('Reset Demo Lab', () => {
  it('resets and reads simulated hosts, and leaves others alone', async () => {
    const rig = makeRig({ a: [running] });
    rig.store.addHost({ kind: 'lab', id: 'lab:x', name: 'x', spec: {}, index: 0 });
    await resetDemoLab(rig.context);
    assert.deepEqual(
      rig.calls.map(({ hostId, method }) => [hostId, method]),
      [
        ['lab:x', 'lab.reset'],
        ['lab:x', 'retry'],
      ],
    );
  });
});

describe('Enable All Integration Services', () => {
  it('enables the disabled ones of all selected VMs', async () => {
    const one = withService(running, 'vss', { enabled: false });
    const two = withService(alsoOff, 'heartbeat', { enabled: false });
    const rig = makeRig({ a: [one, two] });
    const rows = [one, two].map(({ id }) => rig.nodes.vm('a', id));
    await enableAllServices(rig.context, rig.nodes, rows[0], rows);
    assert.deepEqual(
      rig.calls.map(({ parameters }) => parameters),
      [
        { id: one.id, service: 'vss', enabled: true },
        { id: two.id, service: 'heartbeat', enabled: true },
      ],
    );
  });

  it('says so when there is nothing to enable', async () => {
    const rig = makeRig({ a: [running] });
    await enableAllServices(rig.context, rig.nodes, rig.nodes.vm('a', running.id));
    assert.deepEqual(rig.ui.told, ['All integration services of on-1 are enabled.']);
  });
});

describe('Services', () => {
  it('ticked by mouse are set to what the box shows', async () => {
    const rig = makeRig({ a: [running] });
    const ticks = [{ node: rig.nodes.service('a', running.id, 'vss'), checked: false }];
    await applyTicks(rig.context, rig.nodes, ticks);
    assert.deepEqual(rig.calls[0]?.parameters, { id: running.id, service: 'vss', enabled: false });
  });

  it('that could not be changed are drawn again, so that their box springs back', async () => {
    const rig = makeRig({ a: [running] });
    rig.behave = () => {
      throw new HyperVError('accessDenied', '');
    };
    const node = rig.nodes.service('a', running.id, 'vss');
    await applyTicks(rig.context, rig.nodes, [{ node, checked: false }]);
    assert.deepEqual(rig.redrawn, [node]);
    assert.match(rig.ui.errors[0]?.message ?? '', /^Backup \(VSS\) of on-1 was not disabled\./);
  });

  it('which the host kept as they were are drawn again, too', async () => {
    const rig = makeRig({ a: [running] });
    const node = rig.nodes.service('a', running.id, 'vss');
    await applyTicks(rig.context, rig.nodes, [{ node, checked: false }]);
    assert.deepEqual(rig.redrawn, [node]);
  });

  it('of a VM that is saved spring back without a request', async () => {
    const saved = makeVm({ state: 'saved' });
    const rig = makeRig({ a: [saved] });
    const node = rig.nodes.service('a', saved.id, 'vss');
    await applyTicks(rig.context, rig.nodes, [{ node, checked: false }]);
    assert.deepEqual(rig.calls, []);
    assert.deepEqual(rig.redrawn, [node]);
    assert.equal(rig.ui.told.length, 1);
  });

  it('ten at once give one progress and one report', async () => {
    const vms = Array.from({ length: 10 }, (_, index) => makeVm({ id: vmId(index + 1) }));
    const rig = makeRig({ a: vms });
    rig.behave = () => {
      throw new HyperVError('timeout', '');
    };
    const ticks = vms.map(({ id }) => ({ node: rig.nodes.service('a', id, 'vss'), checked: false }));
    await applyTicks(rig.context, rig.nodes, ticks);
    assert.equal(rig.ui.progressTitles.length, 1);
    assert.equal(rig.ui.errors.length, 1);
    assert.equal(rig.ui.errors[0]?.message, '0 changed, 10 failed. a did not answer in time.');
  });

  it('are toggled by keyboard where the tree is selected', async () => {
    const rig = makeRig({ a: [running] });
    rig.selection = [rig.nodes.service('a', running.id, 'heartbeat')];
    await changeServices(rig.context, rig.nodes, 'toggle', selectionArgument);
    assert.deepEqual(rig.calls[0]?.parameters, { id: running.id, service: 'heartbeat', enabled: false });
  });

  it('that are as wanted already are left alone', async () => {
    const rig = makeRig({ a: [withService(running, 'vss', { enabled: false })] });
    const rows = [rig.nodes.service('a', running.id, 'vss'), rig.nodes.service('a', running.id, 'heartbeat')];
    await changeServices(rig.context, rig.nodes, 'disable', rows[0], rows);
    assert.deepEqual(
      rig.calls.map(({ parameters }) => parameters['service']),
      ['heartbeat'],
    );
  });

  it('are asked for when only a VM was named', async () => {
    const rig = makeRig({ a: [withService(running, 'vss', { enabled: false })] });
    rig.ui.choices = ['Backup (VSS)'];
    await changeServices(rig.context, rig.nodes, 'enable', rig.nodes.vm('a', running.id));
    assert.deepEqual(rig.ui.picks[0]?.labels, ['Backup (VSS)']);
    assert.deepEqual(rig.calls[0]?.parameters, { id: running.id, service: 'vss', enabled: true });
  });
});

describe('Refresh and Retry Host', () => {
  it('read the hosts of the rows they were called on, each once', async () => {
    const rig = makeRig({ a: [running], b: [] });
    const rows = [rig.nodes.vm('a', running.id), rig.nodes.host('a')];
    await refresh(rig.context, rows[0], rows);
    assert.deepEqual(
      rig.calls.map(({ hostId }) => hostId),
      ['a'],
    );
  });

  it('read all hosts when called on none', async () => {
    const rig = makeRig({ a: [], b: [] });
    await refresh(rig.context);
    assert.deepEqual(
      rig.calls.map(({ hostId }) => hostId),
      ['a', 'b'],
    );
  });

  it('offer only hosts that failed', async () => {
    const rig = makeRig({ a: [], b: [] });
    rig.store.setStatus('b', { kind: 'failed', error: new HyperVError('timeout', '') });
    rig.ui.choices = ['b'];
    await retryHost(rig.context);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['b']);
    assert.deepEqual(
      rig.calls.map(({ hostId, method }) => [hostId, method]),
      [['b', 'retry']],
    );
  });
});
