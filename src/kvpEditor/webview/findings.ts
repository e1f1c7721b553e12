// The findings of a draft, judged once for each draft: views and commands ask many times.
import type { PoolDraft } from '../../domain/kvp/draft';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import { validateDraft } from '../../domain/kvp/validate';
import type { DraftFindings } from '../../domain/kvp/validate';

const judged: Readonly<Record<EditableKvpPool, WeakMap<PoolDraft, DraftFindings>>> = {
  external: new WeakMap(),
  hostOnly: new WeakMap(),
};

export function findingsOf(pool: EditableKvpPool, draft: PoolDraft): DraftFindings {
  const known = judged[pool].get(draft);
  if (known !== undefined) return known;
  const findings = validateDraft(pool, draft);
  judged[pool].set(draft, findings);
  return findings;
}
