// What the tools that start processes have in common: options, help, errors for people, and an end that leaves nothing.
import { parseArgs } from 'node:util';
import { endLeftovers, interruptedPatienceMs, markRun } from './leftovers.mjs';
import { ToolError, say, showError } from './log.mjs';
import { closeOnExit, endWithParent, stopAll, untilStopped } from './processes.mjs';
import { useTemporaryFolder } from './temporaryFolder.mjs';

/**
 * Runs a tool and ends the process with its exit code; everything it started is ended before.
 * @param {object} tool
 * @param {string} tool.command how it is called, as in `npm start`
 * @param {string} tool.help
 * @param {object} tool.options as parseArgs takes them; `--help` is added
 * @param {boolean} [tool.allowPositionals]
 * @param {(values: object, positionals: string[], mark: string) => Promise<number | undefined>} tool.main returns the
 *   exit code; `mark` finds processes it has left (see leftovers.mjs)
 * @param {string} [tool.lastWords] the last line when it fails by an error
 */
export async function runTool({ command, help, options, allowPositionals = false, main, lastWords }) {
  endWithParent();
  useTemporaryFolder();
  const mark = markRun();
  // Registered first, so closed last: on Ctrl+C it ends what the other children left.
  const forgetLeftovers = closeOnExit(() => endLeftovers(mark, interruptedPatienceMs));
  try {
    const { values, positionals } = readOptions();
    process.exitCode = values.help ? (say(help), 0) : ((await main(values, positionals, mark)) ?? 0);
  } catch (error) {
    await untilStopped();
    showError(error);
    if (lastWords) say(lastWords);
    process.exitCode = 1;
  }
  forgetLeftovers();
  await stopAll();
  const left = await endLeftovers(mark);
  if (left.length > 0) {
    say(`Ended by force: ${left.map(({ pid, command: line }) => `${pid} ${line.slice(0, 200)}`).join('; ')}`);
    process.exitCode = 1;
  }
  process.exit();

  function readOptions() {
    try {
      return parseArgs({ allowPositionals, options: { ...options, help: { type: 'boolean', short: 'h' } } });
    } catch (error) {
      throw new ToolError(error.message, `${command} -- --help lists the options.`);
    }
  }
}
