// Plain progress lines, the same in a terminal and in a CI log: no colours, no cursor tricks. Used by every tool.

/** Progress is repeated this often while a step runs: people give up on a silent terminal after about ten seconds. */
const repeatMs = 4_000;

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Says what begins, repeats that it still runs, says how long it took. Several steps may run side by side. */
export async function step(name, what, work) {
  const started = performance.now();
  const seconds = (digits) => `${((performance.now() - started) / 1000).toFixed(digits)} s`;
  say(`${name}: ${what} ...`);
  const timer = setInterval(() => say(`${name}: still at it after ${seconds(0)}`), repeatMs);
  try {
    const result = await work();
    say(`${name}: done in ${seconds(1)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** A failure with a cause and a next step, shown to people without a stack. */
export class ToolError extends Error {
  constructor(cause, next) {
    super(next ? `${cause}\n  Next: ${next}` : cause);
    this.name = 'ToolError';
  }
}

/** What an operating system's error code means to a person, and what they can do. */
const systemErrors = {
  ENOSPC: ['The disk is full', 'free about 1 GB, then run the command again.'],
  EDQUOT: ['The disk quota is used up', 'free about 1 GB, then run the command again.'],
  EACCES: ['Access was denied', 'make the path writable, or set HYPERV_LAB_CACHE to a folder of yours.'],
  EROFS: ['The file system is read-only', 'set HYPERV_LAB_CACHE and TMPDIR to folders that can be written.'],
};

/** Shows any error the way people can use it: known ones as cause and next step, an unexpected one with its stack. */
export function showError(error) {
  const known = systemErrors[error?.code];
  const shown = known ? new ToolError(`${known[0]} (${error.path ?? error.message}).`, known[1]) : error;
  process.stderr.write(`\n${shown instanceof ToolError ? shown.message : (shown?.stack ?? String(shown))}\n`);
}
