// What a session needs after its hello and before its first request: the data of the prelude, or the other computer to
// connect to. Called by session.ts.
import { SessionError } from './errors';
import { withFarFacts, type Hello } from './hello';
import type { SessionScript } from './script';
import type { SessionTimeouts } from './sessionTimeouts';
import type { Shell } from './shell';
import type { Credential } from './signIn';
import { explainWinRm } from './winrmFailure';
import type { WinRmTarget } from './winrmTarget';

interface Opening {
  readonly script: SessionScript;
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
  { script, target, credential }: Opening,
  { openMs }: SessionTimeouts,
): Promise<Hello> {
  if (!hello.unicode) shell.channel.notify('session.ascii', {});
  if (script.prelude === undefined && target === undefined) return hello;
  if (credential !== undefined) {
    // A frame that is data from end to end: in no argument, no environment, no script and no log (see SECURITY.md).
    shell.channel.notify('secret.put', { user: units(credential.user), value: units(credential.password) });
  }
  const opening = shell.channel.request('session.open', {
    ...(script.prelude !== undefined && { prelude: script.prelude.data }),
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
