// This computer, as the suite wants it to be wherever it runs: a Windows whose Hyper-V cannot be used, for one reason
// after the other. The entry of the suite names it before the extension is activated.
import type { Readiness } from '../../../src/manifest';

const member = { platform: 'win32', moduleFound: true, serviceState: 'running', tokenHasGroup: true, elevated: false };
const outsider = { ...member, tokenHasGroup: false, accountSid: 'S-1-5-21-1-2-3-1001' };

export interface LocalState {
  readonly readiness: Readiness;
  readonly probe: object;
  /** In what *Copy Setup Command* copies; undefined where no command helps. */
  readonly command?: RegExp;
}

/** Each read meets the next one, and the last one stays: the rest of the suite has a failed host beside its lab. */
export const localStates: readonly LocalState[] = [
  { readiness: 'featureOff', probe: { ...outsider, serviceState: 'missing' }, command: /Microsoft-Hyper-V -All$/ },
  { readiness: 'noModule', probe: { ...member, moduleFound: false }, command: /Management-PowerShell -All$/ },
  { readiness: 'notInGroup', probe: outsider, command: /-Member S-1-5-21-1-2-3-1001$/ },
  { readiness: 'needsSignIn', probe: { ...outsider, accountInGroup: true } },
  { readiness: 'ready', probe: { ...member, canRead: true } },
  { readiness: 'serviceStopped', probe: { ...member, serviceState: 'stopped' }, command: /^Start-Service -Name vmms$/ },
];

export function standInForThisComputer(): void {
  process.env['HYPERV_LAB_PROBE'] = JSON.stringify(localStates.map(({ probe }) => probe));
}
