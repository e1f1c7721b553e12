// The answer of the probe that runs on the host and in Windows guests, checked once: strange values become "not known".
import type { RawText, WindowsClientType, WindowsClock } from './facts';
import { isNotStarted, parsePeers, parseW32Source, parseW32Status } from './w32tm';

/** A guest may print whatever it likes; what is longer is cut. */
const longestText = 4_000;

const clientTypes: Readonly<Record<string, WindowsClientType>> = {
  nosync: 'none',
  ntp: 'servers',
  nt5ds: 'domain',
  allsync: 'all',
};

/** @param answer the hashtable of `Get-HvTimeProbe`, with any of its values missing */
export function windowsClock(answer: unknown): WindowsClock {
  const facts = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const source = text(facts['source']);
  const status = text(facts['status']);
  const parsed = parseW32Status(status);
  const stopped = isNotStarted(source, status);
  const running = typeof facts['running'] === 'boolean' ? facts['running'] : null;
  return {
    kind: 'windows',
    source: stopped || source === '' ? { kind: 'unknown' } : parseW32Source(source, parsed),
    stratum: parsed.stratum,
    unsynchronized: parsed.leap === null ? null : parsed.leap === 3,
    running: stopped ? false : running,
    clientType: clientTypes[text(facts['type']).toLowerCase()] ?? null,
    peers: parsePeers(text(facts['peers'])),
    hostProvider: typeof facts['provider'] === 'number' ? facts['provider'] !== 0 : null,
    domainRole: within(facts['role'], 0, 5),
    build: within(facts['build'], 1, 1_000_000),
    raw: rawTexts([
      ['w32tm /query /source', source],
      ['w32tm /query /status', status],
    ]),
  };
}

export function rawTexts(texts: readonly (readonly [command: string, text: string])[]): readonly RawText[] {
  return texts.filter(([, printed]) => printed.trim() !== '').map(([command, printed]) => ({ command, text: printed }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestText) : '';
}

function within(value: unknown, least: number, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;
}
