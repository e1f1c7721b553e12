// A person who types, chooses and leaves as a test says, in place of VS Code's quick pick.
import type { SearchBox, SearchEvents, SearchRow, SearchUi } from '../../src/commands/searchUi';
import type { PickTexts } from '../../src/commands/ui';

export class FakeSearch implements SearchUi {
  readonly opened: FakeBox[] = [];

  open<T>(texts: PickTexts, events: SearchEvents<T>): SearchBox<T> {
    const box = new FakeBox(texts, events);
    this.opened.push(box);
    return box;
  }

  /** The newest list. */
  get box(): FakeBox {
    const box = this.opened.at(-1);
    if (box === undefined) throw new Error('no list was opened');
    return box;
  }
}

export class FakeBox implements SearchBox<unknown> {
  rows: readonly SearchRow<unknown>[] = [];
  isBusy = false;
  isOpen = true;
  /** Id of the row which Enter is for. */
  active: string | undefined;
  /** How often rows were handed over. */
  shows = 0;

  constructor(
    readonly texts: PickTexts,
    private readonly events: SearchEvents<unknown>,
  ) {}

  get labels(): string[] {
    return this.rows.map(({ label }) => label);
  }

  show(rows: readonly SearchRow<unknown>[], keepActive: boolean): void {
    this.shows++;
    this.rows = rows;
    if (!keepActive || !rows.some(({ id }) => id === this.active)) this.active = rows[0]?.id;
  }

  busy(busy: boolean): void {
    this.isBusy = busy;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.events.left();
  }

  type(text: string): void {
    this.events.typed(text);
  }

  /** Enter on the row of this label. */
  accept(label: string): void {
    const { value } = this.row(label);
    if (value !== undefined) this.events.accepted(value);
  }

  press(label: string, button: string): void {
    this.events.pressed(this.row(label).value, button);
  }

  row(label: string): SearchRow<unknown> {
    const row = this.rows.find((one) => one.label === label);
    if (row === undefined) throw new Error(`no row ${label}: ${this.labels.join(', ')}`);
    return row;
  }
}
