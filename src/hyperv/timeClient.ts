// Clocks of the host and of its guests: asks the host's PowerShell, which goes into Windows guests, and Linux guests by ssh.
// Used by HostClient.
import { HyperVError } from '../domain/errors';
import type { GuestReading, HostClock } from '../domain/time/facts';
import { linuxClock } from '../domain/time/linuxClock';
import { clockOffset } from '../domain/time/offset';
import type { ClockSample } from '../domain/time/offset';
import type { VmId } from '../domain/vm';
import { SessionError } from '../powershell/errors';
import { Secrets } from '../powershell/secrets';
import { SignIn } from '../powershell/signIn';
import type { Credential, CredentialSource } from '../powershell/signIn';
import type { SshTarget } from '../powershell/sshTarget';
import { toHyperVError } from './errorMapping';
import { parseGuestKey, sealPassword } from './guestSecret';
import type { HostRequests } from './hostRequests';
import { clockQuestions } from './linuxGuest';
import type { LinuxGuest } from './linuxGuest';
import { guestTimeReading, hostClockReading } from './timeReading';

/** How to get into a guest, as a person allowed it. */
export type GuestAccess =
  /** @param occasion the same for all guests of one command, which may share a sign-in then */
  | { readonly kind: 'powershellDirect'; readonly occasion?: object }
  | { readonly kind: 'ssh'; readonly target: SshTarget };

type WindowsAccess = Extract<GuestAccess, { kind: 'powershellDirect' }>;

export interface GuestOfHost {
  readonly id: VmId;
  /** Display only: whose password is asked for. */
  readonly name: string;
}

/** What became of a clock that was to be set. */
export interface TimeSync {
  readonly exitCode: number;
  /** What the tool said, in the guest's language. */
  readonly text: string;
}

/** Every promise rejects with a HyperVError and nothing else. */
export interface Clocks {
  /** Whom the clock of the host follows. */
  readHost(signal?: AbortSignal): Promise<HostClock>;
  /** The clock inside a guest; signs in there, and asks for a password when it has to. */
  readGuest(vm: GuestOfHost, access: GuestAccess, signal: AbortSignal): Promise<GuestReading>;
  /** Lets the guest set its clock now. */
  sync(vm: GuestOfHost, access: GuestAccess, signal: AbortSignal): Promise<TimeSync>;
}

export interface TimeClientOptions {
  readonly requests: Pick<HostRequests, 'ask'>;
  readonly linuxGuest: LinuxGuest;
  readonly credentials: ((vm: GuestOfHost) => CredentialSource) | undefined;
  readonly secrets: Secrets;
  /** This computer's clock, milliseconds since 1970. */
  readonly now: () => number;
}

/** Nobody has a way into the guests, and nobody a password. */
export const noGuests: Omit<TimeClientOptions, 'requests'> = {
  linuxGuest: () => Promise.reject(new HyperVError('notSupported', 'There is no way into guests here.')),
  credentials: undefined,
  secrets: new Secrets(),
  now: () => Date.now(),
};

export class TimeClient implements Clocks {
  readonly #signIns = new Map<VmId, SignIn>();

  constructor(private readonly options: TimeClientOptions) {}

  async readHost(signal?: AbortSignal): Promise<HostClock> {
    try {
      return hostClockReading((await this.options.requests.ask('time.host', {}, { signal })).value);
    } catch (error) {
      throw harmless(error);
    }
  }

  async readGuest(vm: GuestOfHost, access: GuestAccess, signal: AbortSignal): Promise<GuestReading> {
    try {
      if (access.kind === 'powershellDirect')
        return guestTimeReading(await this.#inWindows('time.guest', vm, access, signal));
      const { target } = access;
      const { samples, lines } = await this.options.linuxGuest({ vmId: vm.id, target, task: 'time', signal });
      const shift = clockOffset(await this.#hostSamples(signal));
      return { clock: linuxClock(lines), offset: shift && clockOffset(samples, shift) };
    } catch (error) {
      throw harmless(error);
    }
  }

  async sync(vm: GuestOfHost, access: GuestAccess, signal: AbortSignal): Promise<TimeSync> {
    try {
      return await (access.kind === 'powershellDirect'
        ? this.#syncWindows(vm, access, signal)
        : this.#syncLinux(vm, access.target, signal));
    } catch (error) {
      throw toHyperVError(error, true);
    }
  }

  async #syncWindows(vm: GuestOfHost, access: WindowsAccess, signal: AbortSignal): Promise<TimeSync> {
    const { exitCode, text } = ((await this.#inWindows('time.sync', vm, access, signal)) ?? {}) as Partial<TimeSync>;
    return { exitCode: typeof exitCode === 'number' ? exitCode : -1, text: typeof text === 'string' ? text : '' };
  }

  async #syncLinux({ id }: GuestOfHost, target: SshTarget, signal: AbortSignal): Promise<TimeSync> {
    const { lines } = await this.options.linuxGuest({ vmId: id, target, task: 'resync', signal });
    const code = lines.flatMap((line) => /^@@ exit (\d{1,3})$/.exec(line)?.[1] ?? [])[0];
    const text = lines.filter((line) => !line.startsWith('@@ ')).join('\n');
    return { exitCode: code === undefined ? -1 : Number(code), text };
  }

  /** Signs in with what is known, or with what a person says. */
  #inWindows(
    method: 'time.guest' | 'time.sync',
    vm: GuestOfHost,
    { occasion }: WindowsAccess,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { requests } = this.options;
    const attempt = async (credential: Credential | undefined): Promise<unknown> => {
      const { user, password } = credential ?? { user: '', password: '' };
      const key = parseGuestKey((await requests.ask('guest.key', {}, { signal })).value);
      const parameters = { id: vm.id, keyId: key.keyId, user, sealed: sealPassword(key, password) };
      try {
        return (await requests.ask(method, parameters, { signal })).value;
      } catch (error) {
        throw refusal(error);
      }
    };
    const signIn = this.#signInOf(vm);
    // A person asks: what was refused before may be tried again.
    signIn.retry();
    return signIn.run(attempt, signal, occasion);
  }

  #signInOf(vm: GuestOfHost): SignIn {
    const { credentials, secrets } = this.options;
    const known = this.#signIns.get(vm.id);
    if (known !== undefined) return known;
    const signIn = new SignIn({ source: credentials?.(vm), secrets, user: undefined, mustAsk: true });
    this.#signIns.set(vm.id, signIn);
    return signIn;
  }

  /** The host's clock by that of this computer. */
  async #hostSamples(signal: AbortSignal): Promise<readonly ClockSample[]> {
    const { requests, now } = this.options;
    const samples: ClockSample[] = [];
    for (let question = 0; question < clockQuestions; question++) {
      const sentMs = now();
      const { value } = await requests.ask('host.clock', {}, { signal });
      const guestMs = (value as { utcMs?: unknown } | null)?.utcMs;
      if (typeof guestMs === 'number') samples.push({ sentMs, guestMs, receivedMs: now(), stepMs: 1 });
    }
    return samples;
  }
}

/** As the sign-in knows it: it asks once more, and forgets what was stored. */
function refusal(error: unknown): unknown {
  if (!HyperVError.is(error, 'signInRefused')) return error;
  return new SessionError('bootstrap', error.message, { connection: { cause: 'permissionDenied' } });
}

/** The methods are of a class whose outcome nobody knows when they are lost; these only read. */
function harmless(error: unknown): HyperVError {
  const failure = toHyperVError(error, false);
  if (failure.outcome === 'none') return failure;
  return new HyperVError(failure.reason, failure.message, 'none', failure.detail, { cause: failure });
}
