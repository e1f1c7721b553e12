// What `w32tm /query` prints, in every language of Windows: labels and sentences are translated, so lines are known by their
// place and values by their shape. Pure. Shapes: output as people quoted it in English, German, French, Japanese and Chinese.
import type { WindowsSource } from './facts';

/** Never translated: the name under which the service Time Synchronization registers itself with Windows' time service. */
const hostServiceName = 'VM IC Time Synchronization Provider';

/** Reference ids of the host's service: `VMTP`, and `VMIC` on older systems. */
const hostServiceIds: ReadonlySet<number> = new Set([0x56_4d_54_50, 0x56_4d_49_43]);

/** `LOCL`: the clock runs free. */
const freeRunningId = 0x4c_4f_43_4c;

/** HRESULT of a service that does not run; the sentence around it is translated. */
const notStarted = /0x80070426\b/i;

/** What ends with a flag (`,0x9`) or is a name with a dot, an address, or one bare word: never a sentence. */
const serverPattern = /^[A-Za-z0-9](?:[A-Za-z0-9._:%-]{0,253})?$/;

export interface W32Status {
  readonly stratum: number | null;
  /** 0 to 3; 3: not synchronised. */
  readonly leap: number | null;
  readonly referenceId: number | null;
}

/** @param text of `w32tm /query /status`: the first line is the leap indicator, the second the stratum */
export function parseW32Status(text: string): W32Status {
  const values = text
    .split(/\r?\n/)
    // French puts a no-break space before the colon.
    .map((line) => /^[^:：]+[:：]\s*(.*)$/u.exec(line.trim())?.[1])
    .filter((value) => value !== undefined);
  const leap = leading(values[0]);
  const stratum = leading(values[1]);
  const id = values.slice(2).flatMap((value) => /^0x([0-9a-f]{8})\b/i.exec(value)?.[1] ?? [])[0];
  const isStatus = leap !== null && leap >= 0 && leap <= 3 && stratum !== null && id !== undefined;
  return isStatus
    ? { leap, stratum, referenceId: Number.parseInt(id, 16) }
    : { leap: null, stratum: null, referenceId: null };
}

/** Whether either output says that the service W32Time does not run. */
export function isNotStarted(...texts: readonly string[]): boolean {
  return texts.some((text) => notStarted.test(text));
}

/** @param text of `w32tm /query /source`: one line */
export function parseW32Source(text: string, { leap, referenceId, stratum }: W32Status): WindowsSource {
  const [line = '', ...more] = text.trim().split(/\r?\n/);
  const name = line.trim();
  if (name === hostServiceName || (referenceId !== null && hostServiceIds.has(referenceId)))
    return { kind: 'hostService' };
  // "Local CMOS Clock" and "Free-running System Clock" are translated; their ids are not.
  if (referenceId === freeRunningId || (referenceId === 0 && (stratum === 0 || leap === 3))) return { kind: 'local' };
  if (more.some((rest) => rest.trim() !== '')) return { kind: 'unknown' };
  const [server = ''] = name.split(',');
  // One word that is no address may be anything in another language; with a flag, or a dot, it is a server.
  const isServer = serverPattern.test(server) && (/[.:]/.test(server) || name !== server || (stratum ?? 0) > 1);
  return isServer ? { kind: 'server', name: server } : { kind: 'unknown' };
}

/** @param value of `NtpServer`: names separated by spaces, each with flags */
export function parsePeers(value: string): readonly string[] {
  return value
    .split(/\s+/)
    .map((peer) => peer.split(',')[0] ?? '')
    .filter((peer) => serverPattern.test(peer));
}

/** The number a value begins with: 4 for "4 (secondary reference …)", 0 for "0(no warning)". */
function leading(value: string | undefined): number | null {
  const digits = /^\d{1,3}(?!\d)/.exec(value ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}
