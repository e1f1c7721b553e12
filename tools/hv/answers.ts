// Runs requests one after the other and turns what becomes of them into plain values for stdout.
import { setTimeout as sleep } from 'node:timers/promises';
import { HyperVError } from '../../src/domain/errors';
import { errorText } from '../../src/domain/errorTexts';
import type { Inventory } from '../../src/hyperv/api';
import type { HostClient } from '../../src/hyperv/hostClient';
import type { HostDefinition } from '../../src/hyperv/hosts';
import type { Parameters } from '../../src/powershell/methods';
import { asParameters } from './arguments';

export interface Asked {
  readonly client: Pick<HostClient, 'call'>;
  readonly host: HostDefinition;
  readonly signal: AbortSignal;
}

export type AnswerLine =
  | { readonly method: string; readonly result: unknown }
  | { readonly method: string | null; readonly error: { readonly reason: string; readonly message: string } };

/** One request; an answer in every case that is the host's, the session's or the request's fault. */
export async function ask(
  { client, host, signal }: Asked,
  method: string,
  parameters: Parameters,
): Promise<AnswerLine> {
  try {
    const result = await client.call(method, parameters, signal);
    return { method, result: method === 'inventory' ? inventoryDocument(host, result as Inventory) : result };
  } catch (error) {
    if (!HyperVError.is(error)) throw error;
    const { reason, message, outcome, detail } = error;
    const { what, nextStep } = errorText(error, { hostName: host.name });
    return { method, error: { reason, message, ...{ outcome, what, nextStep, detail } } };
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
    if (request.kind === 'bad') yield { method: null, error: { reason: 'badRequest', message: request.message } };
    else if (request.kind === 'sleep') await sleep(request.ms, undefined, { signal: asked.signal });
    else yield await ask(asked, request.method, request.parameters);
  }
}

type Request =
  | { readonly kind: 'bad'; readonly message: string }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'method'; readonly method: string; readonly parameters: Parameters };

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
