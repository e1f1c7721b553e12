import assert from 'node:assert/strict';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import { off, running, spec } from '../support/changesLab';
import { labForSuite, refused } from '../support/labHost';

describe('integration services', () => {
  const lab = labForSuite({ ...spec, timeScale: 1 });

  for (const service of integrationServiceKeys) {
    it(`${service} is switched, read back, and no other with it`, async () => {
      const before = await lab.client.readVm(running);
      const enabled = before.services[service].enabled !== true;
      const after = await lab.client.change('service.set', { id: running, service, enabled });
      for (const key of integrationServiceKeys) {
        assert.equal(after.services[key].enabled, key === service ? enabled : before.services[key].enabled, key);
      }
    });
  }

  it('works on a VM that is off, whose statuses stay unknown', async () => {
    const vm = await lab.client.change('service.set', { id: off, service: 'guestServiceInterface', enabled: true });
    assert.deepEqual(vm.services.guestServiceInterface, { enabled: true, status: null, secondary: null, reason: null });
  });

  it('asking for what is so already is no error', async () => {
    const vm = await lab.client.change('service.set', { id: running, service: 'vss', enabled: true });
    assert.equal(vm.services.vss.enabled, true);
  });

  it('disabling the heartbeat is seen as such', async () => {
    const vm = await lab.client.change('service.set', { id: running, service: 'heartbeat', enabled: false });
    assert.equal(vm.heartbeat, 'disabled');
  });

  it('a service nobody knows is a bad request, not a change', async () => {
    await refused(
      lab.client.call('service.set', { id: running, service: 'Zeitsynchronisierung', enabled: true }),
      'badRequest',
    );
  });

  it('a Hyper-V service that stops under a cmdlet is named', async () => {
    for (const on of ['Get-VM', 'Get-VMIntegrationService', 'Disable-VMIntegrationService']) {
      for (const target of [on, 'vmms']) await lab.client.call('lab.fault', { kind: 'serviceStopped', on: target });
      await refused(
        lab.client.change('service.set', { id: running, service: 'vss', enabled: false }),
        'serviceStopped',
      );
      await lab.client.call('lab.reset', {});
    }
  });

  it('a cmdlet that fails leaves the setting as it was', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Disable-VMIntegrationService' });
    await refused(lab.client.change('service.set', { id: running, service: 'vss', enabled: false }), 'failed');
    assert.equal((await lab.client.readVm(running)).services.vss.enabled, true);
  });
});
