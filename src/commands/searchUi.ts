// A list that is found anew with each letter typed. windowSearch.ts is VS Code's way; unit tests answer for themselves.
import type { PickTexts } from './ui';

export interface SearchButton {
  readonly id: string;
  /** A codicon. */
  readonly icon: string;
  readonly tooltip: string;
}

export interface SearchRow<T> {
  /** Under which the row is known when the list changes. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon. */
  readonly icon: string;
  readonly buttons?: readonly SearchButton[];
  /** Missing for a row that only tells. */
  readonly value?: T;
}

export interface SearchEvents<T> {
  typed(text: string): void;
  accepted(value: T): void;
  pressed(value: T, buttonId: string): void;
  /** The person left, or the list was closed. */
  left(): void;
}

export interface SearchBox<T> {
  /** @param keepActive the row which Enter is for stays the same, if it is still there; otherwise it is the first one */
  show(rows: readonly SearchRow<T>[], keepActive: boolean): void;
  busy(busy: boolean): void;
  close(): void;
}

export interface SearchUi {
  open<T>(texts: PickTexts, events: SearchEvents<T>): SearchBox<T>;
}
