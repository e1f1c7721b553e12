// A repeated inventory brings what has changed and nothing else, whatever happened in between.
import assert from 'node:assert/strict';
import type { VmRecord } from '../../src/domain/vm';
import type { HostClient } from '../../src/hyperv/hostClient';
import type { Inventory } from '../../src/hyperv/api';
import { labForSuite, labGuid, labVmId, openLab, refused } from '../support/labHost';

const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        { name: 'running', id: labGuid(1), guest: 'windowsServer2025', notes: 'first\nsecond' },
        { name: 'off', id: labGuid(2), state: 'off' },
        { name: 'no daemons', id: labGuid(3), guest: 'debian' },
        { name: 'paused', id: labGuid(4), state: 'paused' },
      ],
    },
  ],
};

/** The host as a client sees it that holds nothing. */
async function whole(client: HostClient): Promise<readonly VmRecord[]> {
  return ((await client.call('inventory', {})) as Inventory).vms;
}

/** Uptimes go on between two readings. */
const still = (vms: readonly VmRecord[]): readonly VmRecord[] =>
  vms.map((vm) => ({ ...vm, uptimeMs: vm.uptimeMs === null ? null : Math.round(vm.uptimeMs / 60_000) }));

describe('an inventory that is read again', () => {
  const lab = labForSuite(spec);

  const touch = (facts: Readonly<Record<string, unknown>>): Promise<unknown> => lab.client.call('lab.touch', facts);

  /** Reads again and compares with what is true. Returns the VMs that are other objects than before. */
  async function news(before: readonly VmRecord[]): Promise<string[]> {
    const { vms } = await lab.client.inventory();
    const byName = (list: readonly VmRecord[]): readonly VmRecord[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual(still(byName(vms)), still(byName(await whole(lab.client))));
    return vms.filter((vm) => !before.includes(vm)).map(({ name }) => name);
  }

  it('is the same objects when nothing has changed', async () => {
    const { vms, stats } = await lab.client.inventory();
    const again = await lab.client.inventory();
    assert.deepEqual(await news(vms), []);
    assert.equal(again.stats.cimQueries, stats.cimQueries);
    assert.ok(again.stats.bytes < 600, `${again.stats.bytes} bytes`);
  });

  it('shows what somebody else did: a state, a name, one that came and one that went', async () => {
    const { vms } = await lab.client.inventory();
    await touch({ action: 'state', id: labGuid(4), state: 3 });
    await touch({ action: 'rename', id: labGuid(3), name: '"; ["gone","vm"] \\' });
    await touch({ action: 'create', id: labGuid(9), name: 'newcomer' });
    await touch({ action: 'delete', id: labGuid(1) });
    assert.deepEqual(await news(vms), ['"; ["gone","vm"] \\', 'paused', 'newcomer']);
    const { vms: now } = await lab.client.inventory();
    assert.deepEqual(
      now.map(({ id, state }) => [id, state]),
      [
        [labVmId(2), 'off'],
        [labVmId(3), 'running'],
        [labVmId(4), 'off'],
        [labVmId(9), 'off'],
      ],
    );
  });

  it('shows a VM that was restarted in between, and lets the uptime of the others go on', async () => {
    const uptime = async (number: number): Promise<number> => {
      const { vms } = await lab.client.inventory();
      return vms.find(({ id }) => id === labVmId(number))?.uptimeMs ?? 0;
    };
    const [one, other] = [await uptime(1), await uptime(3)];
    await lab.client.call('lab.advance', { ms: 600_000 });
    assert.ok((await uptime(1)) >= one + 600_000);
    await lab.client.change('vm.reset', { id: labVmId(1) });
    assert.ok((await uptime(1)) < one);
    assert.ok((await uptime(3)) >= other + 600_000);
  });

  it('knows what one answer about a VM did not tell the list', async () => {
    const { vms } = await lab.client.inventory();
    await lab.client.change('service.set', { id: labVmId(1), service: 'vss', enabled: false });
    assert.deepEqual(await news(vms), ['running']);
  });

  it('is right after a read that was cancelled or failed in the middle', async () => {
    for (const [kind, reason] of [
      ['hang', 'cancelled'],
      ['serviceStopped', 'failed'],
    ] as const) {
      const { vms } = await lab.client.inventory();
      await touch({ action: 'rename', id: labGuid(2), name: `renamed before ${kind}` });
      await lab.client.call('lab.fault', { kind, on: 'Msvm_SummaryInformation' });
      const cancelling = new AbortController();
      const reading = lab.client.inventory(cancelling.signal);
      if (kind === 'hang') cancelling.abort();
      await refused(reading, reason);
      await lab.client.call('lab.fault', { kind: 'all', clear: true });
      assert.deepEqual(await news(vms), [`renamed before ${kind}`]);
    }
  });

  it('is right when rows of a VM come before it is listed', async () => {
    await lab.client.call('lab.fault', { kind: 'zeroRows', on: 'Msvm_SummaryInformation' });
    const { vms } = await lab.client.inventory();
    assert.ok(vms.every(({ processors }) => processors === null));
    await lab.client.call('lab.fault', { kind: 'all', clear: true });
    assert.equal((await news(vms)).length, vms.length);
    const { vms: now } = await lab.client.inventory();
    await lab.client.call('lab.fault', { kind: 'zeroRows', on: 'Msvm_SummaryInformation' });
    await news(now);
  });

  it('of a client that asks for everything leaves what another one holds', async () => {
    const { vms } = await lab.client.inventory();
    await lab.client.call('inventory', {});
    const { stats } = await lab.client.inventory();
    assert.ok(stats.bytes < 600, `${stats.bytes} bytes`);
    assert.deepEqual(await news(vms), []);
  });

  it('is a whole one for a token that the host does not know', async () => {
    const { vms } = await lab.client.inventory();
    // Forgotten, as by a new runspace: somebody else was the last to be told.
    await lab.client.call('lab.reset', {});
    assert.deepEqual(await news(vms), []);
  });
});

describe('the cost of an inventory that is read again', function () {
  this.timeout(60_000);

  it('is the same few hundred bytes for 2,000 VMs, and as many more as one VM has for one that changed', async () => {
    const { client } = await openLab({ vmsPerHost: 2_000 });
    try {
      const { vms, stats } = await client.inventory();
      const again = await client.inventory();
      assert.equal(vms.length, 2_000);
      assert.ok(again.vms.every((vm, index) => vm === vms[index]));
      assert.ok(again.stats.bytes < 1_000 && stats.bytes > 1_000_000, `${again.stats.bytes} of ${stats.bytes} bytes`);
      assert.equal(again.stats.cimQueries, stats.cimQueries);
      const [one] = vms;
      assert.ok(one);
      await client.call('lab.touch', { action: 'rename', id: one.id, name: 'renamed' });
      const changed = await client.inventory();
      assert.equal(changed.vms.filter((vm, index) => vm !== vms[index]).length, 1);
      assert.ok(changed.stats.bytes < 5_000, `${changed.stats.bytes} bytes`);
    } finally {
      await client.stop();
    }
  });
});
