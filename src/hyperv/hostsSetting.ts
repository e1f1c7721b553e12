// Reads the setting `hyperv.hosts`. Pure, and never throws: what a person wrote wrong becomes a problem to be told, and
// hides none of the other entries.
import type { HostEntry } from './hostEntry';
import { fieldsOf, hostIdOf, isAllowed, isHostKind, readEntry, toDefinition } from './hostEntry';
import type { RemoteHostDefinition } from './hostOrder';
import type { HostId } from './hosts';

export interface ConfiguredHost {
  readonly definition: RemoteHostDefinition;
  readonly entry: HostEntry;
  /** Of the entry in the list, from 0; entries that are not used count as well. */
  readonly index: number;
}

/** Why an entry is not used; one for each entry, its first. */
export type HostsProblem =
  | { readonly kind: 'notAList' }
  | { readonly kind: 'notAnObject'; readonly index: number }
  /** A value that is missing or not allowed. */
  | { readonly kind: 'field'; readonly index: number; readonly field: string; readonly host: string | undefined }
  | {
      readonly kind: 'unknownField';
      readonly index: number;
      readonly field: string;
      readonly host: string | undefined;
      readonly known: readonly string[];
    }
  | {
      readonly kind: 'duplicate';
      readonly index: number;
      readonly host: string | undefined;
      readonly id: HostId;
      /** Index of the entry that is used. */
      readonly of: number;
    };

export interface HostsSetting {
  /** In the order of the list. */
  readonly hosts: readonly ConfiguredHost[];
  readonly problems: readonly HostsProblem[];
}

/** @param value anything; undefined and null stand for a setting that is not there */
export function parseHostsSetting(value: unknown): HostsSetting {
  const hosts = new Map<HostId, ConfiguredHost>();
  const problems: HostsProblem[] = [];
  if (value === undefined || value === null) return { hosts: [], problems };
  if (!Array.isArray(value)) return { hosts: [], problems: [{ kind: 'notAList' }] };
  (value as readonly unknown[]).forEach((item, index) => {
    const problem = problemOf(item, index);
    if (problem !== undefined) {
      problems.push(problem);
      return;
    }
    const entry = readEntry(item as Readonly<Record<string, unknown>>);
    const id = hostIdOf(entry);
    const first = hosts.get(id);
    if (first === undefined) hosts.set(id, { definition: toDefinition(entry), entry, index });
    else problems.push({ kind: 'duplicate', index, host: entry.host, id, of: first.index });
  });
  return { hosts: [...hosts.values()], problems };
}

function problemOf(item: unknown, index: number): HostsProblem | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { kind: 'notAnObject', index };
  const { kind, host: named } = item as Readonly<Record<string, unknown>>;
  const host = typeof named === 'string' ? named : undefined;
  if (!isHostKind(kind)) return { kind: 'field', index, field: 'kind', host };
  const known: readonly string[] = fieldsOf(kind);
  const unknown = Object.keys(item).find((field) => !known.includes(field));
  // A misspelled `user` or `configFile` would connect in another way than the person meant.
  if (unknown !== undefined) return { kind: 'unknownField', index, field: unknown, host, known };
  const wrong = fieldsOf(kind).find((field) => !isAllowed(kind, field, (item as Record<string, unknown>)[field]));
  return wrong === undefined ? undefined : { kind: 'field', index, field: wrong, host };
}
