// The headless client: the extension's core without an editor. For debugging, for tests and for people who script.
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { labHosts, parseLabSpec } from '../src/lab/lab';
import type { HostDefinition } from '../src/hyperv/hosts';
import { openHost } from '../src/hyperv/hostSession';
import type { SessionLog } from '../src/powershell/log';
import { silentLog } from '../src/powershell/log';
import { answerLines, ask } from './hv/answers';
import type { Plan } from './hv/arguments';
import { parseArguments, usage, UsageError } from './hv/arguments';

/** A method was asked once and the answer was an error. */
const exitRefused = 2;

async function main(): Promise<number> {
  const plan = parseArguments(process.argv.slice(2));
  if (plan === undefined) {
    await write(usage);
    return 0;
  }
  const host = chooseHost(plan);
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  // Whoever reads our output has gone (`| head`): there is nobody to tell.
  process.stdout.on('error', stop);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const client = await openHost(host, {
    powershell: await choosePowerShell(plan),
    cwd: tmpdir(),
    log: plan.trace ? stderrLog : silentLog,
    launcher: plan.launcher,
  });
  try {
    const asked = { client, host, signal: stopping.signal };
    if (plan.method !== '-') {
      const answer = await ask(asked, plan.method, plan.parameters);
      await write(toLine('result' in answer ? answer.result : answer));
      return 'result' in answer ? 0 : exitRefused;
    }
    const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
    stopping.signal.addEventListener('abort', () => {
      input.close();
    });
    for await (const answer of answerLines(asked, input)) await write(toLine(answer));
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    await client.stop();
    // A terminal or an open pipe on stdin would keep the process alive.
    process.stdin.destroy();
  }
}

function chooseHost({ lab, ssh, host }: Plan): HostDefinition {
  if (ssh !== undefined) return { kind: 'ssh', id: 'ssh', name: ssh.target.host, ...ssh };
  if (lab === undefined) return { kind: 'local', id: 'local', name: 'localhost' };
  let hosts;
  try {
    hosts = labHosts(parseLabSpec(lab));
  } catch (error) {
    throw new UsageError(`--lab: ${error instanceof Error ? error.message : String(error)}`);
  }
  const byName = hosts.findIndex(({ name }) => name === host);
  const index = host === undefined ? 0 : byName >= 0 ? byName : /^\d+$/.test(host) ? Number(host) : -1;
  const chosen = hosts[index];
  if (chosen === undefined) throw new UsageError(`The lab has no host ${host ?? '0'}; it has ${names(hosts)}.`);
  return { kind: 'lab', ...chosen, spec: lab, index };
}

function names(hosts: readonly { readonly name: string }[]): string {
  return hosts.map(({ name }) => name).join(', ');
}

/** A lab runs anywhere, on a stand-in if need be; this computer's Hyper-V wants this computer's own PowerShell. */
async function choosePowerShell({ lab }: Plan): Promise<string | undefined> {
  const fromEnvironment = process.env['HYPERV_LAB_POWERSHELL'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (lab === undefined) return undefined;
  // Not bundled: it builds from files that lie beside it.
  const finder = pathToFileURL(path.join(__dirname, '..', 'tools', 'lib', 'powershell.mjs')).href;
  const { findPowerShell } = (await import(finder)) as {
    findPowerShell: (options: { log: (line: string) => void }) => Promise<{ executable: string }>;
  };
  return (await findPowerShell({ log: complain })).executable;
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

async function write(text: string): Promise<void> {
  if (process.stdout.write(text) || process.stdout.destroyed) return;
  await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'close')]).catch(() => undefined);
}

function complain(line: string): void {
  process.stderr.write(`hv: ${line}\n`);
}

const stderrLog: SessionLog = {
  traceEnabled: true,
  trace: complain,
  debug: complain,
  info: complain,
  warn: complain,
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    complain(error instanceof UsageError ? `${error.message} (hv --help)` : String(error));
    process.exitCode = 1;
  },
);
