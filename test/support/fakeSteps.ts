// A person who answers one question after the other as a test says, in place of VS Code's input boxes.
import { back } from '../../src/commands/hosts/stepsUi';
import type {
  Answer,
  LiveEvent,
  LiveList,
  LiveRow,
  StepChoice,
  StepHead,
  StepInput,
  StepsUi,
} from '../../src/commands/hosts/stepsUi';

/** A label or a text; `leave` is Escape. A row's button is pressed, and a running list acted upon, where it says so. */
export type Reply = string | typeof back | typeof leave | { readonly press: string } | { readonly whileBusy: Reply };
export const leave = Symbol('leave');

export class FakeSteps implements StepsUi {
  /** In order. Escape when the list has run out. */
  replies: Reply[] = [];
  /** Every question, as `title 1/6: what is asked`. */
  readonly asked: string[] = [];
  /** What was said of texts that were not taken. */
  readonly refusals: string[] = [];
  /** What stood in each input before anybody typed. */
  readonly values: string[] = [];
  /** What each choice offered. */
  readonly offered: (readonly StepChoice<unknown>[])[] = [];
  readonly suggestions: (readonly string[])[] = [];
  readonly lists: FakeList<unknown>[] = [];
  /** Whether the way back was offered, question by question. */
  readonly canGoBack: boolean[] = [];

  choose<T>(head: StepHead, placeholder: string, choices: readonly StepChoice<T>[]): Promise<Answer<T>> {
    this.#note(head, placeholder);
    this.offered.push(choices);
    const reply = this.#next();
    if (reply === back || reply === undefined) return Promise.resolve(reply);
    const chosen = choices.find(({ label, isOut }) => label === reply && isOut !== true);
    if (chosen === undefined) this.refusals.push(reply);
    return chosen === undefined ? this.choose(head, placeholder, choices) : Promise.resolve(chosen.value);
  }

  input(head: StepHead, input: StepInput): Promise<Answer<string>> {
    this.#note(head, input.prompt);
    this.values.push(input.value);
    this.suggestions.push(input.suggestions ?? []);
    const reply = this.#next();
    if (typeof reply !== 'string') return Promise.resolve(reply);
    const wrong = input.check(reply);
    if (wrong === undefined) return Promise.resolve(reply);
    this.refusals.push(wrong);
    return this.input(head, input);
  }

  list<T>(head: StepHead, placeholder: string): LiveList<T> {
    this.#note(head, placeholder);
    const list = new FakeList<T>(this.replies);
    this.lists.push(list as FakeList<unknown>);
    return list;
  }

  #next(): string | typeof back | undefined {
    const reply = this.replies.shift() ?? leave;
    if (typeof reply === 'object') throw new Error('this reply is for a list');
    return reply === leave ? undefined : reply;
  }

  #note({ title, step, of, canGoBack }: StepHead, what: string): void {
    this.asked.push(`${title}${step === undefined ? '' : ` ${step}/${String(of)}`}: ${what}`);
    this.canGoBack.push(canGoBack);
  }
}

/** Answers when the list has come to rest, unless the reply says otherwise. */
export class FakeList<T> implements LiveList<T> {
  rows: readonly LiveRow<T>[] = [];
  busy = true;
  active: string | undefined;
  closed = false;
  /** Questions that it made room for. */
  asides = 0;
  #waiting: ((event: LiveEvent<T>) => void) | undefined;

  constructor(private readonly replies: Reply[]) {}

  show(rows: readonly LiveRow<T>[], busy: boolean, active?: number): void {
    this.rows = rows;
    this.busy = busy;
    if (active !== undefined) this.active = rows[active]?.label;
    this.#answer();
  }

  next(): Promise<LiveEvent<T>> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      // After everything that has happened so far.
      setImmediate(() => {
        this.#answer();
      });
    });
  }

  async aside<A>(ask: () => Promise<A>): Promise<A> {
    this.asides++;
    return await ask();
  }

  close(): void {
    this.closed = true;
  }

  #answer(): void {
    const [reply] = this.replies;
    const isEarly = typeof reply === 'object' && 'whileBusy' in reply;
    if (this.#waiting === undefined || (this.busy && !isEarly)) return;
    this.replies.shift();
    const deliver = this.#waiting;
    this.#waiting = undefined;
    deliver(this.#event(isEarly ? reply.whileBusy : (reply ?? leave)));
  }

  #event(reply: Reply): LiveEvent<T> {
    if (reply === back) return back;
    if (reply === leave) return undefined;
    if (typeof reply === 'object' && 'whileBusy' in reply) throw new Error('one whileBusy is enough');
    const isPressed = typeof reply === 'object';
    const label = isPressed ? reply.press : reply;
    const row = this.rows.find((one) => one.label === label);
    if (row === undefined) throw new Error(`no row ${label}: ${this.rows.map((one) => one.label).join(', ')}`);
    return { kind: isPressed ? 'pressed' : 'accepted', value: row.value };
  }
}
