// Why Hyper-V on this computer cannot be used: a pure function over what a probe saw. Called by the views, which show
// one sentence and one step for each answer (readinessTexts.ts).

/**
 * What was seen of this computer. null stands for "could not be found out" and never counts as a no: whoever shows a
 * cause that was only guessed sends people the wrong way.
 */
export interface ProbeFacts {
  /** Of the program, as `process.platform`. */
  readonly platform: NodeJS.Platform;
  /** Whether a folder of the PowerShell module Hyper-V is on the module path. */
  readonly moduleFound: boolean | null;
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
  /** Security identifier of the account, such as S-1-5-21-1-2-3-1001. */
  readonly accountSid: string | null;
}

/** Causes that can be told apart, each with its own way out. */
export type Unreadiness = 'notWindows' | 'noModule' | 'featureOff' | 'notInGroup' | 'needsSignIn' | 'serviceStopped';

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
  if (facts.tokenHasGroup === false && facts.elevated === false) {
    return facts.accountInGroup === true ? 'needsSignIn' : 'notInGroup';
  }
  return facts.moduleFound === false ? 'noModule' : undefined;
}

/** What a probe answered, or a stand-in for one, with null for all that is missing or of another kind. */
export function parseProbeFacts(value: unknown, platform: NodeJS.Platform): ProbeFacts {
  const seen = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const { serviceState, accountSid } = seen as { serviceState?: unknown; accountSid?: unknown };
  return {
    platform,
    moduleFound: booleanOrNull(seen['moduleFound']),
    serviceState:
      serviceState === 'missing' || serviceState === 'stopped' || serviceState === 'running' ? serviceState : null,
    tokenHasGroup: booleanOrNull(seen['tokenHasGroup']),
    accountInGroup: booleanOrNull(seen['accountInGroup']),
    elevated: booleanOrNull(seen['elevated']),
    canRead: booleanOrNull(seen['canRead']),
    accountSid: typeof accountSid === 'string' && sidPattern.test(accountSid) ? accountSid : null,
  };
}

/** It becomes part of a command that a person copies, so nothing but digits and hyphens gets through. */
const sidPattern = /^S-1(-\d{1,15}){2,15}$/;

function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
