// What is wrong with the rows of a draft: problems stop a save, warnings do not. Kinds only; texts are made at the surface.
import { hasConflict, isDrafted } from './draft';
import type { DraftRow, PoolDraft } from './draft';
import { badCharacter, fits, kvpLimits, sizeOf } from './limits';
import type { BadCharacter } from './limits';
import type { EditableKvpPool } from './pools';
import { looksSecret } from './secrets';

export type FieldProblem =
  | { readonly kind: 'keyEmpty' | 'keyDuplicate' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'badCharacter'; readonly character: BadCharacter };

export type RowWarning =
  /** Every user of the guest can read the pair. */
  | 'secret'
  /** Another key differs in letter case only: a Windows guest keeps both in one registry value. */
  | 'caseTwin';

export interface RowFindings {
  readonly key?: FieldProblem;
  readonly value?: FieldProblem;
  readonly warnings: readonly RowWarning[];
}

export interface DraftFindings {
  /** Rows of which there is something to say, by row id. */
  readonly rows: ReadonlyMap<number, RowFindings>;
  /** How many pairs too many the pool would hold; 0 when it fits. */
  readonly pairsOver: number;
  /** Nothing stops a save: no problem, no open conflict. */
  readonly canSave: boolean;
}

export function validateDraft(pool: EditableKvpPool, { rows }: PoolDraft): DraftFindings {
  const staying = rows.filter(({ removed }) => !removed);
  const uses = counts(staying.map(({ key }) => key));
  const caseUses = counts([...uses.keys()].map((key) => key.toLowerCase()));
  const found = new Map<number, RowFindings>();
  for (const row of staying) {
    const findings = rowFindings(pool, row, uses, caseUses);
    if (findings !== undefined) found.set(row.id, findings);
  }
  const pairsOver = Math.max(0, staying.length - kvpLimits[pool].pairs);
  const hasProblem = [...found.values()].some(({ key, value }) => key !== undefined || value !== undefined);
  return { rows: found, pairsOver, canSave: !hasProblem && pairsOver === 0 && !rows.some(hasConflict) };
}

/** What the host has is not judged, only what somebody typed; warnings concern both. */
function rowFindings(
  pool: EditableKvpPool,
  row: DraftRow,
  uses: ReadonlyMap<string, number>,
  caseUses: ReadonlyMap<string, number>,
): RowFindings | undefined {
  const drafted = isDrafted(row);
  const key = drafted ? keyProblem(pool, row, uses) : undefined;
  const value = drafted ? textProblem(row.value, kvpLimits[pool].value) : undefined;
  const warnings: RowWarning[] = [];
  if (looksSecret(row.key)) warnings.push('secret');
  if (pool === 'external' && drafted && (caseUses.get(row.key.toLowerCase()) ?? 0) > 1) warnings.push('caseTwin');
  if (key === undefined && value === undefined && warnings.length === 0) return undefined;
  return { ...(key && { key }), ...(value && { value }), warnings };
}

function keyProblem(
  pool: EditableKvpPool,
  { key }: DraftRow,
  uses: ReadonlyMap<string, number>,
): FieldProblem | undefined {
  if (key === '') return { kind: 'keyEmpty' };
  if ((uses.get(key) ?? 0) > 1) return { kind: 'keyDuplicate' };
  return textProblem(key, kvpLimits[pool].key);
}

function textProblem(text: string, limit: Parameters<typeof fits>[1]): FieldProblem | undefined {
  const character = badCharacter(text);
  if (character !== undefined) return { kind: 'badCharacter', character };
  return fits(sizeOf(text), limit) ? undefined : { kind: 'tooLong' };
}

function counts(keys: readonly string[]): Map<string, number> {
  const result = new Map<string, number>();
  for (const key of keys) result.set(key, (result.get(key) ?? 0) + 1);
  return result;
}
