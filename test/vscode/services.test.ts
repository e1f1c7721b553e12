import assert from 'node:assert/strict';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import { useLab } from './support/lab';
import { hosts, put, refreshHost, run, serviceNode, until, slowStartMs, vm, vmNode } from './support/window';

describe('Integration services', () => {
  const lab = useLab();

  it('are toggled on the host, and read back', async () => {
    const row = serviceNode('polite', 'timeSynchronization');
    await run('toggleService', row);
    assert.equal(vm(lab.api, 'polite').services.timeSynchronization.enabled, false);
    await run('toggleService', row);
    assert.equal(vm(lab.api, 'polite').services.timeSynchronization.enabled, true);
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('are enabled and disabled on a VM that is off', async () => {
    await run('enableService', serviceNode('resting', 'guestServiceInterface'));
    assert.equal(vm(lab.api, 'resting').services.guestServiceInterface.enabled, true);
    await run('disableService', serviceNode('resting', 'guestServiceInterface'));
    assert.equal(vm(lab.api, 'resting').services.guestServiceInterface.enabled, false);
  });

  it('of several rows are changed by one command, each in its own direction', async () => {
    const rows = [serviceNode('polite', 'vss'), serviceNode('polite', 'guestServiceInterface')];
    await run('toggleService', rows[0], rows);
    const { services } = vm(lab.api, 'polite');
    assert.deepEqual([services.vss.enabled, services.guestServiceInterface.enabled], [false, true]);
  });

  it('keep what the host has when a change fails, and say why', async () => {
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'errorOnce', on: 'Disable-VMIntegrationService' });
    await run('disableService', serviceNode('polite', 'vss'));
    assert.equal(vm(lab.api, 'polite').services.vss.enabled, true);
    const [error] = lab.prompts.shown;
    assert.equal(error?.kind, 'error');
    assert.match(error.message, /polite/);
    assert.ok(error.buttons.includes('Show Log'));
  });

  it('ten at once are all changed, without a word', async () => {
    const rows = integrationServiceKeys
      .flatMap((key) => [serviceNode('polite', key), serviceNode('resting', key)])
      .slice(0, 10);
    const before = integrationServiceKeys.slice(0, 5).map((key) => vm(lab.api, 'resting').services[key].enabled);
    await run('toggleService', rows[0], rows);
    for (const name of ['polite', 'resting'] as const) {
      const after = integrationServiceKeys.slice(0, 5).map((key) => vm(lab.api, name).services[key].enabled);
      assert.deepEqual(
        after,
        before.map((enabled) => enabled !== true),
      );
    }
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('of a VM that is saved are left alone, and it is said why', async () => {
    await put(lab.api, 'saved', ['polite']);
    await run('toggleService', serviceNode('polite', 'vss'));
    assert.equal(vm(lab.api, 'polite').services.vss.enabled, true);
    assert.match(lab.prompts.shown[0]?.message ?? '', /not possible in the current state of polite/);
  });

  it('of a VM that is starting are left alone, and it is said why', async () => {
    const started = run('start', vmNode('slow'));
    while (vm(lab.api, 'slow').state !== 'starting') await refreshHost(hosts.live);
    await run('toggleService', serviceNode('slow', 'vss'));
    assert.equal(vm(lab.api, 'slow').services.vss.enabled, true);
    assert.match(lab.prompts.shown[0]?.message ?? '', /slow is still changing its state/);
    await lab.api.labRequest(hosts.live, 'lab.advance', { ms: slowStartMs });
    await started;
    await until(() => vm(lab.api, 'slow').state === 'running', 'the VM runs');
  });
});
