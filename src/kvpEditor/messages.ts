// What the data exchange editor's page and the extension say to each other; the only thing both sides share beside the
// domain. The extension checks every message it gets (parseMessage.ts); the page trusts the extension.
import type { KvpPairOutcome } from '../domain/kvp/changes';
import type { DraftRow } from '../domain/kvp/draft';
import type { KvpPlan } from '../domain/kvp/plan';
import type { EditableKvpPool, KvpPair, KvpPool, KvpReading } from '../domain/kvp/pools';

/** Buttons a notice may offer. */
export const noticeActions = ['retry', 'showLog', 'enableService', 'startVm', 'resumeVm'] as const;
export type NoticeAction = (typeof noticeActions)[number];

/** One sentence about the VM or its host that concerns the whole page, and what to do next. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly nextStep?: string;
  readonly actions: readonly NoticeAction[];
}

/** All that the page shows of the outside, complete each time. Texts are translated. */
export interface PageSnapshot {
  readonly vmName: string;
  readonly hostName: string;
  /** The VM's state in a word or two, e.g. "Running". */
  readonly stateText: string;
  /** null until the first reading came. */
  readonly reading: KvpReading | null;
  /** When the reading was taken, in milliseconds since 1970. */
  readonly readAtMs: number | null;
  readonly notice: Notice | null;
  /** The host answers, and no longer has the VM: what is typed cannot be saved. */
  readonly isGone?: boolean;
  /** For a pool that is unknown or empty: why, and what would change that. */
  readonly poolNotes: Readonly<Record<KvpPool, string | null>>;
  /** Readable names of what guests say of themselves. */
  readonly intrinsicLabels: readonly (readonly [key: string, label: string])[];
}

/** What a person typed, per pool, to put back when the page comes again. */
export type SavedDraft = Readonly<Record<EditableKvpPool, readonly DraftRow[]>>;

/** An outcome with the sentence a person reads; null when there is nothing to say. */
export type ReportedOutcome = KvpPairOutcome & { readonly text: string | null };

export type SaveResult =
  /** Somebody changed these keys since they were read: nothing was asked, the new reading is under the draft. */
  | { readonly kind: 'outdated'; readonly keys: readonly string[] }
  /** Nothing was asked. */
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'done'; readonly outcomes: Readonly<Record<EditableKvpPool, readonly ReportedOutcome[]>> };

export type ToPage =
  /** First answer to every `ready`. `contents`: the translations of @vscode/l10n, null for English. */
  | {
      readonly type: 'init';
      readonly target: PageTarget;
      readonly contents: Readonly<Record<string, string>> | null;
      readonly draft: SavedDraft | null;
    }
  | { readonly type: 'snapshot'; readonly snapshot: PageSnapshot }
  /** What is under way for longer than a moment. */
  | { readonly type: 'working'; readonly work: 'reading' | 'saving' | null }
  /** Exactly one for each `save`; the snapshot after it comes before it. */
  | { readonly type: 'saveResult'; readonly id: number; readonly result: SaveResult }
  /** The pairs of a file the person chose, with sentences about what in it was left out. */
  | {
      readonly type: 'imported';
      readonly pool: EditableKvpPool;
      readonly fileName: string;
      readonly pairs: readonly KvpPair[];
      readonly problems: readonly string[];
    }
  /** A sentence about what was just done, to be shown and read out. */
  | { readonly type: 'told'; readonly text: string };

export type SavePlans = Readonly<Partial<Record<EditableKvpPool, KvpPlan>>>;

export type FromPage =
  /** The page has loaded, for the first time or again. */
  | { readonly type: 'ready' }
  | { readonly type: 'refresh' }
  | { readonly type: 'save'; readonly id: number; readonly plans: SavePlans }
  | { readonly type: 'cancelSave' }
  /** After each change of the draft; null when nothing is drafted. */
  | { readonly type: 'draft'; readonly draft: SavedDraft | null }
  | { readonly type: 'copy'; readonly text: string }
  /** As JSON. */
  | { readonly type: 'copyPairs'; readonly pairs: readonly KvpPair[] }
  /** Into a file the person chooses. */
  | { readonly type: 'export'; readonly format: 'json' | 'env'; readonly pairs: readonly KvpPair[] }
  | { readonly type: 'import'; readonly pool: EditableKvpPool }
  | { readonly type: 'action'; readonly action: NoticeAction };

/** Whose pairs a page shows; the names are for display while the host is not connected. */
export interface PageTarget {
  readonly hostId: string;
  readonly vmId: string;
  readonly hostName: string;
  readonly vmName: string;
}

/** What the page keeps for a reload of the window. Pairs whose names look like secrets are not in it. */
export interface PageState {
  readonly target: PageTarget;
  readonly draft: SavedDraft | null;
}
