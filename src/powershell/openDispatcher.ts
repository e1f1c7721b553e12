// The first request of a session: what may be asked, what to watch, the data of the prelude, and the other computer to
// connect to. Called by session.ts.
import { SessionError } from './errors';
import { withFarFacts, type Hello } from './hello';
import type { LaunchSpec } from './launcher';
import type { MethodTable } from './methods';
import type { SessionScript } from './script';
import type { SessionTimeouts } from './sessionTimeouts';
import type { Shell } from './shell';
import type { Credential } from './signIn';
import { explainWinRm } from './winrmFailure';
import type { WinRmTarget } from './winrmTarget';

/** How often the pump looks whether anybody is left, within the time after which it ends; as in host/bootstrap.ps1. */
const looks = 6;

interface Opening {
  readonly methods: MethodTable;
  readonly script: SessionScript;
  readonly launch: LaunchSpec;
  /** Where the functions run; the script has a transport then. */
  readonly target: WinRmTarget | undefined;
  readonly credential: Credential | undefined;
}

/**
 * @returns the hello of the PowerShell in which the functions run
 * @throws SessionError `bootstrap`
 */
export async function openDispatcher(
  shell: Shell,
  hello: Hello,
  { methods, script, launch, target, credential }: Opening,
  { openMs, deadManMs }: SessionTimeouts,
): Promise<Hello> {
  if (credential !== undefined) {
    // A frame that is data from end to end: in no argument, no environment, no script and no log (see SECURITY.md).
    shell.channel.notify('secret.put', { user: units(credential.user), value: units(credential.password) });
  }
  const opening = shell.channel.request('session.open', {
    methods: Object.entries(methods).map(([name, spec]) => ({
      name,
      function: spec.function,
      // One connection runs one call at a time.
      class: target === undefined ? spec.class : 'change',
      parameters: Object.keys(spec.parameters),
    })),
    watch: { tickMs: Math.max(1, Math.floor(deadManMs / looks)), parent: launch.parentPid ?? 0 },
    ascii: !hello.unicode,
    prelude: script.prelude?.data ?? null,
    ...(target !== undefined && { remote: remoteTarget(target, credential !== undefined) }),
  });
  try {
    const { value } = await shell.within('bootstrap', openMs, opening);
    return target === undefined ? hello : withFarFacts(hello, value);
  } catch (error) {
    if (target === undefined || !SessionError.is(error, 'bootstrap') || error.connection !== undefined) throw error;
    const { message, remote, noise } = error;
    throw new SessionError('bootstrap', message, { remote, noise, connection: explainWinRm(remote) });
  }
}

function remoteTarget({ host, port, useSsl, configurationName }: WinRmTarget, credential: boolean): object {
  return {
    computerName: host,
    port: port ?? null,
    useSsl: useSsl ?? false,
    configurationName: configurationName ?? null,
    credential,
  };
}

/** UTF-16 units as numbers: the far end takes them one by one, so that no command is ever called with the text. */
function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
