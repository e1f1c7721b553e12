// When the view is empty and which welcome text it shows then, and the words of a host that failed. Pure.
import { errorText } from '../domain/errorTexts';
import { unreadiness } from '../domain/readiness';
import type { Unreadiness } from '../domain/readiness';
import { unreadinessText } from '../domain/readinessTexts';
import type { UnreadinessText } from '../domain/readinessTexts';
import type { HostRecord } from '../hyperv/hostStore';
import type { Readiness } from '../manifest';
import { failureCause, unreadinessCause } from './hostCause';

/** Why a host cannot be used, where a probe could tell; stays during a retry. */
function hostUnreadiness({ probe }: HostRecord): Unreadiness | undefined {
  return probe && unreadiness(probe);
}

/** `ready` when the view has rows. A host that is alone and cannot be used is explained where there is room for it. */
export function viewReadiness(hosts: readonly HostRecord[], platform: NodeJS.Platform): Readiness {
  const [first, ...others] = hosts;
  if (first === undefined) return platform === 'win32' ? 'noHosts' : 'notWindows';
  return (others.length === 0 ? hostUnreadiness(first) : undefined) ?? 'ready';
}

export interface HostFailureText extends UnreadinessText {
  /** The cause in a few words, for the row. */
  readonly cause: string;
}

/** What a host that failed says: what the probe found out, or else the failure itself. */
export function failureText(host: HostRecord, error: Parameters<typeof errorText>[0]): HostFailureText {
  const cause = hostUnreadiness(host);
  return cause === undefined
    ? { cause: failureCause(error.reason), ...errorText(error, { hostName: host.definition.name }) }
    : { cause: unreadinessCause(cause), ...unreadinessText(cause) };
}
