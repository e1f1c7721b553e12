// One listener for each kind of event on the whole page: a thousand rows need no listeners of their own.
import { isEditableKvpPool } from '../../domain/kvp/pools';
import type { EditableKvpPool, KvpPool } from '../../domain/kvp/pools';
import { neighbours } from './focus';
import { fromField } from './lineEnds';
import { elementId } from './model';
import type { FieldPlace } from './model';
import type { Page } from './page';
import { pairsOfPool } from './pairsOfPool';

export function listen(root: HTMLElement, page: Page): void {
  root.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement) onInput(page, target);
  });
  root.addEventListener('focusin', ({ target }) => {
    const place = target instanceof Element ? fieldPlace(target) : undefined;
    // Going to a button changes nothing: were a hint to come or go, the button would move away under the pointer.
    if (place !== undefined) page.focus(place);
  });
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button[data-act]') : null;
    if (button !== null) onAct(page, button);
  });
  document.addEventListener('keydown', (event) => {
    onKey(page, event);
  });
}

function onInput(page: Page, field: HTMLTextAreaElement): void {
  const place = fieldPlace(field);
  const row = place && page.model.drafts[place.pool].rows.find(({ id }) => id === place.id);
  if (place === undefined || row === undefined) return;
  const before = row[place.field];
  // A line end pasted with a key was hardly meant to be part of it.
  const typed = place.field === 'key' && !/[\r\n]/.test(before) ? field.value.replace(/[\r\n]+/g, '') : field.value;
  const base = row.base?.[place.field];
  const unchanged = base !== undefined && fromField(typed, base) === base;
  page.edit(place, unchanged ? base : fromField(typed, before));
}

function onAct(page: Page, button: HTMLElement): void {
  if (button.dataset['act'] === 'refresh') {
    page.refresh();
    return;
  }
  const pool = poolOf(button);
  const row = button.closest<HTMLElement>('tr');
  if (pool === undefined || row === null) return;
  if (row.dataset['id'] === undefined) copyReadOnly(page, pool, row.dataset['key'] ?? '', button.dataset['act']);
  else if (isEditableKvpPool(pool)) onRowAct(page, pool, Number(row.dataset['id']), button.dataset['act']);
}

function copyReadOnly(page: Page, pool: KvpPool, key: string, act: string | undefined): void {
  const pair = pairsOfPool(page.model, pool).find((each) => each.key === key);
  if (pair !== undefined) page.copy(act === 'copyKey' ? pair.key : pair.value);
}

function onRowAct(page: Page, pool: EditableKvpPool, id: number, act: string | undefined): void {
  const row = page.model.drafts[pool].rows.find((each) => each.id === id);
  if (row === undefined) return;
  if (act === 'copyKey') page.copy(row.key);
  else if (act === 'copyValue') page.copy(row.value);
  else if (act === 'remove') page.remove(pool, id);
  else if (act === 'undo') page.undo(pool, id);
  else if (act === 'mine' || act === 'theirs') page.resolve(pool, id, act);
}

function onKey(page: Page, event: KeyboardEvent): void {
  if (event.isComposing) return;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (command && event.key.toLowerCase() === 's') {
    event.preventDefault();
    page.save();
  } else if (command && event.key.toLowerCase() === 'f' && page.model.dialog === null) {
    event.preventDefault();
    page.find();
  } else if (event.key === 'Enter' && !event.shiftKey && !command && !event.altKey) {
    const place = event.target instanceof Element ? fieldPlace(event.target) : undefined;
    if (place === undefined) return;
    // Enter goes on to the next field; Shift+Enter makes a new line in a value.
    event.preventDefault();
    goOn(page, place);
  }
}

function goOn(page: Page, place: FieldPlace): void {
  const { pool, id, field } = place;
  if (field === 'key') {
    page.update({}, elementId.field({ pool, id, field: 'value' }));
    return;
  }
  const { behind } = neighbours(page.model, pool, id);
  // Behind the last row one more pair can be added at once.
  page.update({}, behind === undefined ? elementId.add(pool) : elementId.field(behind));
}

function fieldPlace(element: Element): FieldPlace | undefined {
  if (!(element instanceof HTMLTextAreaElement)) return undefined;
  const pool = poolOf(element);
  const id = element.closest<HTMLElement>('tr')?.dataset['id'];
  const { field } = element.dataset;
  if (pool === undefined || !isEditableKvpPool(pool) || id === undefined) return undefined;
  return field === 'key' || field === 'value' ? { pool, id: Number(id), field } : undefined;
}

function poolOf(element: Element): KvpPool | undefined {
  return element.closest<HTMLElement>('section[data-pool]')?.dataset['pool'] as KvpPool | undefined;
}
