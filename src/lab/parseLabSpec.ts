// Reads a lab's description: its fields (labSpec.ts), then what only the whole of it can tell.
import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { HyperVError } from '../domain/errors';
import { encodeFrame, maxFrameBytes } from '../powershell/encode';
import { hostData } from './hostData';
import { labSchema, maximumVms } from './labSpec';
import { fieldPath, problemOf } from './specProblems';
import { defaultLabHosts } from './stories';
import type { LabExchange, LabFault, LabHostSpec, LabJson, LabSpec } from './labSpec';

/** The message that carries a host's description also carries the table of methods: less than 64 KiB. */
const maximumHostBytes = maxFrameBytes - 64 * 1024;

/**
 * `{"vmsPerHost":500}` is one host with 500 generated VMs, `{}` the default lab.
 * @throws HyperVError `badRequest`, whose text names the field
 */
export function parseLabSpec(json: unknown): LabSpec {
  const result = z.safeParse(labSchema, json);
  if (!result.success) throw refused(problemOf(labSchema, result.error));
  const spec = withHosts(result.data);
  for (const [index, host] of spec.hosts.entries()) {
    checkHostName(spec, index);
    checkVms(host, index);
    checkSize(spec, host, index);
  }
  for (const [index, fault] of (spec.faults ?? []).entries()) checkFault(spec, fault, index);
  return spec;
}

function withHosts(json: LabJson): LabSpec {
  const hosts = json.hosts ?? (json.vmsPerHost === undefined ? [...defaultLabHosts] : [{ name: 'HV-LAB1' }]);
  return { ...json, hosts };
}

/** Names of computers do not differ by case. */
function checkHostName({ hosts }: LabSpec, index: number): void {
  const name = hosts[index]?.name ?? '';
  const first = hosts.findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
  if (first === index) return;
  throw refusedAt(['hosts', index, 'name'], l10n.t('must be unlike {0}', `hosts[${first}].name`));
}

function checkVms(host: LabHostSpec, index: number): void {
  const vms = host.vms ?? [];
  if (vms.length + (host.vmsPerHost ?? 0) > maximumVms)
    throw refusedAt(
      ['hosts', index, 'vmsPerHost'],
      l10n.t('must be at most {0}, the VMs in vms counted in', String(maximumVms)),
    );
  const seen = new Map<string, number>();
  for (const [number, { id, exchange }] of vms.entries()) {
    if (exchange !== undefined) checkExchange(exchange, ['hosts', index, 'vms', number, 'exchange']);
    if (id === undefined) continue;
    const first = seen.get(id.toLowerCase());
    if (first !== undefined)
      throw refusedAt(
        ['hosts', index, 'vms', number, 'id'],
        l10n.t('must be unlike {0}', `hosts[${index}].vms[${first}].id`),
      );
    seen.set(id.toLowerCase(), number);
  }
}

function checkSize(spec: LabSpec, host: LabHostSpec, index: number): void {
  // Generated VMs alone always fit.
  if (host.vms === undefined) return;
  const message = { jsonrpc: '2.0', params: hostData(spec, host) };
  const bytes = encodeFrame(message).length;
  if (bytes > maximumHostBytes)
    throw refusedAt(
      ['hosts', index],
      l10n.t(
        'must be at most {0} bytes as it is sent to PowerShell, and is {1}',
        String(maximumHostBytes),
        String(bytes),
      ),
    );
}

/** The host's own pools hold a name once; a change writes a value or removes the pair. */
function checkExchange(exchange: LabExchange, path: readonly PropertyKey[]): void {
  for (const pool of ['external', 'hostOnly'] as const) {
    const names = (exchange[pool] ?? []).map(({ name }) => name);
    const again = names.findIndex((name, position) => names.indexOf(name) !== position);
    if (again < 0) continue;
    const first = fieldPath([...path, pool, names.indexOf(names[again] ?? ''), 'name']);
    throw refusedAt([...path, pool, again, 'name'], l10n.t('must be unlike {0}', first));
  }
  for (const [turn, { data, remove }] of (exchange.later ?? []).entries()) {
    if ((data === undefined) === (remove === true)) continue;
    throw refusedAt([...path, 'later', turn], l10n.t('must have data, or remove: true'));
  }
}

function checkFault(spec: LabSpec, fault: LabFault, index: number): void {
  const { host: name, vm } = fault;
  const hosts = spec.hosts.filter((host) => name === undefined || host.name === name);
  if (hosts.length === 0) {
    const names = spec.hosts.map((host) => JSON.stringify(host.name)).join(', ');
    throw refusedAt(['faults', index, 'host'], l10n.t('must be one of {0}', names));
  }
  if (vm === undefined) return;
  const isMeant = (word: string): boolean => word.toLowerCase() === vm.toLowerCase();
  const known = hosts.some((host) => hostData(spec, host).vms.some(([title, id]) => isMeant(title) || isMeant(id)));
  if (!known) throw refusedAt(['faults', index, 'vm'], l10n.t('must be the name or the id of a VM in this lab'));
}

function refusedAt(path: readonly PropertyKey[], problem: string): HyperVError {
  return refused(`${fieldPath(path)}: ${problem}`);
}

function refused(problem: string): HyperVError {
  return new HyperVError('badRequest', l10n.t('The description of the lab is not right. {0}', problem));
}
