import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { tooltipSize } from '../../../src/domain/screen/thumbnail';
import type { VmRecord } from '../../../src/domain/vm';
import type { RemoteHostDefinition } from '../../../src/hyperv/hostOrder';
import { deferred } from '../../../src/powershell/deferred';
import { remote, ids, setUpMany } from '../../support/fakeConnection';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

describe('hosts of the settings', () => {
  it('stand between this computer and the demo lab, in their own order, whoever comes first', async () => {
    const { service, store } = setUpMany();
    service.addHost({ kind: 'lab', id: 'lab', name: 'LAB', spec: {}, index: 0 });
    await service.setRemoteHosts([remote('b'), remote('a')]);
    service.addHost({ kind: 'local', id: 'local', name: 'PC' });
    assert.deepEqual(ids(store), ['local', 'ssh:b', 'ssh:a', 'lab']);
    await service.setRemoteHosts([remote('a'), remote('c'), remote('b')]);
    assert.deepEqual(ids(store), ['local', 'ssh:a', 'ssh:c', 'ssh:b', 'lab']);
  });

  it('keep session and VMs under another name and in another place, and make no event when nothing changed', async () => {
    const { service, store, connected, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    const events: string[] = [];
    store.onDidChange(({ kind }) => events.push(kind));
    await service.setRemoteHosts([remote('b'), remote('a', 'Renamed')]);
    await service.setRemoteHosts([remote('b'), remote('a', 'Renamed')]);
    assert.deepEqual(events, ['hosts']);
    const host = store.host('ssh:a');
    assert.deepEqual([host?.definition.name, host?.status.kind, host?.vms.size], ['Renamed', 'ready', 1]);
    await service.refresh('ssh:a');
    assert.deepEqual(connected, ['ssh:a']);
    assert.equal(fake('a').stopped, 0);
  });

  it('that come back after they were taken away are asked anew whose a VM is that two of them list', async () => {
    const { service, fake } = setUpMany();
    const reads = (): number => fake('a').asked.filter((asked) => asked === 'read').length;
    const both = [remote('a'), remote('b')];
    await service.setRemoteHosts(both);
    await service.refresh('ssh:a');
    for (const expected of [1, 2]) {
      await service.refresh('ssh:b');
      await service.refresh('ssh:b');
      await settled();
      assert.equal(reads(), expected);
      await service.setRemoteHosts([remote('a')]);
      await service.setRemoteHosts(both);
    }
  });

  it('that are reached in another way from now on begin anew', async () => {
    const { service, store, connected, fake } = setUpMany();
    await service.setRemoteHosts([remote('a')]);
    await service.refresh('ssh:a');
    await service.setRemoteHosts([{ ...remote('a'), configFile: '/other' } as RemoteHostDefinition]);
    assert.equal(fake('a').stopped, 1);
    assert.equal(store.host('ssh:a')?.status.kind, 'idle');
    assert.equal(store.host('ssh:a')?.vms.size, 0);
    await service.refresh('ssh:a');
    assert.deepEqual(connected, ['ssh:a', 'ssh:a']);
  });

  it('that were removed are not changed by what they answer afterwards, even when they are back', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a')]);
    const slow = deferred<readonly VmRecord[]>();
    fake('a').onInventory = () => slow.promise;
    const refreshing = service.refresh('ssh:a');
    await settled();
    assert.equal(fake('a').lastSignal?.aborted, false);
    await service.setRemoteHosts([]);
    assert.equal(fake('a').lastSignal?.aborted, true);
    await service.setRemoteHosts([remote('a')]);
    slow.resolve([makeVm()]);
    await refreshing;
    assert.equal(store.host('ssh:a')?.status.kind, 'idle');
    assert.equal(store.host('ssh:a')?.vms.size, 0);
  });

  it('a VM that moved is shown under its new host alone', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    fake('b').vms.clear();
    await Promise.all([service.refresh('ssh:a'), service.refresh('ssh:b')]);
    fake('a').vms.clear();
    fake('b').vms.set(vmId(1), makeVm());
    await service.refresh('ssh:b');
    await settled();
    assert.equal(store.vm('ssh:a', vmId(1)), undefined);
    assert.ok(store.vm('ssh:b', vmId(1)));
    // And back again.
    fake('b').vms.clear();
    fake('a').vms.set(vmId(1), makeVm());
    await service.refresh('ssh:a');
    await settled();
    assert.deepEqual([store.host('ssh:a')?.vms.size, store.host('ssh:b')?.vms.size], [1, 0]);
  });

  it('a replica stays visible on both hosts, and is read again only once', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    await service.refresh('ssh:b');
    await settled();
    for (const host of ['ssh:b', 'ssh:a']) await service.refresh(host);
    await settled();
    assert.deepEqual(fake('a').asked, ['inventory', 'read', 'inventory']);
    assert.deepEqual(fake('b').asked, ['inventory', 'inventory']);
    assert.deepEqual([store.host('ssh:a')?.vms.size, store.host('ssh:b')?.vms.size], [1, 1]);
  });

  it('a host that cannot be asked keeps its VM', async () => {
    const { service, store, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b')]);
    await service.refresh('ssh:a');
    fake('a').onRead = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await service.refresh('ssh:b');
    await settled();
    assert.ok(store.vm('ssh:a', vmId(1)));
  });

  it('what is asked of a VM that is gone names the host which has it', async () => {
    const { service, fake } = setUpMany();
    await service.setRemoteHosts([remote('a'), remote('b', 'Node B')]);
    fake('a').onChange = () => Promise.reject(new HyperVError('vmNotFound', 'gone'));
    const found: (string | undefined)[] = [];
    const ask = async (): Promise<void> => {
      for (const attempt of [
        service.change('ssh:a', 'vm.start', { id: vmId(1) }),
        service.details.readKvp('ssh:a', vmId(1)),
        service.details.readHealth('ssh:a', vmId(1)),
        service.details.readThumbnail('ssh:a', vmId(1), tooltipSize),
        service.details.applyKvp('ssh:a', vmId(1), 'hostOnly', { set: [], remove: [] } as never),
      ]) {
        await assert.rejects(attempt, (error) => {
          assert.ok(HyperVError.is(error, 'vmNotFound'));
          found.push(error.detail.foundOn);
          return true;
        });
      }
    };
    await ask();
    await service.refresh('ssh:b');
    await ask();
    assert.deepEqual(found, [...Array<undefined>(5).fill(undefined), ...Array<string>(5).fill('Node B')]);
  });
});
