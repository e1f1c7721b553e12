// What is not read yet is said to be so: no "off", no "disabled", no box that lies.
import assert from 'node:assert/strict';
import { actionRefusal, canEnableAll } from '../../../src/domain/allowedActions';
import { integrationServiceKeys } from '../../../src/domain/integrationServices';
import { noGuestFacts } from '../../../src/domain/guestFacts';
import type { VmRecord } from '../../../src/domain/vm';
import { filterTest } from '../../../src/domain/vmFilter';
import { HostStore } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import { pairsRow } from '../../../src/views/presentationPairs';
import { serviceRow, serviceTooltip } from '../../../src/views/presentationService';
import { vmRow, vmTooltip } from '../../../src/views/presentationVm';
import { TreeModel } from '../../../src/views/treeModel';
import { makeVm } from '../../support/vms';

/** As the host's first row makes it. */
const vm: VmRecord = makeVm({
  name: 'DC01',
  heartbeat: null,
  processors: null,
  memoryMB: null,
  guest: noGuestFacts,
  configurationVersion: null,
  checkpointType: 'unknown',
  services: Object.fromEntries(
    integrationServiceKeys.map((key) => [key, { enabled: null, status: null, secondary: null, reason: null }]),
  ) as VmRecord['services'],
  partial: true,
});

describe('A VM whose host is still being read', () => {
  it('shows name and power state, and nothing about what is not known', () => {
    const row = vmRow(vm);
    assert.deepEqual([row.label, row.description, row.icon], ['DC01', 'running', 'vm-running']);
    assert.equal(row.accessibilityLabel, 'DC01, running');
    assert.match(vmTooltip(vm, 'HV01'), /Everything else: reading…/);
  });

  it('has services without boxes and claims', () => {
    for (const key of integrationServiceKeys) {
      const row = serviceRow(vm, key);
      assert.deepEqual([row.description, row.checkbox, row.icon], ['reading…', undefined, undefined]);
      const [title = ''] = serviceTooltip(vm, key).split('\n');
      assert.doesNotMatch(row.accessibilityLabel + title, /reported|abled/);
      assert.match(title, /reading…/);
      assert.match(row.contextValue, /;fixed$/);
    }
  });

  it('has a guest of which nobody says that it reports nothing', () => {
    const row = pairsRow(vm);
    assert.equal(row.description, 'reading…');
    assert.equal(
      row.accessibilityLabel,
      'Key-value pairs of DC01, What the guest of DC01 reports is still being read.',
    );
  });

  it('can be acted upon by its power state, and its services not yet', () => {
    assert.equal(actionRefusal(vm, 'turnOff'), undefined);
    assert.equal(actionRefusal(vm, 'shutDown'), undefined);
    assert.equal(actionRefusal(vm, 'toggleService'), 'beingRead');
    assert.equal(canEnableAll(vm), false);
  });

  it('needs no attention as far as anybody knows', () => {
    assert.equal(filterTest({ kind: 'attention' }, () => assert.fail())(vm), false);
  });

  it('does not let the host say that no VM matches a filter which cannot tell yet', () => {
    const store = new HostStore();
    store.addHost({ kind: 'local', id: 'a', name: 'HV01' });
    store.setStatus('a', { kind: 'connecting' });
    const nodes = new NodeRegistry();
    const model = new TreeModel(store, nodes, { kind: 'attention' });
    const label = (): string | undefined => model.children(nodes.host('a')).map((node) => model.row(node)?.label)[0];
    store.setEarlyVms('a', [vm]);
    assert.equal(label(), 'Waiting for HV01…');
    assert.equal(model.row(nodes.host('a'))?.description, 'reading…');
    store.setInventory('a', [makeVm()], 0);
    assert.equal(label(), 'No virtual machine matches the filter');
  });
});
