import assert from 'node:assert/strict';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import { labForSuite, labGuid, labVmId, openLab, refused } from '../support/labHost';

const hostileNames = [
  "O'Neil & Söhne",
  '[0-9]*?',
  '$(New-Item canary)',
  '`$env:PATH`',
  '"quoted"',
  '“typographic”',
  '</script><img onerror=x>',
  '__proto__',
  '2024-01-01T00:00:00Z',
  '/Date(0)/',
  'emoji 👩‍👩‍👧 𝄞',
  '; exit 1 #',
  '{0} %s',
  'twin',
  'twin',
];

const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        { name: 'running', id: labGuid(1), guest: 'windowsServer2025', notes: 'note\nline <b>' },
        { name: 'off', id: labGuid(2), state: 'off' },
        { name: 'saved', id: labGuid(3), state: 'saved' },
        { name: 'paused', id: labGuid(4), state: 'paused' },
        { name: 'no daemons', id: labGuid(5), guest: 'debian' },
        { name: 'checkpoints', id: labGuid(6), checkpoints: 3 },
        { name: 'no system', id: labGuid(7), guest: 'none' },
        ...hostileNames.map((name, index) => ({ name, id: labGuid(100 + index), state: 'off' })),
      ],
    },
  ],
  timeScale: 0.001,
};

describe('the inventory of a host', () => {
  const lab = labForSuite(spec);

  it('lists the VMs with their states, and neither the host itself nor checkpoints', async () => {
    const { vms } = await lab.client.inventory();
    assert.deepEqual(
      vms.slice(0, 7).map(({ name, state }) => [name, state]),
      [
        ['running', 'running'],
        ['off', 'off'],
        ['saved', 'saved'],
        ['paused', 'paused'],
        ['no daemons', 'running'],
        ['checkpoints', 'running'],
        ['no system', 'running'],
      ],
    );
    assert.equal(vms.length, 7 + hostileNames.length);
    assert.deepEqual(
      lab.log.lines.filter((line) => line.startsWith('warn')),
      [],
    );
  });

  it('a running guest shows its facts', async () => {
    const vm = await lab.client.readVm(labVmId(1));
    assert.equal(vm.heartbeat, 'healthy');
    assert.match(vm.guest.osName ?? '', /^Windows Server 2025/);
    assert.ok(vm.guest.addresses.length > 0);
    assert.ok((vm.memoryMB ?? 0) > 0 && (vm.processors ?? 0) > 0 && (vm.uptimeMs ?? 0) > 0);
    assert.equal(vm.notes, 'note\nline <b>');
    assert.equal(vm.checkpointType, 'production');
    assert.equal(vm.configurationVersion, '12.0');
    assert.deepEqual(vm.services.shutdown, { enabled: true, status: 'ok', secondary: null, reason: null });
    assert.equal(vm.services.guestServiceInterface.enabled, false);
  });

  it('a VM that is off or saved keeps its settings and has no statuses', async () => {
    for (const number of [2, 3]) {
      const vm = await lab.client.readVm(labVmId(number));
      assert.equal(vm.heartbeat, null);
      assert.equal(vm.memoryMB, null);
      for (const key of integrationServiceKeys) {
        assert.equal(vm.services[key].status, null);
        assert.equal(typeof vm.services[key].enabled, 'boolean');
      }
    }
  });

  it('a guest without daemons answers for some services only', async () => {
    const { services } = await lab.client.readVm(labVmId(5));
    assert.equal(services.shutdown.status, 'ok');
    assert.equal(services.keyValuePairExchange.status, 'noContact');
    assert.equal(services.keyValuePairExchange.reason, 'No Contact');
  });

  it('names arrive exactly, twins included', async () => {
    const { vms } = await lab.client.inventory();
    assert.deepEqual(
      vms.slice(7).map(({ name }) => name),
      hostileNames,
    );
  });

  it('one VM read alone is the same record as in the list', async () => {
    const { vms } = await lab.client.inventory();
    for (const vm of vms.slice(0, 8)) {
      const alone = await lab.client.readVm(vm.id);
      assert.deepEqual({ ...alone, uptimeMs: null }, { ...vm, uptimeMs: null });
    }
  });

  it('a malformed item spoils nothing else', async () => {
    await lab.client.call('lab.fault', { kind: 'malformedItem' });
    const { vms } = await lab.client.inventory();
    assert.equal(vms.length, 7 + hostileNames.length);
    assert.ok(vms.some(({ services }) => services.shutdown.enabled === true));
  });

  it('a VM that does not exist is told from a host that does not answer', async () => {
    await refused(lab.client.readVm(labVmId(999)), 'vmNotFound');
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.readVm(labVmId(1)), 'accessDenied');
    await refused(lab.client.readVm(labVmId(999)), 'accessDenied');
  });

  it('missing rights are an error, although the host answers without one', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.inventory(), 'accessDenied');
  });

  it('classes without rows and no management service are what a removed Hyper-V leaves behind', async () => {
    await lab.client.call('lab.fault', { kind: 'zeroRows' });
    await refused(lab.client.inventory(), 'moduleMissing');
  });

  it('a host that lacks a class or a property of it is listed without what is in there', async () => {
    for (const code of [0x80041010, 0x80041017]) {
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_SummaryInformation', code });
      const { vms } = await lab.client.inventory();
      assert.ok(vms.length > 0);
      assert.ok(vms.every(({ processors, services }) => processors === null && services.shutdown.enabled !== null));
    }
  });

  it('a stopped service is named', async () => {
    await lab.client.call('lab.fault', { kind: 'serviceStopped' });
    const error = await refused(lab.client.inventory(), 'serviceStopped');
    assert.equal(error.outcome, 'none');
  });

  it('a service that stops between two queries is named, whichever the second is', async () => {
    for (const on of ['Msvm_VirtualSystemSettingData', 'Msvm_VssComponentSettingData', 'Msvm_HeartbeatComponent']) {
      for (const target of [on, 'vmms']) await lab.client.call('lab.fault', { kind: 'serviceStopped', on: target });
      await refused(lab.client.inventory(), 'serviceStopped');
      await refused(lab.client.readVm(labVmId(1)), 'serviceStopped');
      await lab.client.call('lab.reset', {});
    }
  });

  it('rights that are lost between two queries are an error, not VMs without settings', async () => {
    for (const on of ['Msvm_VirtualSystemSettingData', 'Msvm_SummaryInformation', 'Msvm_VssComponentSettingData']) {
      for (const target of [on, 'Msvm_VirtualSystemManagementService']) {
        await lab.client.call('lab.fault', { kind: 'accessDenied', on: target });
      }
      await refused(lab.client.inventory(), 'accessDenied');
      await refused(lab.client.readVm(labVmId(1)), 'accessDenied');
      await lab.client.call('lab.reset', {});
    }
  });

  it('a class that has no rows for another reason costs one query more at most', async () => {
    for (const on of [
      'Msvm_SummaryInformation',
      'Msvm_VssComponentSettingData',
      'Msvm_KvpExchangeComponentSettingData',
    ]) {
      await lab.client.call('lab.fault', { kind: 'zeroRows', on });
    }
    const { vms, stats } = await lab.client.inventory();
    assert.ok(vms.length > 0);
    assert.ok(stats.cimQueries <= 16);
  });

  it('a class or namespace that is missing means that Hyper-V is', async () => {
    for (const code of [0x8004100e, 0x80041010]) {
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_ComputerSystem', code });
      await refused(lab.client.inventory(), 'moduleMissing');
    }
    await lab.client.inventory();
  });

  it('an inventory that hangs is cancelled, and the next one works', async () => {
    await lab.client.call('lab.fault', { kind: 'hang', on: 'Msvm_SummaryInformation' });
    const cancelling = new AbortController();
    const waiting = lab.client.inventory(cancelling.signal);
    cancelling.abort();
    await refused(waiting, 'cancelled');
    await lab.client.call('lab.reset', {});
    assert.ok((await lab.client.inventory()).vms.length > 0);
  });
});

