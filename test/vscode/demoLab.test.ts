import assert from 'node:assert/strict';
import type { HypervLabApi } from '../../src/extensionApi';
import { host, hosts, openLab, run, until } from './support/window';

describe('The demo lab', () => {
  let api: HypervLabApi;

  before(async () => {
    api = await openLab();
  });

  it('shows the VMs of its hosts', () => {
    const names = host(api, hosts.live).vms.map(({ name }) => name);
    assert.deepEqual(names.sort(), ['deaf', 'locked', 'polite', 'resting', 'silent']);
  });

  it('shows a live host while another one does not answer', () => {
    assert.equal(host(api, hosts.live).status, 'ready');
    assert.equal(host(api, hosts.hanging).status, 'connecting');
  });

  it('shows why a host refuses, and its VMs once it does not any more', async () => {
    await until(() => host(api, hosts.refused).status === 'failed', 'the refusing host has failed');
    assert.equal(host(api, hosts.refused).reason, 'accessDenied');
    await api.labRequest(hosts.refused, 'lab.fault', { kind: 'all' });
    await run('retryHost', { kind: 'host', id: '', hostId: hosts.refused });
    assert.equal(host(api, hosts.refused).status, 'ready');
    assert.equal(host(api, hosts.refused).vms.length, 1);
  });

  it('is opened once, however often it is asked for', async () => {
    await run('openDemoLab');
    const ids = api.snapshot().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
