// When the view is empty and which welcome text it shows then, and the words of a host that failed. Pure.
import { errorText } from '../domain/errorTexts';
import { unreadiness } from '../domain/readiness';
import type { Unreadiness } from '../domain/unreadiness';
import { remoteUnreadinessText, unreadinessText } from '../domain/readinessTexts';
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
  // The welcome texts speak of this computer.
  const explained = others.length === 0 && first.definition.kind === 'local';
  return (explained ? hostUnreadiness(first) : undefined) ?? 'ready';
}

export interface HostFailureText extends UnreadinessText {
  /** The cause in a few words, for the row. */
  readonly cause: string;
}

/** What a host that failed says: what the probe found out, or else the failure itself. */
export function failureText(host: HostRecord, error: Parameters<typeof errorText>[0]): HostFailureText {
  const { name: hostName, kind } = host.definition;
  const cause = hostUnreadiness(host);
  if (cause === undefined) return { cause: failureCause(error.reason), ...errorText(error, { hostName }) };
  const text = kind === 'local' ? unreadinessText(cause) : remoteUnreadinessText(cause, hostName);
  return { cause: unreadinessCause(cause), ...text };
}
