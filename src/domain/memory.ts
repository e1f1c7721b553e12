// What is kept for this window: the little of VS Code's Memento that is needed.

export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
