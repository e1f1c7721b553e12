// Starts child processes in process groups of their own and ends them by group id, so that Ctrl+C leaves nothing behind.
// Used by every tool and by the end-to-end tests; never ends anything by name.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Time a group gets between the polite signal and the hard one; code-server ends its workers within a second. */
const graceMs = 3_000;
/** Nobody notices whether an orphan lives this much longer. */
const parentPollMs = 300;
/** Only the end of the output is shown when a command fails. */
const tailLength = 2_000;

/** Children that have not ended, and other things to close (a browser), in the order they were started. */
const live = new Set();
let handling = false;
let stopping = false;

/**
 * Starts a command. `child.pid` is the process group's id too (except on Windows).
 * Returns {child, pid, exited: Promise<{code, signal, error}>, stop(): Promise<void>}.
 */
export function start(command, args, options = {}) {
  handleSignals();
  const child = spawn(command, args, {
    detached: process.platform !== 'win32',
    windowsHide: true,
    ...options,
  });
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
  });
  const entry = { kill: (signal) => killGroup(child.pid, signal), stop };
  live.add(entry);

  async function stop() {
    if (entry.kill('SIGTERM')) {
      await settlesWithin(groupEnd(child.pid, exited), graceMs);
      entry.kill('SIGKILL');
    }
    await exited;
    live.delete(entry);
  }
  return { child, pid: child.pid, exited, stop };
}

/** Runs a command to its end and returns its output; rejects with the end of that output when it fails. */
export async function run(command, args, { onOutput, signal, ...options } = {}) {
  const started = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  const take = (chunk) => {
    output += chunk;
    onOutput?.(String(chunk));
  };
  started.child.stdout?.on('data', take);
  started.child.stderr?.on('data', take);
  const abort = () => void started.stop();
  signal?.addEventListener('abort', abort, { once: true });
  const { code, error } = await started.exited;
  // The output may still be in the pipe when the process is gone.
  if (!error && started.child.stdout && !started.child.stdout.closed) {
    await settlesWithin(once(started.child.stdout, 'close'), graceMs);
  }
  await started.stop();
  signal?.removeEventListener('abort', abort);
  if (code === 0) {
    return output;
  }
  const failure = new Error(
    `${command} ${args.join(' ')} ended with ${error?.message ?? code}\n${output.slice(-tailLength)}`,
  );
  failure.output = output;
  failure.code = error?.code ?? code;
  throw failure;
}

/** Registers something else that must be closed on Ctrl+C; returns the function that forgets it again. */
export function closeOnExit(stop) {
  handleSignals();
  const entry = { kill: () => false, stop };
  live.add(entry);
  return () => live.delete(entry);
}

/** Ends everything that was started here, newest first; one failure does not keep the others from being ended. */
export async function stopAll() {
  for (const entry of [...live].reverse()) {
    live.delete(entry);
    await entry.stop().catch(() => undefined);
  }
}

/**
 * Ends this process, as a signal would, when its parent is gone: npm hands a signal to a shell, which ends without
 * handing it on. Windows keeps the parent's id, so nothing happens there.
 */
export function endWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      process.kill(process.pid, 'SIGTERM');
    }
  }, parentPollMs);
  timer.unref();
  handleSignals();
}

/** Never resolves after Ctrl+C: work that fails because its children were ended has nothing to say any more. */
export async function untilStopped() {
  if (stopping) {
    await new Promise(() => undefined);
  }
}

/** Sends a signal to the group of a process; false when it has ended. Signal 0 only asks. */
function killGroup(pid, signal) {
  if (pid === undefined) {
    return false;
  }
  if (process.platform === 'win32') {
    return spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true }).status === 0;
  }
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

export function delay(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** True when the promise settles within the time; leaves no timer behind that would hold the process. */
export async function settlesWithin(promise, ms) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, late]).finally(() => clearTimeout(timer));
}

/**
 * Waits for the members of a group, not only for its leader. Bounded: in a container whose first process reaps nothing,
 * an ended orphan stays in its group for ever.
 */
async function groupEnd(pid, exited) {
  await exited;
  const deadline = performance.now() + graceMs;
  while (process.platform !== 'win32' && performance.now() < deadline && killGroup(pid, 0)) {
    await delay(20);
  }
}

function handleSignals() {
  if (handling) {
    return;
  }
  handling = true;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => {
      stopping = true;
      void stopAll().finally(() => process.exit(code));
    });
  }
  // Last resort, for an exit that nobody prepared: it must be synchronous, so it is not polite.
  process.on('exit', () => {
    for (const entry of live) {
      entry.kill('SIGKILL');
    }
  });
}