describe('the cost of an inventory', () => {
  async function queriesFor(lab: unknown): Promise<number> {
    const { client } = await openLab(lab);
    try {
      return (await client.inventory()).stats.cimQueries;
    } finally {
      await client.stop();
    }
  }

  it('is the same number of queries for 1, 5 and 500 VMs, and at most 16', async () => {
    const counts = [
      await queriesFor({ vmsPerHost: 1 }),
      await queriesFor({ vmsPerHost: 5 }),
      await queriesFor({ vmsPerHost: 500 }),
    ];
    assert.equal(new Set(counts).size, 1, counts.join(', '));
    assert.ok((counts[0] ?? 0) > 0 && (counts[0] ?? 0) <= 16);
  });

  it('is at most 16 queries for a host without VMs, which is no error', async () => {
    const { client } = await openLab({ hosts: [{ name: 'EMPTY', vms: [] }] });
    try {
      const { vms, stats } = await client.inventory();
      assert.deepEqual(vms, []);
      assert.ok(stats.cimQueries <= 16);
    } finally {
      await client.stop();
    }
  });
});

describe('a host that speaks German', () => {
  const lab = labForSuite({
    hosts: [
      {
        name: 'HV-DE',
        locale: 'de-DE',
        vms: [
          { name: 'dc', id: labGuid(1) },
          { name: 'debian', id: labGuid(2), guest: 'debian' },
        ],
      },
    ],
    timeScale: 0.001,
  });

  it('gives the same facts; only the words for people are German', async () => {
    const { vms } = await lab.client.inventory();
    const [dc, debian] = vms;
    assert.ok(dc && debian);
    assert.equal(dc.heartbeat, 'healthy');
    assert.equal(debian.services.vss.status, 'noContact');
    assert.equal(debian.services.vss.reason, 'Kein Kontakt');
  });

  it('changes the service that was meant', async () => {
    const vm = await lab.client.change('service.set', { id: labVmId(1), service: 'heartbeat', enabled: false });
    assert.equal(vm.services.heartbeat.enabled, false);
    assert.equal(vm.heartbeat, 'disabled');
    for (const key of integrationServiceKeys.filter(
      (other) => other !== 'heartbeat' && other !== 'guestServiceInterface',
    )) {
      assert.equal(vm.services[key].enabled, true, key);
    }
  });
});
