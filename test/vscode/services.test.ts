import assert from 'node:assert/strict';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import type { HypervLabApi } from '../../src/extensionApi';
import { Prompts } from './support/prompts';
import { freshLab, hosts, run, serviceNode, vm, vmNode } from './support/window';

describe('Integration services', () => {
  let api: HypervLabApi;
  let prompts: Prompts;

  beforeEach(async () => {
    api = await freshLab();
    prompts = new Prompts();
    prompts.install();
  });

  afterEach(async () => {
    prompts.restore();
    await api.labRequest(hosts.live, 'lab.fault', { kind: 'all' });
  });

  it('are toggled on the host, and read back', async () => {
    const row = serviceNode('polite', 'timeSynchronization');
    await run('toggleService', row);
    assert.equal(vm(api, 'polite').services.timeSynchronization.enabled, false);
    await run('toggleService', row);
    assert.equal(vm(api, 'polite').services.timeSynchronization.enabled, true);
    assert.deepEqual(prompts.shown, []);
  });

  it('are enabled and disabled on a VM that is off', async () => {
    await run('enableService', serviceNode('resting', 'guestServiceInterface'));
    assert.equal(vm(api, 'resting').services.guestServiceInterface.enabled, true);
    await run('disableService', serviceNode('resting', 'guestServiceInterface'));
    assert.equal(vm(api, 'resting').services.guestServiceInterface.enabled, false);
  });

  it('of several rows are changed by one command, each in its own direction', async () => {
    const rows = [serviceNode('polite', 'vss'), serviceNode('polite', 'guestServiceInterface')];
    await run('toggleService', rows[0], rows);
    const { services } = vm(api, 'polite');
    assert.deepEqual([services.vss.enabled, services.guestServiceInterface.enabled], [false, true]);
  });

  it('keep what the host has when a change fails, and say why', async () => {
    await api.labRequest(hosts.live, 'lab.fault', { kind: 'errorOnce', on: 'Disable-VMIntegrationService' });
    await run('disableService', serviceNode('polite', 'vss'));
    assert.equal(vm(api, 'polite').services.vss.enabled, true);
    const [error] = prompts.shown;
    assert.equal(error?.kind, 'error');
    assert.match(error.message, /polite/);
    assert.ok(error.buttons.includes('Show Log'));
  });

  it('are all enabled at once, of several VMs', async () => {
    const rows = [vmNode('polite'), vmNode('resting')];
    await run('disableService', serviceNode('polite', 'vss'));
    await run('enableAllServices', rows[0], rows);
    for (const name of ['polite', 'resting'] as const) {
      const enabled = Object.values(vm(api, name).services).map((service) => service.enabled);
      assert.deepEqual(
        enabled,
        enabled.map(() => true),
      );
    }
    assert.deepEqual(prompts.shown, []);
  });

  it('ten at once are all changed, without a word', async () => {
    const rows = integrationServiceKeys
      .flatMap((key) => [serviceNode('polite', key), serviceNode('resting', key)])
      .slice(0, 10);
    const before = integrationServiceKeys.slice(0, 5).map((key) => vm(api, 'resting').services[key].enabled);
    await run('toggleService', rows[0], rows);
    for (const name of ['polite', 'resting'] as const) {
      const after = integrationServiceKeys.slice(0, 5).map((key) => vm(api, name).services[key].enabled);
      assert.deepEqual(
        after,
        before.map((enabled) => enabled !== true),
      );
    }
    assert.deepEqual(prompts.shown, []);
  });

  // EnabledState of Msvm_ComputerSystem: 6 saved, 10 starting.
  for (const [state, code, why] of [
    ['saved', 6, /not possible in the current state of polite/],
    ['starting', 10, /polite is still changing its state/],
  ] as const) {
    it(`of a VM that is ${state} are left alone, and it is said why`, async () => {
      await api.labRequest(hosts.live, 'lab.touch', { action: 'state', id: vm(api, 'polite').id, state: code });
      await run('refresh', { kind: 'host', id: '', hostId: hosts.live });
      assert.equal(vm(api, 'polite').state, state);
      await run('toggleService', serviceNode('polite', 'vss'));
      assert.equal(vm(api, 'polite').services.vss.enabled, true);
      assert.match(prompts.shown[0]?.message ?? '', why);
    });
  }

  it('are picked from a list when no row was named', async () => {
    prompts.pick = 'polite';
    await run('toggleService');
    assert.equal(prompts.picks[0]?.[0], 'LIVE');
    assert.ok(prompts.picks[0].includes('polite'));
    // The second list holds its services; no one of them is named "polite", so nothing was picked there.
    assert.ok(prompts.picks[1]?.includes('Time Synchronization'));
  });
});
