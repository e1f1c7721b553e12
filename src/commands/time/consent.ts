// Before anything runs inside a guest, a person is asked once: what will run there, and how it gets there.
import * as l10n from '@vscode/l10n';
import { linuxToolNames } from '../../domain/time/linuxCommands';
import { isSshUser, wayIn } from '../../hyperv/wayIn';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import type { VmTarget } from '../targets';

/** Which guests may be asked. */
export interface Consent {
  readonly guests: boolean;
  /** Of the Linux guests; undefined leaves it to the person's ssh configuration. */
  readonly sshUser: string | undefined;
}

/** @returns undefined when the person left */
export async function askConsent(context: CommandContext, targets: readonly VmTarget[]): Promise<Consent | undefined> {
  const nobody: Consent = { guests: false, sshUser: undefined };
  const waysIn = targets.map(({ vm }) => wayIn(vm));
  const windows = waysIn.some((way) => typeof way === 'object' && way.kind === 'powershellDirect');
  const addresses = waysIn.flatMap((way) => (typeof way === 'object' && way.kind === 'ssh' ? [way.target.host] : []));
  if (!windows && addresses.length === 0) return nobody;
  const head = { title: l10n.t('Check Time'), canGoBack: false };
  const answer = await context.hosts.steps.choose(
    head,
    l10n.t('Who sets a clock can only be seen inside the guest. Shall it be asked? Nothing is changed there.'),
    [
      {
        label: l10n.t('Ask the Guest Too'),
        icon: 'vm',
        detail: [windows && windowsText(), addresses.length > 0 && linuxText()]
          .filter((text) => text !== false)
          .join(' '),
        value: true,
      },
      {
        label: l10n.t('Ask the Host Only'),
        icon: 'server',
        detail: l10n.t('Nothing runs in the guest; who sets its clock stays unknown.'),
        value: false,
      },
    ],
    true,
  );
  if (answer === undefined || answer === back) return undefined;
  if (!answer || addresses.length === 0) return { ...nobody, guests: answer };
  return askSshUser(context, addresses);
}

function windowsText(): string {
  return l10n.t(
    'Windows: by PowerShell Direct, with a user name and a password of the guest. It runs {0}, and reads its registry, its role and its version.',
    'w32tm /query',
  );
}

function linuxText(): string {
  return l10n.t('Linux: by ssh from this computer, with your key. It runs {0}.', linuxToolNames);
}

async function askSshUser(context: CommandContext, addresses: readonly string[]): Promise<Consent | undefined> {
  const answer = await context.hosts.steps.input(
    { title: l10n.t('Check Time'), canGoBack: false },
    {
      prompt: l10n.t('User name for ssh at {0}', addresses.join(', ')),
      placeholder: l10n.t('Empty: as your ssh configuration says'),
      value: '',
      check: (text) => (text.trim() === '' || isSshUser(text.trim()) ? undefined : l10n.t('This is not a user name.')),
    },
  );
  if (answer === undefined || answer === back) return undefined;
  return { guests: true, sshUser: answer.trim() === '' ? undefined : answer.trim() };
}
