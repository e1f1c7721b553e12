// How commands speak with a person. windowUi.ts is VS Code's way; unit tests answer for themselves.

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  /** A codicon. */
  readonly icon?: string;
  /** Choices with equal groups stand together below a separator of that text. */
  readonly group?: string;
  readonly value: T;
}

/** One of many of which several can be chosen. */
export interface ManyChoice<T> extends Choice<T> {
  /** A second line. */
  readonly detail: string;
  /** Chosen unless the person says otherwise. */
  readonly picked: boolean;
}

export interface PickTexts {
  readonly title: string;
  readonly placeholder: string;
}

export interface PickManyTexts extends PickTexts {
  /** What the button on a row does, and the one above the list for the row that the keyboard is at. */
  readonly show: string;
}

/**
 * @param message replaces the one before
 * @param share of the whole that is over, from 0 to 1, where that is known
 */
export type Report = (message: string, share?: number) => void;

export interface ProgressOptions {
  readonly title: string;
  /** A notification is for long waits, since only there a person can cancel; otherwise the status bar does. */
  readonly cancellable: boolean;
}

export interface CommandUi {
  /** Something failed. Returns the button which was pressed. */
  error(message: string, ...buttons: string[]): Promise<string | undefined>;
  /** A question which may wait, and stays in sight until it is answered. Returns the button which was pressed. */
  question(message: string, ...buttons: string[]): Promise<string | undefined>;
  /** Something that may be done now, or not at all: goes away by itself. Returns the button which was pressed. */
  offer(message: string, ...buttons: string[]): Promise<string | undefined>;
  /** Tells what no row shows. */
  inform(message: string): void;
  /** Tells in passing, in the status bar. */
  mention(message: string): void;
  /** A question that must be answered now; VS Code adds Cancel. True when the one button was pressed. */
  confirm(message: string, detail: string, button: string): Promise<boolean>;
  pick<T>(texts: PickTexts, choices: readonly Choice<T>[]): Promise<T | undefined>;
  /**
   * @param show called with a choice that the person wants to see elsewhere; the list stays open
   * @returns undefined when the person left
   */
  pickMany<T>(
    texts: PickManyTexts,
    choices: readonly ManyChoice<T>[],
    show: (value: T) => void,
  ): Promise<readonly T[] | undefined>;
  progress<T>(options: ProgressOptions, task: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  showLog(): void;
}
