// Runs npm without a shell: data never becomes a command line, on Windows (npm.cmd) neither.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ToolError } from './log.mjs';
import { run } from './processes.mjs';

export async function npm(args, { cwd, env = process.env } = {}) {
  const [command, head] = locate();
  try {
    return await run(command, [...head, ...args], { cwd, env: withoutLifecycle(env) });
  } catch (error) {
    throw explain(error);
  }
}

/** npm says where it is when a script runs under it; otherwise it lies beside node. */
function locate() {
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const cli = [process.env.npm_execpath, beside].find((file) => file?.endsWith('.js') && existsSync(file));
  return cli ? [process.execPath, [cli]] : ['npm', []];
}

/** Without the variables of the npm that runs us: its settings (a prefix, a script name) are not meant for this one. */
function withoutLifecycle(env) {
  const drop = /^npm_(lifecycle|package|command|config_local_prefix|config_prefix)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !drop.test(name)));
}

function explain(error) {
  const output = String(error.output ?? error.message);
  if (error.code === 'ENOENT') {
    return new ToolError('npm was not found.', 'install Node.js with npm, then run the command again.');
  }
  if (/ENOSPC/.test(output)) {
    return new ToolError('The disk is full.', 'free about 1 GB, then run the command again.');
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(output)) {
    return new ToolError(
      `npm could not reach its registry.\n${lastLines(output)}`,
      'check the network or the proxy (npm config get registry), then run the command again.',
    );
  }
  return new ToolError(`npm failed.\n${lastLines(output)}`, 'see the npm lines above.');
}

function lastLines(output) {
  return output.trim().split('\n').slice(-8).join('\n');
}
