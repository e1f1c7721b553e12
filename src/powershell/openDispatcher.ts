// The first request of a session: what may be asked, what to watch, and the data of the prelude. Called by session.ts.
import type { Hello } from './hello';
import type { LaunchSpec } from './launcher';
import type { MethodTable } from './methods';
import type { SessionScript } from './script';
import type { SessionTimeouts } from './sessionTimeouts';
import type { Shell } from './shell';

/** How often the pump looks whether anybody is left, within the time after which it ends; as in host/bootstrap.ps1. */
const looks = 6;

interface Opening {
  readonly methods: MethodTable;
  readonly script: SessionScript;
  readonly launch: LaunchSpec;
}

/** @throws SessionError `bootstrap` */
export async function openDispatcher(
  shell: Shell,
  hello: Hello,
  { methods, script, launch }: Opening,
  { openMs, deadManMs }: SessionTimeouts,
): Promise<void> {
  const opening = shell.channel.request('session.open', {
    methods: Object.entries(methods).map(([name, spec]) => ({
      name,
      function: spec.function,
      class: spec.class,
      parameters: Object.keys(spec.parameters),
    })),
    watch: { tickMs: Math.max(1, Math.floor(deadManMs / looks)), parent: launch.parentPid ?? 0 },
    ascii: !hello.unicode,
    prelude: script.prelude?.data ?? null,
  });
  await shell.within('bootstrap', openMs, opening);
}
