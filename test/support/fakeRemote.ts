// Sessions on another computer that is not there (fakeRemote.ps1), and who signs in to it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { SessionOptions } from '../../src/powershell/session';
import type { Credential, CredentialSource, SignInQuestion } from '../../src/powershell/signIn';
import { explainWinRmExit } from '../../src/powershell/winrmFailure';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import { canary } from '../../tools/lib/canary.mjs';
import fakeRemote from './fakeRemote.ps1';
import { enginePath, type Harness } from './sessionHarness';

/** The transport text, which opens `needs-password` to the canary; `prelude` is entered on the far side. */
export function fakeTransport(prelude?: string): string {
  const hash = createHash('sha256').update(Buffer.from(canary, 'utf16le')).digest('hex').toUpperCase();
  const entered = prelude === undefined ? '$FakePrelude = $null' : `$FakePrelude = {\n${prelude}\n}`;
  return [`$FakePasswordHash = '${hash}'`, entered, fakeRemote].join('\n');
}

/** What makes a session of the harness one on that computer. */
export function remotely(
  harness: Harness,
  host: string,
  { run }: Pick<NonNullable<SessionOptions['remote']>['signIn'], 'run'> = { run: (attempt) => attempt(undefined) },
): Pick<SessionOptions, 'launch' | 'remote'> {
  const launch = localLaunchSpec({ executable: enginePath(), cwd: harness.folder });
  return { launch: { ...launch, explainExit: explainWinRmExit }, remote: { target: { host }, signIn: { run } } };
}

/** One line for each attempt: computer and user. */
export function attempts(folder: string): string[] {
  const file = `${folder}/attempts`;
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** A person who gives one answer after the other, and a storage. */
export class FakeCredentials implements CredentialSource {
  asked = 0;
  /** Of each question, who had been refused. */
  readonly refused: (string | undefined)[] = [];
  #timesForgotten = 0;

  constructor(
    public answers: readonly (Credential | undefined)[] = [],
    public kept?: Credential,
  ) {}

  stored(): Promise<Credential | undefined> {
    return Promise.resolve(this.kept);
  }

  ask({ refused }: SignInQuestion): Promise<Credential | undefined> {
    this.refused.push(refused);
    return Promise.resolve(this.answers[this.asked++]);
  }

  remember(credential: Credential): Promise<void> {
    this.kept = credential;
    return Promise.resolve();
  }

  forget(): Promise<void> {
    this.kept = undefined;
    this.#timesForgotten++;
    return Promise.resolve();
  }

  timesForgotten(): number {
    return this.#timesForgotten;
  }
}
