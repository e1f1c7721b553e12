// Commands on rows that show what was: nothing is asked of the host, and the person is told why.
import assert from 'node:assert/strict';
import { copyFact } from '../../../src/commands/copy';
import { editPairs } from '../../../src/commands/editPairs';
import { applyTicks, changeServices } from '../../../src/commands/setService';
import { resolveVms } from '../../../src/commands/targets';
import { HyperVError } from '../../../src/domain/errors';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { makeVm, vmId } from '../../support/vms';

const vm = makeVm({ name: 'DC01' });
const failed = { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') } as const;
const texts = { title: 'x', placeholder: 'x' };

/** One host that was lost, and one that is there. */
function lost(): Rig {
  const rig = makeRig({ a: [vm], b: [makeVm({ id: vmId(2), name: 'other' })] });
  rig.store.setStatus('a', failed);
  return rig;
}

describe('rows of VMs as they were last seen, in commands', () => {
  it('are refused with who has to answer first, and nothing is asked', async () => {
    const rig = lost();
    const node = rig.nodes.vm('a', vm.id);
    assert.deepEqual(await resolveVms(rig.context, [node], 'shutDown', texts), []);
    await editPairs(rig.context, node);
    await copyFact(rig.context, 'name', node);
    await changeServices(rig.context, rig.nodes, 'disable', rig.nodes.service('a', vm.id, 'vss'));
    await applyTicks(rig.context, rig.nodes, [{ node: rig.nodes.service('a', vm.id, 'vss'), checked: false }]);
    assert.deepEqual([rig.calls, rig.opened], [[], []]);
    assert.equal(rig.ui.told.length, 4);
    for (const text of rig.ui.told) {
      assert.equal(text, 'DC01 is shown as it was last seen. Wait until a has answered, or retry the host.');
    }
  });

  it('are left out among others', async () => {
    const rig = lost();
    const nodes = [rig.nodes.vm('a', vm.id), rig.nodes.vm('b', vmId(2))];
    const targets = await resolveVms(rig.context, [nodes[0], nodes], 'shutDown', texts);
    assert.deepEqual([targets.map((target) => target.vm.name), rig.ui.told], [['other'], []]);
  });

  it('are not among those to choose from, also while their host is asked again', async () => {
    const rig = lost();
    rig.store.setStatus('a', { kind: 'connecting' });
    await resolveVms(rig.context, [], 'shutDown', texts);
    assert.deepEqual(
      rig.ui.picks.map(({ labels }) => labels),
      [['b/other']],
    );
  });
});
