// A promise that somebody else settles.

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

/** Its rejection is never "unhandled": whoever does not wait does not want to know. */
export function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined);
  // The executor has run: Promise calls it within its constructor.
  return { promise, ...(settle as unknown as Omit<Deferred<T>, 'promise'>) };
}
