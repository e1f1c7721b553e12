// What the page shows, as one value: the views are functions of it, and page.ts alone replaces it.
import { emptyDraft } from '../../domain/kvp/draft';
import type { PoolDraft } from '../../domain/kvp/draft';
import type { ImportPlan } from '../../domain/kvp/importPlan';
import type { EditableKvpPool, KvpPool } from '../../domain/kvp/pools';
import type { PageSnapshot, PageTarget, SavePlans } from '../messages';

export type FieldName = 'key' | 'value';

export interface FieldPlace {
  readonly pool: EditableKvpPool;
  readonly id: number;
  readonly field: FieldName;
}

/** `host`: in the order of the host. */
export type SortOrder = 'host' | 'ascending' | 'descending';

export type Dialog =
  | { readonly kind: 'save'; readonly plans: SavePlans }
  | { readonly kind: 'undoAll'; readonly count: number }
  | {
      readonly kind: 'import';
      readonly pool: EditableKvpPool;
      readonly fileName: string;
      readonly plan: ImportPlan;
      /** Sentences about what could not be read. */
      readonly problems: readonly string[];
    };

export interface Model {
  /** null until the extension said whose pairs these are. */
  readonly target: PageTarget | null;
  readonly snapshot: PageSnapshot | null;
  readonly drafts: Readonly<Record<EditableKvpPool, PoolDraft>>;
  readonly filter: string;
  readonly sort: Readonly<Record<KvpPool, SortOrder>>;
  readonly work: 'reading' | 'saving' | null;
  /** The save that is under way; nothing can be edited meanwhile. */
  readonly savingId: number | null;
  /** The field a person is in. */
  readonly focused: FieldPlace | null;
  readonly dialog: Dialog | null;
  /** The one live region. */
  readonly status: string;
}

export const emptyModel: Model = {
  target: null,
  snapshot: null,
  drafts: { external: emptyDraft, hostOnly: emptyDraft },
  filter: '',
  sort: { external: 'host', guest: 'host', intrinsic: 'host', hostOnly: 'host' },
  work: null,
  savingId: null,
  focused: null,
  dialog: null,
  status: '',
};

export function isSaving({ savingId }: Model): boolean {
  return savingId !== null;
}

/** Ids of elements, so that focus and descriptions find them. */
export const elementId = {
  field: ({ pool, id, field }: FieldPlace): string => `${pool}-${id}-${field}`,
  add: (pool: EditableKvpPool): string => `${pool}-add`,
  title: (pool: KvpPool): string => `${pool}-title`,
  filter: 'filter',
  save: 'save',
} as const;
