// Cancellation as a promise, to race with work that cannot be stopped but need not be waited for.

/** Resolves when the signal is aborted, at once if it is already; never if it never is. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
