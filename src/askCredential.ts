// Asks a person for a user name and a password, in VS Code's own boxes.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { plainText } from './commands/windowUi';
import type { CredentialQuestion, SignInReply, TakenCredential } from './credentials';

/** The boxes stay open while another window has the focus: a password often comes from a manager of passwords. */
export async function askCredential(question: CredentialQuestion, signal: AbortSignal): Promise<SignInReply> {
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    cancellation.cancel();
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    const { token } = cancellation;
    const title = l10n.t('Sign in to {0}', plainText(question.name));
    const who = question.taken === undefined ? 'another' : await askWho(title, question.taken, token);
    return who === 'another' ? await askBoth(title, question, token) : who;
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

/** Nothing is given to another guest before the person said so. */
async function askWho(
  title: string,
  { credential: { user }, by }: TakenCredential,
  token: vscode.CancellationToken,
): Promise<'taken' | 'takenByAll' | 'another' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: plainText(user),
        iconPath: new vscode.ThemeIcon('person'),
        detail: l10n.t('With the password that {0} took', plainText(by)),
        value: 'taken' as const,
      },
      {
        label: l10n.t('{0}, Also in Those That Follow', plainText(user)),
        iconPath: new vscode.ThemeIcon('organization'),
        detail: l10n.t('You are asked again only by a guest that refuses it'),
        value: 'takenByAll' as const,
      },
      { label: l10n.t('Somebody Else…'), iconPath: new vscode.ThemeIcon('person-add'), value: 'another' as const },
    ],
    { title, placeHolder: l10n.t('Who signs in?'), ignoreFocusOut: true },
    token,
  );
  return picked?.value;
}

async function askBoth(
  title: string,
  { user: known, refused }: CredentialQuestion,
  token: vscode.CancellationToken,
): Promise<SignInReply> {
  const was = refused === undefined ? undefined : l10n.t('The sign-in of {0} was refused.', refused);
  const box = { title, ignoreFocusOut: true };
  const user =
    known ??
    (await vscode.window.showInputBox(
      {
        ...box,
        prompt: after(was, l10n.t('User name')),
        placeHolder: l10n.t('DOMAIN\\user or user@domain'),
        // Most often it is the password that was wrong.
        ...(refused !== undefined && { value: refused }),
      },
      token,
    ));
  if (user === undefined || user.trim() === '') return undefined;
  // Said once: in the box that comes first.
  const prompt = after(known === undefined ? undefined : was, l10n.t('Password of {0}', user.trim()));
  const password = await vscode.window.showInputBox({ ...box, prompt, password: true }, token);
  return password === undefined || password === '' ? undefined : { user: user.trim(), password };
}

/** Two sentences, the first of which may be missing. */
function after(first: string | undefined, second: string): string {
  return first === undefined ? second : `${first} ${second}`;
}
