// Runs one of the scripts beside this file on the engine, outside any session, and reads the JSON it prints.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import recordCim from './recordCim.ps1';
import scriptFacts from './scriptFacts.ps1';
import { enginePath } from './sessionHarness';

export interface ScriptFacts {
  readonly errors: readonly string[];
  readonly functions: readonly {
    readonly name: string;
    readonly parameters: readonly { readonly name: string; readonly type: string; readonly mandatory: boolean }[];
  }[];
  /** `name` is empty when the command is computed; `text` is what is written there. */
  readonly commands: readonly {
    readonly name: string;
    readonly text: string;
    readonly parameters: readonly string[];
  }[];
  /** Pieces of text which only PowerShell 7 understands. */
  readonly newer: readonly string[];
}

/** What the engine's parser finds in each of the texts. */
export async function parseScripts(texts: readonly string[]): Promise<readonly ScriptFacts[]> {
  return (await runScript(scriptFacts, { HV_SCRIPTS: JSON.stringify(texts) })) as ScriptFacts[];
}

export interface RecordedCall {
  readonly kind: 'query' | 'method' | 'indication';
  readonly namespace?: string;
  readonly class: string;
  readonly properties?: readonly string[];
  readonly filter?: string;
  readonly query?: string;
  readonly method?: string;
  readonly arguments?: readonly string[];
}

/**
 * What the functions of a text ask of CIM when they are called like this.
 * @param calls `state`: `EnabledState` of every VM meanwhile; 9 (paused) if left out
 */
export async function recordCimCalls(
  functions: string,
  calls: readonly { readonly function: string; readonly arguments: unknown; readonly state?: number }[],
): Promise<readonly RecordedCall[]> {
  return (await runScript(recordCim, { HV_SCRIPT: functions, HV_CALLS: JSON.stringify(calls) })) as RecordedCall[];
}

/**
 * Runs a script that prints JSON, and reads that.
 * @param inputs text that the script finds in the file which the variable of that name names
 */
export async function runScript(script: string, inputs: Readonly<Record<string, string>>): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'script-test-'));
  try {
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
    for (const [name, text] of Object.entries(inputs)) {
      env[name] = join(folder, `${name}.ps1`);
      writeFileSync(env[name], text);
    }
    const file = join(folder, 'script.ps1');
    writeFileSync(file, script);
    const policy = process.platform === 'win32' ? ['-ExecutionPolicy', 'Bypass'] : [];
    const { stdout } = await promisify(execFile)(
      enginePath(),
      ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy, '-File', file],
      { env, maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
