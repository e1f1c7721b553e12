// Names which a person's ssh configuration gives to computers, to be offered. Nothing else of it is read: what it says
// about them is for ssh alone.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseAddress } from './hostEntry';

/** Names after `Host`, without patterns, each once and as they came. Files that it includes are not read. */
export function sshAliases(configuration: string): string[] {
  const names = configuration.split(/\r?\n/).flatMap((line) => {
    const [, rest] = /^\s*host(?:\s*=\s*|\s+)(.*)$/i.exec(line) ?? [];
    return rest === undefined
      ? []
      : rest
          .replace(/(^|\s)#.*$/, '')
          .split(/\s+/)
          .map(unquoted);
  });
  // What is no plain name could not be connected to either.
  return [...new Set(names)].filter((name) => parseAddress(name)?.host === name);
}

/** @returns none when there is no such file, or it cannot be read */
export async function readSshAliases(file = path.join(homedir(), '.ssh', 'config')): Promise<string[]> {
  try {
    return sshAliases(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
}

function unquoted(name: string): string {
  return /^"(.*)"$/.exec(name)?.[1] ?? name;
}
