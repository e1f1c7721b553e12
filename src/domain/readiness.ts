// Why Hyper-V on a host cannot be used: a pure function over what a probe saw. Called by the views, which show
// one sentence and one step for each answer (readinessTexts.ts).
import type { Unreadiness } from './unreadiness';

/**
 * What was seen of a host. null stands for "could not be found out" and never counts as a no: whoever shows a
 * cause that was only guessed sends people the wrong way.
 */
export interface ProbeFacts {
  /** Of the host, as `process.platform` there; anything but Windows may stand for any other system. */
  readonly platform: NodeJS.Platform;
  /** Whether a folder of the PowerShell module Hyper-V is on the module path. */
  readonly moduleFound: boolean | null;
  /** Newest version of that module, e.g. 2.0.0.0. */
  readonly moduleVersion: string | null;
  /** The Windows service vmms, which is there if and only if the Hyper-V role is. */
  readonly serviceState: 'missing' | 'stopped' | 'running' | null;
  /** Whether this sign-in carries the group Hyper-V Administrators (S-1-5-32-578). */
  readonly tokenHasGroup: boolean | null;
  /** Whether the account is a member of that group, as a new sign-in would find. */
  readonly accountInGroup: boolean | null;
  /** Whether this program runs with an administrator's rights. */
  readonly elevated: boolean | null;
  /** Whether Hyper-V's management service could be read just now. */
  readonly canRead: boolean | null;
  /** Whether that read came back empty without an error, which is how CIM tells somebody without rights. */
  readonly sawNothing: boolean | null;
  /** Security identifier of the account, such as S-1-5-21-1-2-3-1001. */
  readonly accountSid: string | null;
}

/**
 * A read that works settles it: rights also come from where no list of groups shows them. Only a read that failed is
 * explained, and from the ground up: what is not installed cannot run, and what does not run lets nobody in.
 * @returns undefined when Hyper-V can be used but for reasons of another kind, or when nothing seen explains why not
 */
export function unreadiness(facts: ProbeFacts): Unreadiness | undefined {
  if (facts.platform !== 'win32') return 'notWindows';
  if (facts.canRead === true) return undefined;
  if (facts.serviceState === 'missing') return 'featureOff';
  if (facts.serviceState === 'stopped') return 'serviceStopped';
  if (lacksRights(facts)) return facts.accountInGroup === true ? 'needsSignIn' : 'notInGroup';
  return facts.moduleFound === false ? 'noModule' : undefined;
}

/** Either the sign-in says so, or Hyper-V does: it runs, and shows nothing to somebody who is not known to have rights. */
function lacksRights({ tokenHasGroup, elevated, sawNothing, serviceState }: ProbeFacts): boolean {
  if (tokenHasGroup === false && elevated === false) return true;
  return sawNothing === true && serviceState === 'running' && tokenHasGroup !== true && elevated !== true;
}

/** @param os as .NET describes it: `Microsoft Windows NT 10.0.26100.0`, `Unix 6.1.0` */
export function platformFromOs(os: string): NodeJS.Platform {
  return /^(?:Microsoft )?Windows\b/.test(os) ? 'win32' : 'linux';
}

/** What a probe answered, or a stand-in for one, with null for all that is missing or of another kind. */
export function parseProbeFacts(value: unknown, platform: NodeJS.Platform): ProbeFacts {
  const seen = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const { serviceState, accountSid, moduleVersion } = seen as Partial<Record<keyof ProbeFacts, unknown>>;
  return {
    platform,
    moduleFound: booleanOrNull(seen['moduleFound']),
    moduleVersion: typeof moduleVersion === 'string' && versionPattern.test(moduleVersion) ? moduleVersion : null,
    serviceState:
      serviceState === 'missing' || serviceState === 'stopped' || serviceState === 'running' ? serviceState : null,
    tokenHasGroup: booleanOrNull(seen['tokenHasGroup']),
    accountInGroup: booleanOrNull(seen['accountInGroup']),
    elevated: booleanOrNull(seen['elevated']),
    canRead: booleanOrNull(seen['canRead']),
    sawNothing: booleanOrNull(seen['sawNothing']),
    accountSid: typeof accountSid === 'string' && sidPattern.test(accountSid) ? accountSid : null,
  };
}

/** It becomes part of a command that a person copies, so nothing but digits and hyphens gets through. */
const sidPattern = /^S-1(-\d{1,15}){2,15}$/;

const versionPattern = /^\d{1,9}(\.\d{1,9}){1,3}$/;

function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
