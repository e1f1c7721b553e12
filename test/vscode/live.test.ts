// What somebody else does to a host shows by itself: no test here runs a command that reads.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/manifest';
import { useLab } from './support/lab';
import { host, hosts, run, until, vm } from './support/window';

const newcomer = '5b1c0a1f-0000-4d0c-9a0f-00000000ffff';
/** EnabledState of Msvm_ComputerSystem. */
const running = 2;
const off = 3;

describe('A change behind our back', () => {
  const lab = useLab();

  beforeEach(async () => {
    await vscode.commands.executeCommand(`${views.hosts}.focus`);
  });

  async function touch(facts: Readonly<Record<string, unknown>>): Promise<void> {
    await lab.api.labRequest(hosts.live, 'lab.touch', facts);
  }

  const names = (): string[] => host(lab.api, hosts.live).vms.map(({ name }) => name);

  it('shows when a VM is started and stopped', async () => {
    await touch({ action: 'state', id: vm(lab.api, 'resting').id, state: running });
    await until(() => vm(lab.api, 'resting').state === 'running', 'the VM that was started shows as running');
    await touch({ action: 'state', id: vm(lab.api, 'resting').id, state: off });
    await until(() => vm(lab.api, 'resting').state === 'off', 'the VM that was stopped shows as off');
  });

  it('shows when a VM gets another name, also in quick picks', async () => {
    await touch({ action: 'rename', id: vm(lab.api, 'resting').id, name: 'renamed' });
    await until(() => names().includes('renamed'), 'the new name shows');
    assert.ok(!names().includes('resting'));
    await run('start');
    assert.ok(lab.prompts.picks[0]?.includes('renamed'));
  });

  it('shows when VMs come and go', async () => {
    await touch({ action: 'create', id: newcomer, name: 'newcomer' });
    await until(() => names().includes('newcomer'), 'the VM that was created shows');
    await touch({ action: 'delete', id: newcomer });
    await until(() => !names().includes('newcomer'), 'the VM that was deleted is gone');
    assert.equal(names().length, 6);
  });
});
