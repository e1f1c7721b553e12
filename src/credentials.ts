// User names and passwords of hosts: asked for here, kept in the editor's secret storage and nowhere else.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import type { HostId } from './hyperv/hosts';
import type { CredentialHost } from './hyperv/hostSession';
import type { Credential, CredentialSource } from './powershell/signIn';

export class CredentialStore {
  #lastQuestion: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly ask: (
      host: CredentialHost,
      user: string | undefined,
      signal: AbortSignal,
    ) => Promise<Credential | undefined> = askInWindow,
  ) {}

  /** What a session of the host signs in with. */
  of(host: CredentialHost): CredentialSource {
    const key = keyOf(host.id);
    return {
      stored: async () => parse(await this.storage.get(key)),
      ask: (user, signal) => this.#inTurn(() => this.ask(host, user, signal)),
      remember: async (credential) => {
        await this.storage.store(key, JSON.stringify(credential));
      },
      forget: () => this.forget(host.id),
    };
  }

  /** What signs in inside a guest of the host. Those of one host are kept together, so that they go with it. */
  ofGuest({ id }: CredentialHost, vm: CredentialHost): CredentialSource {
    const key = guestKeyOf(id);
    const all = async (): Promise<Record<string, unknown>> => parseRecord(await this.storage.get(key));
    return {
      stored: async () => parse(JSON.stringify((await all())[vm.id])),
      ask: (user, signal) => this.#inTurn(() => this.ask(vm, user, signal)),
      remember: async (credential) => {
        await this.storage.store(key, JSON.stringify({ ...(await all()), [vm.id]: credential }));
      },
      forget: () => this.forgetGuest(id, vm.id),
    };
  }

  /** Does nothing when there is none. Sessions that are open stay so. */
  async forget(hostId: HostId): Promise<void> {
    await this.storage.delete(keyOf(hostId));
    await this.storage.delete(guestKeyOf(hostId));
  }

  /** Does nothing when there is none. */
  async forgetGuest(hostId: HostId, vmId: string): Promise<void> {
    const key = guestKeyOf(hostId);
    const { [vmId]: gone, ...others } = parseRecord(await this.storage.get(key));
    if (gone === undefined) return;
    if (Object.keys(others).length === 0) await this.storage.delete(key);
    else await this.storage.store(key, JSON.stringify(others));
  }

  /** VS Code shows one question at a time: the next one would take the place of one that is not answered yet. */
  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const question = this.#lastQuestion.then(ask);
    this.#lastQuestion = question.catch(() => undefined);
    return question;
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

/** Stays open while another window has the focus: a password often comes from a manager of passwords. */
async function askInWindow(
  { name }: CredentialHost,
  known: string | undefined,
  signal: AbortSignal,
): Promise<Credential | undefined> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    cancellation.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    const title = l10n.t('Sign in to {0}', name);
    const user =
      known ??
      (await vscode.window.showInputBox(
        {
          title,
          prompt: l10n.t('User name'),
          placeHolder: l10n.t('DOMAIN\\user or user@domain'),
          ignoreFocusOut: true,
        },
        cancellation.token,
      ));
    if (user === undefined || user.trim() === '') return undefined;
    const prompt = l10n.t('Password of {0}', user.trim());
    const password = await vscode.window.showInputBox(
      { title, prompt, password: true, ignoreFocusOut: true },
      cancellation.token,
    );
    return password === undefined || password === '' ? undefined : { user: user.trim(), password };
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}
