// What is started for a way into a VM: programs by their names, and their arguments, which no shell reads. Pure.
import type { VmId } from '../vm';
import { bracketed, isAddress } from './addresses';
import type { ConnectWay } from './ways';

export type ConnectPlan =
  /** A program with a window of its own. */
  | { readonly kind: 'program'; readonly program: 'vmconnect' | 'mstsc'; readonly args: readonly string[] }
  /** A program in a terminal of the window. */
  | {
      readonly kind: 'terminal';
      readonly program: 'ssh' | 'powershell';
      readonly args: readonly string[];
      /** Variables beside those of the window. */
      readonly env: Readonly<Record<string, string>>;
    }
  /** Something that the system has a program for. */
  | { readonly kind: 'uri'; readonly uri: string }
  /** A window of VS Code on the guest. */
  | { readonly kind: 'window'; readonly authority: string; readonly folder: string | undefined };

export interface ConnectGoal {
  readonly vmId: VmId;
  /** By which name Virtual Machine Connection finds the host. */
  readonly server: string;
  readonly platform: NodeJS.Platform;
  /** One of the option's; undefined where the way needs none. */
  readonly address: string | undefined;
  /** Of the guest; undefined leaves it to the ssh configuration. Checked by the caller. */
  readonly user: string | undefined;
  /** Absolute path in the guest; undefined lets the person choose it there. */
  readonly folder: string | undefined;
}

/** The variable by which PowerShell in a terminal gets the id: data is never its text. */
export const vmIdVariable = 'HYPERV_LAB_VM_ID';

/** @throws RangeError when the way needs an address and this is none */
export function connectPlan(way: ConnectWay, goal: ConnectGoal): ConnectPlan {
  switch (way) {
    case 'vmConnect':
      // By id: a name is neither unique nor literal, and may look like an option.
      return { kind: 'program', program: 'vmconnect', args: [goal.server, '-G', goal.vmId] };
    case 'remoteDesktop': {
      const address = bracketed(checked(goal.address));
      // The URI scheme of Microsoft's clients for macOS (learn.microsoft.com, "Remote Desktop URI scheme").
      if (goal.platform === 'darwin')
        return { kind: 'uri', uri: `rdp://full%20address=s:${encodeURIComponent(address)}` };
      return { kind: 'program', program: 'mstsc', args: [`/v:${address}`] };
    }
    case 'ssh': {
      const args = [...(goal.user === undefined ? [] : ['-l', goal.user]), '--', checked(goal.address)];
      return { kind: 'terminal', program: 'ssh', args, env: {} };
    }
    case 'remoteFolder':
      return { kind: 'window', authority: sshAuthority(checked(goal.address), goal.user), folder: goal.folder };
    case 'powerShellDirect': {
      // Asks for user name and password itself.
      const command = `Enter-PSSession -VMId $env:${vmIdVariable}`;
      return {
        kind: 'terminal',
        program: 'powershell',
        args: ['-NoLogo', '-NoExit', '-Command', command],
        env: { [vmIdVariable]: goal.vmId },
      };
    }
  }
}

/**
 * As Remote - SSH reads it: the address, or, where there is more to say than VS Code keeps of an authority (which is in
 * lower case, without brackets and at signs), an object as JSON in hexadecimal.
 */
function sshAuthority(hostName: string, user: string | undefined): string {
  if (user === undefined && !hostName.includes(':')) return `ssh-remote+${hostName}`;
  const json = JSON.stringify({ hostName, ...(user !== undefined && { user }) });
  return `ssh-remote+${[...new TextEncoder().encode(json)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function checked(address: string | undefined): string {
  if (address === undefined || !isAddress(address)) throw new RangeError('Not an address.');
  return address;
}

/** For people: what would be run. */
export function planText(plan: ConnectPlan): string {
  switch (plan.kind) {
    case 'program':
      return [`${plan.program}.exe`, ...plan.args].join(' ');
    case 'terminal':
      return [...Object.entries(plan.env).map(([name, value]) => `${name}=${value}`), plan.program, ...plan.args].join(
        ' ',
      );
    case 'uri':
      return plan.uri;
    case 'window':
      return `code --remote ${plan.authority}${plan.folder === undefined ? '' : ` ${plan.folder}`}`;
  }
}

/** An absolute path of a guest like Linux, without anything that nobody sees. */
export function isGuestFolder(text: string): boolean {
  return text.startsWith('/') && text.length <= 4_096 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);
}
