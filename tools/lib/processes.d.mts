/** Resolves with what the process printed; rejects when it ends with anything but 0. */
export function run(
  command: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<string>;

/** True when the promise settles within the time. */
export function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean>;
