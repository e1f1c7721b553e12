// The first frame of a session: what runs at the other end.

export interface Hello {
  readonly proto: 1;
  /** `$PSVersionTable.PSVersion`, e.g. "5.1.26100.1". */
  readonly ps: string;
  /** `Desktop` (Windows PowerShell) or `Core`. */
  readonly edition: string;
  readonly os: string;
  readonly pid: number;
  readonly culture: string;
  readonly languageMode: string;
  /** Name of the script's module when a folder of that name is on the module path; null when not. */
  readonly module: string | null;
  /** Whether the process runs elevated on Windows; null elsewhere. */
  readonly admin: boolean | null;
  /** Whether text outside ASCII arrives unchanged: a PowerShell in between (the default shell of an SSH server) spoils it. */
  readonly unicode: boolean;
}

/** Text outside ASCII, in two and three bytes and as a surrogate pair: arrives like this when the stream is UTF-8 at both ends. */
const selftest = '\u00e9\u2603\u{1d11e}';

/** What the PowerShell at the far end of a connection says of itself, in place of the one on this computer. */
export function withFarFacts(hello: Hello, value: unknown): Hello {
  if (typeof value !== 'object' || value === null) return hello;
  return { ...hello, ...whatItIs(value as Record<string, unknown>) };
}

/** Reads the parameters of a `hello` frame; undefined when they are not what this version speaks. */
export function parseHello(params: unknown, nonce: string): Hello | undefined {
  if (typeof params !== 'object' || params === null) return undefined;
  const facts = params as Record<string, unknown>;
  if (facts['proto'] !== 1 || facts['nonce'] !== nonce) return undefined;
  const { pid } = facts;
  return {
    proto: 1,
    pid: typeof pid === 'number' ? pid : 0,
    ...whatItIs(facts),
    unicode: facts['selftest'] === selftest,
  };
}

/** As Get-SessionFacts of host/facts.ps1 tells it. */
function whatItIs(
  facts: Readonly<Record<string, unknown>>,
): Pick<Hello, 'ps' | 'edition' | 'os' | 'culture' | 'languageMode' | 'module' | 'admin'> {
  const { module, admin } = facts;
  return {
    ps: text(facts['ps']),
    edition: text(facts['edition']),
    os: text(facts['os']),
    culture: text(facts['culture']),
    languageMode: text(facts['languageMode']),
    module: typeof module === 'string' ? module : null,
    admin: typeof admin === 'boolean' ? admin : null,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
