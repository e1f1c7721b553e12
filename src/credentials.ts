// User names and passwords of hosts and of their guests: kept in the editor's secret storage and nowhere else.
import type { SecretStorage } from 'vscode';
import { parseVmId } from './domain/vm';
import type { VmId } from './domain/vm';
import type { HostId } from './hyperv/hosts';
import type { CredentialHost } from './hyperv/hostSession';
import type { GuestOfHost } from './hyperv/timeClient';
import type { Credential, CredentialSource, SignInQuestion } from './powershell/signIn';

export interface CredentialQuestion extends Pick<SignInQuestion, 'user' | 'refused'> {
  /** Who wants it; display only. */
  readonly name: string;
  /** What another guest took in the same command: may be given here too, without being typed. */
  readonly taken?: TakenCredential | undefined;
}

export interface TakenCredential {
  readonly credential: Credential;
  /** The guest that took it; display only. */
  readonly by: string;
}

/** `taken`: the same as the other guest, here only or for all that follow in this command. */
export type SignInReply = Credential | 'taken' | 'takenByAll' | undefined;

/** Asks a person. */
export type AskCredential = (question: CredentialQuestion, signal: AbortSignal) => Promise<SignInReply>;

export class CredentialStore {
  #lastQuestion: Promise<unknown> = Promise.resolve();
  #lastWrite: Promise<unknown> = Promise.resolve();
  /** By the keys of hosts, and of guests below them. */
  readonly #timesForgotten = new Map<string, number>();
  /** What guests took, by the occasion: gone with the command. */
  readonly #taken = new WeakMap<object, TakenCredential & { readonly byAll: boolean }>();

  constructor(
    private readonly storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly ask: AskCredential,
  ) {}

  /** What a session of the host signs in with. */
  of({ id, name }: CredentialHost): CredentialSource {
    const key = keyOf(id);
    return {
      stored: async () => parse(await this.storage.get(key)),
      ask: ({ user, refused }, signal) =>
        this.#inTurn(async () => {
          const reply = await this.ask({ name, user, refused }, signal);
          return typeof reply === 'string' ? undefined : reply;
        }),
      remember: (credential) => this.#write(() => this.storage.store(key, JSON.stringify(credential))),
      forget: () => this.forget(id),
      timesForgotten: () => this.#timesForgotten.get(key) ?? 0,
    };
  }

  /** What signs in inside a guest of the host. Those of one host are kept together, so that they go with it. */
  ofGuest({ id }: CredentialHost, vm: GuestOfHost): CredentialSource {
    const key = guestKeyOf(id);
    const all = async (): Promise<Record<string, unknown>> => parseRecord(await this.storage.get(key));
    return {
      stored: async () => parse(JSON.stringify((await all())[vm.id])),
      ask: (question, signal) => this.#inTurn(() => this.#askOfGuest(vm.name, question, signal)),
      remember: async (credential, occasion) => {
        if (occasion !== undefined) {
          const byAll = this.#taken.get(occasion)?.byAll ?? false;
          this.#taken.set(occasion, { credential, by: vm.name, byAll });
        }
        await this.#write(async () =>
          this.storage.store(key, JSON.stringify({ ...(await all()), [vm.id]: credential })),
        );
      },
      forget: () => this.forgetGuest(id, vm.id),
      timesForgotten: () => (this.#timesForgotten.get(key) ?? 0) + (this.#timesForgotten.get(`${key}/${vm.id}`) ?? 0),
    };
  }

  async #askOfGuest(
    name: string,
    { user, refused, occasion }: SignInQuestion,
    signal: AbortSignal,
  ): Promise<Credential | undefined> {
    // Whoever was refused here is not offered again, and nobody answers for them.
    const known = refused === undefined && occasion !== undefined ? this.#taken.get(occasion) : undefined;
    if (known?.byAll === true) return known.credential;
    const reply = await this.ask({ name, user, refused, taken: known }, signal);
    if (typeof reply !== 'string') return reply;
    if (known !== undefined && occasion !== undefined && reply === 'takenByAll')
      this.#taken.set(occasion, { ...known, byAll: true });
    return known?.credential;
  }

  /** Does nothing when there is none. Sessions that are open stay so. */
  async forget(hostId: HostId): Promise<void> {
    this.#count(keyOf(hostId));
    this.#count(guestKeyOf(hostId));
    await this.#write(async () => {
      await this.storage.delete(keyOf(hostId));
      await this.storage.delete(guestKeyOf(hostId));
    });
  }

  /** Does nothing when there is none. */
  async forgetGuest(hostId: HostId, vmId: VmId): Promise<void> {
    const key = guestKeyOf(hostId);
    this.#count(`${key}/${vmId}`);
    await this.#write(async () => {
      const { [vmId]: gone, ...others } = parseRecord(await this.storage.get(key));
      if (gone === undefined) return;
      if (Object.keys(others).length === 0) await this.storage.delete(key);
      else await this.storage.store(key, JSON.stringify(others));
    });
  }

  /** The guests for which something is kept. */
  async guestsOf(hostId: HostId): Promise<readonly VmId[]> {
    return Object.keys(parseRecord(await this.storage.get(guestKeyOf(hostId)))).flatMap((id) => parseVmId(id) ?? []);
  }

  #count(key: string): void {
    this.#timesForgotten.set(key, (this.#timesForgotten.get(key) ?? 0) + 1);
  }

  /** VS Code shows one question at a time: the next one would take the place of one that is not answered yet. */
  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const question = this.#lastQuestion.then(ask);
    this.#lastQuestion = question.catch(() => undefined);
    return question;
  }

  /** Guests of one host are kept in one text, which two must not change at the same time. */
  #write(change: () => PromiseLike<void>): Promise<void> {
    const writing = this.#lastWrite.then(change);
    this.#lastWrite = writing.catch(() => undefined);
    return writing;
  }
}

function keyOf(hostId: HostId): string {
  return `hyperv.credential:${hostId}`;
}

function guestKeyOf(hostId: HostId): string {
  return `hyperv.guestCredentials:${hostId}`;
}

function parseRecord(text: string | undefined): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

function parse(text: string | undefined): Credential | undefined {
  if (text === undefined) return undefined;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    // What could not be read would be named in the error.
    return undefined;
  }
  const { user, password } = (kept ?? {}) as Partial<Credential>;
  return typeof user === 'string' && typeof password === 'string' ? { user, password } : undefined;
}
