// The parts of drawing that HTML leaves to a script: the modal dialog, and a focus that survives.

/** Draws; when the element with the focus was moved, focuses it again, and when it is gone, its neighbour. */
export function withFocusKept(app: HTMLElement, draw: () => void): void {
  const before = document.activeElement;
  const row = before?.closest('tr');
  const body = row?.parentElement;
  const section = before?.closest('section')?.dataset['pool'];
  const index = row && body ? [...body.children].indexOf(row) : -1;
  draw();
  if (before === null || before === document.body || document.activeElement !== document.body) return;
  // Somebody is elsewhere in the window, in the palette for instance, and must not be called back from there.
  if (!document.hasFocus()) return;
  const same = before.id === '' ? null : document.getElementById(before.id);
  const rows = app.querySelectorAll<HTMLElement>(`section[data-pool="${section ?? ''}"] tbody > tr`);
  const neighbour = rows[Math.min(Math.max(index, 0), rows.length - 1)]?.querySelector<HTMLElement>('textarea, button');
  const target = same ?? neighbour ?? app.querySelector<HTMLElement>('#save');
  target?.focus();
}

/** Opens or closes the dialog as the model wants, then moves the focus. */
export function place(app: HTMLElement, dialogOpen: boolean, focusId: string | undefined): void {
  const dialog = app.querySelector('dialog');
  if (dialogOpen && dialog?.open === false) dialog.showModal();
  if (!dialogOpen && dialog?.open === true) dialog.close();
  const element = focusId === undefined ? null : document.getElementById(focusId);
  if (element === null || !document.hasFocus()) return;
  element.focus();
  if (element instanceof HTMLInputElement) element.select();
}
