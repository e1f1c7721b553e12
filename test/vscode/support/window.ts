// The window under test: one demo lab for the whole suite, put back to its beginning before each test.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { IntegrationServiceKey } from '../../../src/domain/integrationServices';
import { parseVmId } from '../../../src/domain/vm';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import type { HostSnapshot, HypervLabApi } from '../../../src/extensionApi';
import { commands } from '../../../src/manifest';
import type { CommandName } from '../../../src/manifest';

export const hosts = {
  local: 'local',
  live: 'lab:LIVE',
  refused: 'lab:REFUSED',
  hanging: 'lab:HANGING',
  many: 'lab:MANY',
} as const;

/** Longer than any test waits: tests move the clock of the lab when it shall have started. */
export const slowStartMs = 600_000;

/** A guest that needs this long to go down: longer than one look of ours, shorter than anybody's patience. */
const shutdownMs = 1_500;

/** Of every guest that runs; less after a restart, whatever the test does in between. */
export const uptimeSeconds = 3_600;

const vms = {
  polite: { shutdownMs },
  locked: { shutdown: 'locked', shutdownMs },
  // Takes a minute for a megabyte.
  deaf: { shutdown: 'ignores', files: { msPerMB: 60_000 } },
  silent: { guest: 'none', shutdown: 'absent' },
  resting: { state: 'off', startMs: 200 },
  slow: { state: 'off', startMs: slowStartMs },
} as const;

export type VmName = keyof typeof vms;

const vmNames = Object.keys(vms) as VmName[];

/** VMs of the host MANY: all off, and each tenth has more memory than the host. */
export const manyVms = Array.from({ length: 120 }, (_, index) => ({
  name: `m-${String(index + 1).padStart(3, '0')}`,
  id: idOf(index, 'aaaa'),
  state: 'off',
  guest: 'ubuntu',
  startMs: 50,
  // Job error 32778: out of memory.
  ...(index % 10 === 9 && { startError: 32_778 }),
}));

/**
 * One host that works, one that refuses us, one that lists its VMs and never tells the rest, and one with many VMs that
 * refuses us until a test lets us in: no other test sees them.
 */
const spec = {
  hosts: [
    {
      name: 'LIVE',
      vms: Object.entries(vms).map(([name, facts], index) => ({
        guest: 'windowsServer2025',
        uptimeSeconds,
        ...facts,
        name,
        id: idOf(index),
      })),
    },
    { name: 'REFUSED', vms: [{ name: 'unseen', guest: 'ubuntu' }] },
    { name: 'HANGING', vms: [{ name: 'unseen', guest: 'ubuntu' }] },
    { name: 'MANY', vms: manyVms },
  ],
  faults: [
    { kind: 'accessDenied', host: 'REFUSED' },
    { kind: 'accessDenied', host: 'MANY' },
    { kind: 'hang', host: 'HANGING', on: 'Msvm_SummaryInformation' },
  ],
};

function idOf(index: number, kind = '0000'): VmId {
  const id = parseVmId(`5b1c0a1f-${kind}-4d0c-9a0f-${String(index + 1).padStart(12, '0')}`);
  assert.ok(id);
  return id;
}

function vmIdOf(name: VmName): VmId {
  return idOf(vmNames.indexOf(name));
}

export async function extensionUnderTest(): Promise<HypervLabApi> {
  const extension = vscode.extensions.getExtension<HypervLabApi>('hyperv-lab.hyperv-lab');
  assert.ok(extension, 'the extension is not installed in this window');
  return extension.activate();
}

/** Opens the lab of this suite; does nothing when it is open. */
export async function openLab(): Promise<HypervLabApi> {
  process.env['HYPERV_LAB_SPEC'] = JSON.stringify(spec);
  const api = await extensionUnderTest();
  // Palette commands read hosts that nobody has looked at.
  if (host(api, hosts.local).status === 'idle') await refreshHost(hosts.local);
  await run('openDemoLab');
  await until(() => host(api, hosts.live).status === 'ready', 'the live host is read');
  return api;
}

/** The live host as the spec describes it. */
export async function freshLab(): Promise<HypervLabApi> {
  const api = await openLab();
  await api.labRequest(hosts.live, 'lab.reset', {});
  await refreshUntil(() => vmNames.every((name) => isAsDescribed(api, name)));
  return api;
}

function isAsDescribed(api: HypervLabApi, name: VmName): boolean {
  const facts = vms[name];
  const { state, uptimeMs } = vm(api, name);
  return state === ('state' in facts ? facts.state : 'running') && (uptimeMs ?? Infinity) >= uptimeSeconds * 1_000;
}

/** Somebody else puts VMs into a state, and the view has heard of it. */
export async function put(
  api: HypervLabApi,
  state: 'running' | 'off' | 'saved' | 'paused',
  names: readonly VmName[],
): Promise<void> {
  for (const name of names) {
    const touch = { action: 'state', id: vmIdOf(name), state: enabledStates[state] };
    await api.labRequest(hosts.live, 'lab.touch', touch);
  }
  await refreshUntil(() => names.every((name) => vm(api, name).state === state));
}

/** A VM that was changed before is still followed: an answer that was on its way may be older than what we wait for. */
async function refreshUntil(condition: () => boolean): Promise<void> {
  do await refreshHost(hosts.live);
  while (!condition());
}

/** EnabledState of Msvm_ComputerSystem. */
const enabledStates = { running: 2, off: 3, saved: 6, paused: 9 };

export async function refreshHost(hostId: string): Promise<void> {
  await run('refresh', hostNode(hostId));
}

export async function run(name: CommandName, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(commands[name], ...args);
}

export function hostNode(hostId: string): object {
  return { kind: 'host', id: '', hostId };
}

export function vmNode(name: VmName): object {
  return { kind: 'vm', id: '', hostId: hosts.live, vmId: vmIdOf(name) };
}

export function serviceNode(name: VmName, service: IntegrationServiceKey): object {
  return { kind: 'service', id: '', hostId: hosts.live, vmId: vmIdOf(name), service };
}

export function host(api: HypervLabApi, id: string): HostSnapshot {
  const found = api.snapshot().find((candidate) => candidate.id === id);
  assert.ok(found, `there is no host ${id}`);
  return found;
}

export function vm(api: HypervLabApi, name: VmName): VmRecord {
  const found = host(api, hosts.live).vms.find(({ id }) => id === vmIdOf(name));
  assert.ok(found, `there is no VM ${name}`);
  return found;
}

const lookAgainMs = 50;

/** Waits for something that will happen; the test's own limit ends a wait in vain. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  // So that a limit that ends the test is preceded by what it was waiting for.
  const telling = setTimeout(() => {
    console.warn(`still waiting until ${what}`);
  }, 30_000);
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  clearTimeout(telling);
}
