// What `ssh -G` and `ssh -v` say, as plain values. Neither is translated. Pure.

/** Where a connection really goes, after the person's ssh configuration was read. */
export interface SshRoute {
  readonly host: string;
  readonly port: number;
  /** The option that leads the connection another way than straight there, e.g. `ProxyJump bastion`. */
  readonly through: string | undefined;
}

/** @returns undefined when it is not the answer of `ssh -G` */
export function parseSshRoute(lines: readonly string[]): SshRoute | undefined {
  const values = new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value.trim()];
    }),
  );
  const [host, port] = [values.get('hostname'), Number(values.get('port'))];
  if (host === undefined || host === '' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const jump = given(values.get('proxyjump'));
  const through = jump === undefined ? given(values.get('proxycommand')) && 'ProxyCommand' : `ProxyJump ${jump}`;
  return { host, port, through };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === 'none' ? undefined : value;
}

/** Printed when the sign-in has succeeded and the far command is asked for; a jump host in between never prints it. */
export const signedInPattern = /^debug1: Sending command:/;

export interface SshVerbose {
  /** How the sign-in succeeded, e.g. `publickey`; undefined when it did not, or over a connection that was open. */
  readonly method: string | undefined;
  /** Of the key which the other computer showed last; a jump host shows its own one before. */
  readonly fingerprint: string | undefined;
  /** The command which ssh names for a known key that must go; undefined when there is none. */
  readonly forgetCommand: string | undefined;
  /** What a quieter ssh would have printed. */
  readonly plain: readonly string[];
}

export function parseSshVerbose(lines: readonly string[]): SshVerbose {
  return {
    method: last(lines, /^(?:Authenticated to .+ using "([\w-]+)"|debug1: Authentication succeeded \(([\w-]+)\))/),
    fingerprint: last(lines, /^debug1: Server host key: \S+ ((?:SHA256|MD5):[A-Za-z0-9+/:=]+)/),
    // A banner of a jump host could say anything: nothing but a file and a name gets through into what people copy.
    forgetCommand: last(lines, /^\s*(ssh-keygen -f "[\w./\\:~ +@-]+" -R "[\w.:[\]%-]+")$/),
    plain: lines.filter((line) => !/^debug\d: /.test(line)),
  };
}

function last(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of [...lines].reverse()) {
    const [, ...groups] = pattern.exec(line) ?? [];
    const found = groups.find((group) => (group as string | undefined) !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
