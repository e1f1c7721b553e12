// A host that is slow to tell everything shows its VMs before it has.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/manifest';
import { useLab } from './support/lab';
import { host, hostNode, hosts, run, until } from './support/window';

describe('A host that is read for the first time', () => {
  const lab = useLab();

  it('shows names and power states while the rest is on its way, and all of it in the end', async () => {
    await vscode.commands.executeCommand(`${views.hosts}.focus`);
    const slow = (): ReturnType<typeof host> => host(lab.api, hosts.hanging);
    // Somebody may look at it already.
    if (slow().status !== 'connecting') void run('refresh', hostNode(hosts.hanging));
    await until(() => slow().vms.length === 1, 'the VM is shown');
    const shown = (): unknown => {
      const { status, vms } = slow();
      return [status, vms.map(({ name, state, partial, services }) => [name, state, partial, services.vss.enabled])];
    };
    assert.deepEqual(shown(), ['connecting', [['unseen', 'running', true, null]]]);
    await lab.api.labRequest(hosts.hanging, 'lab.fault', { kind: 'hang', clear: true });
    await until(() => slow().status === 'ready', 'the host is read');
    assert.deepEqual(shown(), ['ready', [['unseen', 'running', undefined, true]]]);
  });
});
