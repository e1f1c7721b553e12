// One small file a host, in a folder of ours: windows do not write over what others saw of other hosts, and a file that is
// broken costs one host its rows. A cache: whatever fails here is logged, and the host is shown without them.
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SessionLog } from '../powershell/log';
import type { HostDefinition } from './hosts';
import type { LastKnown } from './lastKnown';
import { lastKnownText, mostBytes, parseLastKnown } from './lastKnownText';

/** A file that is being written by another window is younger. */
const abandonedAfterMs = 3_600_000;

export class LastKnownFiles {
  #written = 0;

  /** @param folder absolute; made when something is written */
  constructor(
    private readonly folder: string,
    private readonly log: SessionLog,
    private readonly now: () => number = Date.now,
  ) {}

  /** undefined when there is nothing that can be used; never rejects. */
  async read(host: HostDefinition): Promise<LastKnown | undefined> {
    const file = path.join(this.folder, nameOf(host));
    try {
      const facts = await lstat(file);
      if (!facts.isFile() || facts.size > mostBytes) throw new Error('it is no file of ours');
      return parseLastKnown(await readFile(file, 'utf8'), this.now());
    } catch (error) {
      if (!isMissing(error)) this.#tell('What was last seen of', host, 'is not shown', error);
      return undefined;
    }
  }

  /** In one step, so that no reader finds half of it; never rejects. */
  async write(host: HostDefinition, seenAtMs: number, vms: string): Promise<void> {
    const file = path.join(this.folder, nameOf(host));
    const draft = `${file}.${process.pid}-${++this.#written}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true });
      // Names of VMs are nobody else's business.
      await writeFile(draft, lastKnownText(seenAtMs, vms), { mode: 0o600, flag: 'wx' });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      this.#tell('What was seen of', host, 'is not kept', error);
    }
  }

  /** Forgets all other hosts, and what was left half written; never rejects. */
  async keepOnly(hosts: readonly HostDefinition[]): Promise<void> {
    const kept = new Set(hosts.map(nameOf));
    try {
      const names = await readdir(this.folder);
      await Promise.all(names.filter((name) => !kept.has(name)).map((name) => this.#forget(name)));
    } catch (error) {
      if (!isMissing(error)) this.log.debug(`hosts that were removed are not forgotten: ${String(error)}`);
    }
  }

  async #forget(name: string): Promise<void> {
    const file = path.join(this.folder, name);
    if (name.endsWith('.tmp')) {
      const { mtimeMs } = await lstat(file);
      if (this.now() - mtimeMs < abandonedAfterMs) return;
    }
    await rm(file, { force: true });
  }

  #tell(what: string, { name }: HostDefinition, so: string, error: unknown): void {
    this.log.warn(`${what} ${name} ${so}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** By the way to the host: with another account or port it may be another computer. Neither is written anywhere. */
function nameOf(host: HostDefinition): string {
  const way = JSON.stringify({ ...host, name: '' });
  return `${createHash('sha256').update(way).digest('hex').slice(0, 32)}.json`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
