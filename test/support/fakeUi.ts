// A person who answers as a test says, in place of VS Code's window.
import type { Choice, CommandUi, PickTexts, ProgressOptions } from '../../src/commands/ui';

export class FakeUi implements CommandUi {
  readonly errors: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  readonly questions: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  readonly confirmations: { readonly message: string; readonly detail: string }[] = [];
  readonly told: string[] = [];
  readonly mentioned: string[] = [];
  readonly copied: string[] = [];
  readonly picks: { readonly placeholder: string; readonly labels: readonly string[] }[] = [];
  readonly progressTitles: string[] = [];
  /** Every text a progress showed, in order. */
  readonly progressTexts: string[] = [];
  logShown = 0;

  /** Buttons pressed, one for each error or question; nothing when the list has run out. */
  presses: (string | undefined)[] = [];
  /** Answers to modals, in order; "Cancel" when the list has run out. */
  agrees: boolean[] = [];
  /** Labels picked, in order. */
  choices: string[] = [];
  /** Aborts the running progress when it shows a text that matches. */
  cancelAt: RegExp | undefined;

  error(message: string, ...buttons: string[]): Promise<string | undefined> {
    this.errors.push({ message, buttons });
    return Promise.resolve(this.presses.shift());
  }

  question(message: string, ...buttons: string[]): Promise<string | undefined> {
    this.questions.push({ message, buttons });
    return Promise.resolve(this.presses.shift());
  }

  inform(message: string): void {
    this.told.push(message);
  }

  mention(message: string): void {
    this.mentioned.push(message);
  }

  confirm(message: string, detail: string): Promise<boolean> {
    this.confirmations.push({ message, detail });
    return Promise.resolve(this.agrees.shift() ?? false);
  }

  pick<T>({ placeholder }: PickTexts, choices: readonly Choice<T>[]): Promise<T | undefined> {
    this.picks.push({ placeholder, labels: choices.map(({ group, label }) => (group ? `${group}/${label}` : label)) });
    const wanted = this.choices.shift();
    return Promise.resolve(choices.find(({ label }) => label === wanted)?.value);
  }

  async progress<T>(
    { title }: ProgressOptions,
    task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.progressTitles.push(title);
    const abort = new AbortController();
    return task((message) => {
      this.progressTexts.push(message);
      if (this.cancelAt?.test(message) === true) abort.abort();
    }, abort.signal);
  }

  copy(text: string): Promise<void> {
    this.copied.push(text);
    return Promise.resolve();
  }

  showLog(): void {
    this.logShown += 1;
  }
}
