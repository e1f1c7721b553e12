// A person who answers as a test says, in place of VS Code's window.
import type {
  Choice,
  CommandUi,
  ManyChoice,
  PickManyTexts,
  PickTexts,
  ProgressOptions,
  Report,
} from '../../src/commands/ui';

export class FakeUi implements CommandUi {
  readonly errors: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  readonly questions: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  readonly offers: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  readonly confirmations: { readonly message: string; readonly detail: string }[] = [];
  readonly told: string[] = [];
  readonly mentioned: string[] = [];
  readonly copied: string[] = [];
  readonly picks: {
    readonly placeholder: string;
    readonly labels: readonly string[];
    readonly descriptions: readonly string[];
  }[] = [];
  readonly manyPicks: { readonly texts: PickManyTexts; readonly choices: readonly ManyChoice<unknown>[] }[] = [];
  readonly progressTitles: string[] = [];
  /** Every text a progress showed, in order. */
  readonly progressTexts: string[] = [];
  /** The share that each of them showed, where it did. */
  readonly progressShares: number[] = [];
  logShown = 0;

  /** Buttons pressed, one for each error or question; nothing when the list has run out. */
  presses: (string | undefined)[] = [];
  /** Answers to modals, in order; "Cancel" when the list has run out. */
  agrees: boolean[] = [];
  /** Labels picked, in order. */
  choices: string[] = [];
  /** What is done in a list of which several can be picked: the labels picked, or undefined to leave it. */
  answerMany: (list: { show: (label: string) => void; picked: readonly string[] }) => readonly string[] | undefined =
    () => undefined;
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

  offer(message: string, ...buttons: string[]): Promise<string | undefined> {
    this.offers.push({ message, buttons });
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
    this.picks.push({
      placeholder,
      labels: choices.map(({ group, label }) => (group ? `${group}/${label}` : label)),
      descriptions: choices.map(({ description = '' }) => description),
    });
    const wanted = this.choices.shift();
    return Promise.resolve(choices.find(({ label }) => label === wanted)?.value);
  }

  pickMany<T>(
    texts: PickManyTexts,
    choices: readonly ManyChoice<T>[],
    onShow: (value: T) => void,
  ): Promise<readonly T[] | undefined> {
    this.manyPicks.push({ texts, choices });
    const labels = this.answerMany({
      show: (wanted) => {
        for (const { label, value } of choices) if (label === wanted) onShow(value);
      },
      picked: choices.filter(({ picked }) => picked).map(({ label }) => label),
    });
    return Promise.resolve(labels && choices.filter(({ label }) => labels.includes(label)).map(({ value }) => value));
  }

  async progress<T>({ title }: ProgressOptions, task: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
    this.progressTitles.push(title);
    const abort = new AbortController();
    return task((message, share) => {
      this.progressTexts.push(message);
      if (share !== undefined) this.progressShares.push(share);
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
