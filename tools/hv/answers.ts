// Runs requests one after the other and turns what becomes of them into plain values for stdout.
import { setTimeout as sleep } from 'node:timers/promises';
import { HyperVError } from '../../src/domain/errors';
import type { ChangeResult, Inventory } from '../../src/hyperv/api';
import type { HostClient } from '../../src/hyperv/hostClient';
import type { HostDefinition } from '../../src/hyperv/hosts';
import { asParameters } from './arguments';
import type { WantedParameters } from './arguments';
import { actionOf, errorDocument, type ErrorDocument } from './errors';

export interface Asked {
  readonly client: Pick<HostClient, 'call'>;
  readonly host: HostDefinition;
  readonly signal: AbortSignal;
}

export type AnswerLine =
  | { readonly method: string; readonly result: unknown }
  | { readonly method: string | null; readonly error: ErrorDocument };

/** One request; an answer in every case that is the host's, the session's or the request's fault. */
export async function ask(asked: Asked, method: string, parameters: WantedParameters): Promise<AnswerLine> {
  const { client, host, signal } = asked;
  try {
    const result = await client.call(method, parameters, signal);
    return { method, result: method === 'inventory' ? inventoryDocument(host, result as Inventory) : result };
  } catch (error) {
    if (!HyperVError.is(error)) throw error;
    const vmName = await nameOfVm(asked, parameters['id'], error);
    const action = actionOf(method);
    const context = { hostName: host.name, ...(vmName !== undefined && { vmName }), ...(action && { action }) };
    return { method, error: errorDocument(error, context) };
  }
}

/** For the texts of an error. The host is asked for it only when it said the error itself; else the id has to do. */
async function nameOfVm({ client, signal }: Asked, id: unknown, error: HyperVError): Promise<string | undefined> {
  if (typeof id !== 'string') return undefined;
  if (error.detail.errorId === undefined || error.reason === 'vmNotFound') return id;
  try {
    return ((await client.call('vm.read', { id }, signal)) as ChangeResult).vm.name;
  } catch {
    return id;
  }
}

/** By name, then by id: the same host gives the same document. */
function inventoryDocument(host: HostDefinition, { vms, stats }: Inventory): unknown {
  const ordered = [...vms].sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
  const { id, name, kind } = host;
  return { host: { id, name, kind }, vms: ordered, stats };
}

/** By code units: independent of the locale of whoever runs it. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Answers to lines of stdin, in their order. An empty line and a sleep have none. */
export async function* answerLines(asked: Asked, lines: AsyncIterable<string>): AsyncGenerator<AnswerLine> {
  for await (const line of lines) {
    if (asked.signal.aborted) return;
    if (line.trim() === '') continue;
    const request = parseLine(line);
    if (request.kind === 'bad') yield refuse(asked, request.message);
    else if (request.kind === 'sleep') await sleep(request.ms, undefined, { signal: asked.signal });
    else yield await ask(asked, request.method, request.parameters);
  }
}

function refuse({ host }: Asked, message: string): AnswerLine {
  const error = new HyperVError('badRequest', message);
  return { method: null, error: errorDocument(error, { hostName: host.name }) };
}

type Request =
  | { readonly kind: 'bad'; readonly message: string }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'method'; readonly method: string; readonly parameters: WantedParameters };

/** Longest pause of one line: one day, below the 2^31 ms at which timers end at once. */
const maxSleepMs = 86_400_000;

function parseLine(line: string): Request {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'bad', message: 'The line is not JSON.' };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'bad', message: 'The line is not an object.' };
  const { method, params, sleep: ms } = value as Record<string, unknown>;
  if (ms !== undefined) {
    const valid = typeof ms === 'number' && ms >= 0 && ms <= maxSleepMs;
    return valid ? { kind: 'sleep', ms } : { kind: 'bad', message: 'sleep takes milliseconds.' };
  }
  if (typeof method !== 'string') return { kind: 'bad', message: 'The line has neither a method nor a sleep.' };
  const parameters = asParameters(params ?? {});
  if (parameters === undefined)
    return { kind: 'bad', message: `params of ${method} is not an object of plain values.` };
  return { kind: 'method', method, parameters };
}
