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

export interface PickTexts {
  readonly title: string;
  readonly placeholder: string;
}

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
  /** Tells what no row shows. */
  inform(message: string): void;
  /** Tells in passing, in the status bar. */
  mention(message: string): void;
  /** A question that must be answered now; VS Code adds Cancel. True when the one button was pressed. */
  confirm(message: string, detail: string, button: string): Promise<boolean>;
  pick<T>(texts: PickTexts, choices: readonly Choice<T>[]): Promise<T | undefined>;
  progress<T>(
    options: ProgressOptions,
    task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  showLog(): void;
}
