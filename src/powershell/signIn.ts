// Who signs in to another computer: first what is known, then what a person says, and never more than twice. One for each
// host, for as long as its sessions come and go.
import { SessionError, type ConnectionCause } from './errors';
import type { Secrets } from './secrets';

export interface Credential {
  /** `name`, `DOMAIN\name` or `name@domain`. */
  readonly user: string;
  readonly password: string;
}

export interface SignInQuestion {
  /** Who signs in, when that is settled. */
  readonly user?: string | undefined;
  /** Who was refused a moment ago, which is why somebody is asked. */
  readonly refused?: string | undefined;
  /** The command for which somebody is asked, where it may ask for several: the same object each time. */
  readonly occasion?: object | undefined;
}

/** Where the credential of one host comes from and is kept; the editor has one, tests have another. */
export interface CredentialSource {
  stored(): Promise<Credential | undefined>;
  /** @returns undefined when the person does not want to, or when the signal aborts */
  ask(question: SignInQuestion, signal: AbortSignal): Promise<Credential | undefined>;
  /** Called for a credential that a person gave and that was accepted. */
  remember(credential: Credential, occasion?: object): Promise<void>;
  /** Called for a stored one that was refused. */
  forget(): Promise<void>;
  /** How often it was forgotten: what was given before the last time must not be used either. */
  timesForgotten(): number;
}

export interface SignInOptions {
  readonly source: CredentialSource | undefined;
  readonly secrets: Secrets;
  /** Who signs in; whoever is signed in to this computer when missing. */
  readonly user: string | undefined;
  /** Nothing is tried without a credential: it could not work. */
  readonly mustAsk: boolean;
}

/** An account is locked after a few wrong passwords, five by Windows' own advice, and a person may try elsewhere as well. */
const maxRefusals = 2;

const refusals: ReadonlySet<ConnectionCause> = new Set<ConnectionCause>(['permissionDenied', 'credentialMissing']);

export class SignIn {
  #refused = 0;
  #lastRefusal: SessionError | undefined;
  /** What a person gave for an attempt that the network or the host brought to nothing: nobody is asked for it twice. */
  #untried: { readonly credential: Credential; readonly timesForgotten: number | undefined } | undefined;

  constructor(private readonly options: SignInOptions) {}

  /**
   * Tries with what is known, and once more with what a person says when that is refused.
   * @param attempt rejects with a SessionError
   * @param occasion see {@link SignInQuestion}
   * @throws SessionError what the last attempt rejected with; `credentialMissing` when there is nothing to try with
   */
  async run<T>(
    attempt: (credential: Credential | undefined) => Promise<T>,
    signal: AbortSignal,
    occasion?: object,
  ): Promise<T> {
    if (this.#lastRefusal !== undefined && this.#refused >= maxRefusals) throw this.#lastRefusal;
    let credential = this.#takeUntried();
    let given = credential !== undefined;
    credential ??= await this.#stored();
    if (credential === undefined && this.options.mustAsk) {
      credential = await this.#ask({ occasion }, signal);
      given = true;
      if (credential === undefined) throw missing();
    }
    for (;;) {
      try {
        const result = await attempt(credential);
        this.retry();
        if (given && credential !== undefined) await this.#remember(credential, occasion);
        return result;
      } catch (error) {
        if (!isRefusal(error)) {
          if (given && credential !== undefined)
            this.#untried = { credential, timesForgotten: this.options.source?.timesForgotten() };
          throw error;
        }
        this.#refused++;
        this.#lastRefusal = error;
        if (!given && credential !== undefined) await this.options.source?.forget();
        if (this.#refused >= maxRefusals || signal.aborted) throw error;
        credential = await this.#ask({ refused: credential?.user, occasion }, signal);
        if (credential === undefined) throw error;
        given = true;
      }
    }
  }

  /** A person wants it to be tried again. */
  retry(): void {
    this.#refused = 0;
    this.#lastRefusal = undefined;
  }

  #takeUntried(): Credential | undefined {
    const untried = this.#untried;
    this.#untried = undefined;
    return untried?.timesForgotten === this.options.source?.timesForgotten() ? untried?.credential : undefined;
  }

  async #stored(): Promise<Credential | undefined> {
    const stored = await this.options.source?.stored();
    const { user } = this.options;
    // The host is meant to be reached as somebody else now.
    if (stored !== undefined && user !== undefined && stored.user !== user) return undefined;
    return this.#masked(stored);
  }

  async #ask(question: Omit<SignInQuestion, 'user'>, signal: AbortSignal): Promise<Credential | undefined> {
    return this.#masked(await this.options.source?.ask({ user: this.options.user, ...question }, signal));
  }

  async #remember(credential: Credential, occasion: object | undefined): Promise<void> {
    try {
      await this.options.source?.remember(credential, occasion);
    } catch {
      // Where nothing can be kept, the person is asked again next time; the sign-in has worked.
    }
  }

  /** For as long as this exists: also a refused one may be nearly the right one. */
  #masked(credential: Credential | undefined): Credential | undefined {
    if (credential !== undefined) this.options.secrets.add(credential.password);
    return credential;
  }
}

function isRefusal(error: unknown): error is SessionError {
  return SessionError.is(error) && error.connection !== undefined && refusals.has(error.connection.cause);
}

function missing(): SessionError {
  const connection = { cause: 'credentialMissing' } as const;
  return new SessionError('bootstrap', 'A user name and a password are needed.', { connection });
}
