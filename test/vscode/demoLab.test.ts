import assert from 'node:assert/strict';
import type { HypervLabApi } from '../../src/extensionApi';
import { host, hostNode, hosts, openLab, refreshHost, run, until } from './support/window';

describe('The demo lab', () => {
  let api: HypervLabApi;

  before(async () => {
    api = await openLab();
  });

  it('shows the VMs of its hosts', () => {
    const names = host(api, hosts.live).vms.map(({ name }) => name);
    assert.deepEqual(names.sort(), ['deaf', 'locked', 'polite', 'resting', 'silent', 'slow']);
  });

  it('shows a live host while another one does not answer', async () => {
    // Not waited for: the command ends when the host has been given up.
    void run('retryHost', hostNode(hosts.hanging));
    await until(() => host(api, hosts.hanging).status === 'connecting', 'the hanging host is asked');
    await refreshHost(hosts.live);
    assert.equal(host(api, hosts.live).status, 'ready');
    assert.equal(host(api, hosts.hanging).status, 'connecting');
  });

  it('shows why this computer cannot be used beside hosts that can', async () => {
    assert.deepEqual([host(api, hosts.local).status, host(api, hosts.local).vms], ['failed', []]);
    await run('retryHost', hostNode(hosts.local));
    assert.equal(host(api, hosts.local).reason, 'accessDenied');
    assert.equal(host(api, hosts.live).status, 'ready');
  });

  it('shows why a host refuses, and its VMs once it does not any more', async () => {
    await until(() => host(api, hosts.refused).status === 'failed', 'the refusing host has failed');
    assert.equal(host(api, hosts.refused).reason, 'accessDenied');
    await api.labRequest(hosts.refused, 'lab.fault', { kind: 'all' });
    await run('retryHost', hostNode(hosts.refused));
    assert.equal(host(api, hosts.refused).status, 'ready');
    assert.equal(host(api, hosts.refused).vms.length, 1);
  });

  it('is opened once, however often it is asked for', async () => {
    await run('openDemoLab');
    const ids = api.snapshot().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
