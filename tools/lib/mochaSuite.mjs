// Runs compiled test files with mocha in this very process. Used by the child of `npm test` and by test/vscode/index.ts
// inside the extension host, so that all suites are run and reported alike.
import { setImmediate } from 'node:timers/promises';

/**
 * Runs the files and resolves with numbers, whatever the tests do. A promise that was rejected and never handled counts
 * as a failure: mocha, run as a library, would say nothing of it. `isOurs` tells those of other code in the process apart.
 * With `tries` above 1 a test that fails is run again, and one that then passes is named in `unsteady`.
 */
export async function runSuite({ files, grep, timeoutMs, tries = 1, print = console.log, isOurs = () => true }) {
  // By dynamic import: mocha is an ES module, and the extension host's bundle is CommonJS.
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = (format, ...values) => print(formatLine(format, values));
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: timeoutMs,
    retries: tries - 1,
    forbidOnly: Boolean(process.env.CI),
    ...(grep ? { grep } : {}),
  });
  for (const file of files) {
    mocha.addFile(file);
  }
  const rejections = [];
  const failed = [];
  const unsteady = [];
  // While it runs, mocha emits each of them a second time.
  const seen = new WeakSet();
  const onRejection = (reason, promise) => {
    if (isOurs(reason) && !seen.has(promise)) {
      seen.add(promise);
      rejections.push(reason?.stack ?? String(reason));
    }
  };
  process.on('unhandledRejection', onRejection);
  const started = performance.now();
  try {
    // By require, not loadFilesAsync: the extension host hands out `vscode` to require only.
    mocha.loadFiles();
    const stats = await new Promise((resolve) => {
      const runner = mocha.run(() => resolve(runner.stats));
      runner.on('fail', (test, error) => failed.push(told(test, error)));
      runner.on('retry', (test, error) => unsteady.push(told(test, error)));
    });
    // A rejection is reported when the microtasks after it have run.
    await setImmediate();
    const steady = new Set(failed.map(({ title }) => title));
    return {
      ...summary(stats, rejections, started),
      failed: [...failed, ...rejections.map(outside)],
      unsteady: unsteady.filter(({ title }) => !steady.has(title)),
    };
  } catch (error) {
    rejections.push(error?.stack ?? String(error));
    const nothing = { passes: 0, failures: 0, pending: 0 };
    return { ...summary(nothing, rejections, started), failed: [...failed, ...rejections.map(outside)], unsteady };
  } finally {
    process.off('unhandledRejection', onRejection);
    for (const text of rejections) {
      print(`  Outside of any test: ${text}`);
    }
  }
}

function summary({ passes, failures, pending }, rejections, started) {
  return { passes, failures: failures + rejections.length, pending, durationMs: performance.now() - started };
}

/** A test or hook and the first lines of what it says, for the end of a long run. */
function told(test, error) {
  return { title: test.fullTitle(), message: firstLines(error?.stack ?? error?.message ?? String(error)) };
}

function outside(text) {
  return { title: 'outside of any test', message: firstLines(text) };
}

function firstLines(text) {
  return text.replace(colours, '').split('\n').slice(0, 12).join('\n');
}

/** Colours which other libraries put into their messages, for instance Playwright into its call logs. */
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const colours = /\u001b\[[\d;]*m/g;

/** What console.log would print for mocha's `%s` and `%d`, without the process's own console and without colours. */
function formatLine(format = '', values) {
  let next = 0;
  const line = String(format).replace(/%([sd%])/g, (_, kind) => (kind === '%' ? '%' : String(values[next++] ?? '')));
  return line.replace(colours, '');
}
