// Checks what the page sends. The page is ours, but what runs in it shows text of guests: nothing is taken on trust.
import type { DraftRow } from '../domain/kvp/draft';
import type { KvpChanges, KvpRemoval } from '../domain/kvp/changes';
import type { KvpPlan } from '../domain/kvp/plan';
import { isEditableKvpPool } from '../domain/kvp/pools';
import type { EditableKvpPool, KvpPair } from '../domain/kvp/pools';
import { noticeActions } from './messages';
import type { FromPage, NoticeAction, PageState, PageTarget, SavedDraft, SavePlans } from './messages';

type Fields = Readonly<Record<string, unknown>>;

/** undefined for anything that is not exactly a message of the page. */
export function parseFromPage(message: unknown): FromPage | undefined {
  if (!isFields(message)) return undefined;
  const { type } = message;
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'cancelSave':
      return { type };
    case 'save': {
      const plans = savePlans(message['plans']);
      const { id } = message;
      return typeof id === 'number' && plans !== undefined ? { type, id, plans } : undefined;
    }
    case 'draft': {
      if (message['draft'] === null) return { type, draft: null };
      const draft = parseDraft(message['draft']);
      return draft && { type, draft };
    }
    case 'copy':
      return typeof message['text'] === 'string' ? { type, text: message['text'] } : undefined;
    case 'copyPairs': {
      const pairs = listOf(message['pairs'], pair);
      return pairs && { type, pairs };
    }
    case 'export': {
      const { format } = message;
      const pairs = listOf(message['pairs'], pair);
      return (format === 'json' || format === 'env') && pairs !== undefined ? { type, format, pairs } : undefined;
    }
    case 'import':
      return isEditableKvpPool(message['pool']) ? { type, pool: message['pool'] } : undefined;
    case 'action':
      return isNoticeAction(message['action']) ? { type, action: message['action'] } : undefined;
    default:
      return undefined;
  }
}

/** What a reloaded window kept; undefined when it does not say whose pairs were shown. A bad draft is left out. */
export function parsePageState(state: unknown): PageState | undefined {
  if (!isFields(state) || !isFields(state['target'])) return undefined;
  const { hostId, vmId, hostName, vmName } = state['target'];
  const target = { hostId, vmId, hostName, vmName };
  if (!isTarget(target)) return undefined;
  return { target, draft: parseDraft(state['draft']) ?? null };
}

function isTarget(target: Readonly<Record<keyof PageTarget, unknown>>): target is PageTarget {
  return Object.values(target).every((value) => typeof value === 'string');
}

function parseDraft(draft: unknown): SavedDraft | undefined {
  if (!isFields(draft)) return undefined;
  const external = listOf(draft['external'], draftRow);
  const hostOnly = listOf(draft['hostOnly'], draftRow);
  return external && hostOnly && { external, hostOnly };
}

function draftRow(row: Fields): DraftRow | undefined {
  const { id, key, value, removed, theirs } = row;
  const base = row['base'] === null ? null : isFields(row['base']) ? pair(row['base']) : undefined;
  if (typeof id !== 'number' || typeof removed !== 'boolean' || base === undefined) return undefined;
  if (typeof key !== 'string' || typeof value !== 'string') return undefined;
  const conflict = typeof theirs === 'string' || theirs === null ? { theirs } : {};
  return { id, base, key, value, removed, ...conflict };
}

function savePlans(plans: unknown): SavePlans | undefined {
  if (!isFields(plans)) return undefined;
  const result: Partial<Record<EditableKvpPool, KvpPlan>> = {};
  for (const [pool, text] of Object.entries(plans)) {
    const plan = parsePlan(text);
    if (!isEditableKvpPool(pool) || plan === undefined) return undefined;
    result[pool] = plan;
  }
  return result;
}

function parsePlan(plan: unknown): KvpPlan | undefined {
  if (!isFields(plan) || !isFields(plan['changes'])) return undefined;
  const { changes } = plan;
  const add = listOf(changes['add'], pair);
  const change = listOf(changes['change'], pair);
  const remove = listOf(changes['remove'], removal);
  const expected = listOf(plan['expected'], pair);
  if (add === undefined || change === undefined || remove === undefined || expected === undefined) return undefined;
  const parsed: KvpChanges = { add, change, remove };
  return { changes: parsed, expected };
}

function pair({ key, value }: Fields): KvpPair | undefined {
  return typeof key === 'string' && typeof value === 'string' ? { key, value } : undefined;
}

function removal({ key, renamedTo }: Fields): KvpRemoval | undefined {
  if (typeof key !== 'string') return undefined;
  if (renamedTo === undefined) return { key };
  return typeof renamedTo === 'string' ? { key, renamedTo } : undefined;
}

/** undefined when it is no list, or one item is not as it should be. */
function listOf<T>(list: unknown, parse: (item: Fields) => T | undefined): T[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const items: T[] = [];
  for (const item of list) {
    const parsed = isFields(item) ? parse(item) : undefined;
    if (parsed === undefined) return undefined;
    items.push(parsed);
  }
  return items;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isNoticeAction(value: unknown): value is NoticeAction {
  return (noticeActions as readonly unknown[]).includes(value);
}
