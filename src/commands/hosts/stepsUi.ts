// How the commands about hosts ask one question after the other, with a way back. windowSteps.ts is VS Code's way; unit
// tests answer for themselves.

/** The person goes back to the question before. */
export const back = Symbol('back');

/** What was answered; undefined when the person left. */
export type Answer<T> = T | typeof back | undefined;

export interface StepHead {
  readonly title: string;
  /** From 1; both are missing for a list that is no step of anything. */
  readonly step?: number;
  readonly of?: number;
  readonly canGoBack: boolean;
}

export interface StepChoice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon. */
  readonly icon: string;
  /** Shown, with its reason in the detail, and not to be chosen. */
  readonly isOut?: boolean;
  readonly value: T;
}

export interface StepInput {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** What is wrong with a text; undefined when it can be taken. */
  readonly check: (text: string) => string | undefined;
  /** Texts to choose from while nothing else is typed. */
  readonly suggestions?: readonly string[];
  /** What they are. */
  readonly suggestionsTitle?: string;
}

export interface LiveRow<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon: string;
  /** Begins a new group under this title. */
  readonly group?: string;
  readonly value: T;
  /** Beside the row. */
  readonly button?: { readonly icon: string; readonly tooltip: string };
}

export type LiveEvent<T> =
  | { readonly kind: 'accepted'; readonly value: T }
  | { readonly kind: 'pressed'; readonly value: T }
  | typeof back
  | undefined;

/** A list that changes while the person looks at it. */
export interface LiveList<T> {
  /** @param active index of the row which Enter is for now; the one that was, when missing */
  show(rows: readonly LiveRow<T>[], busy: boolean, active?: number): void;
  /** What the person does next; undefined when they left, and from then on. */
  next(): Promise<LiveEvent<T>>;
  /** Makes room for a question of somebody else's, and is shown again when that was answered. */
  aside<A>(ask: () => Promise<A>): Promise<A>;
  close(): void;
}

export interface StepsUi {
  choose<T>(head: StepHead, placeholder: string, choices: readonly StepChoice<T>[], active: T): Promise<Answer<T>>;
  input(head: StepHead, input: StepInput): Promise<Answer<string>>;
  list<T>(head: StepHead, placeholder: string): LiveList<T>;
}
