// The questions of *Add Host…*, one function each. They ask and check; what is done with the answers is in addHost.ts.
import * as l10n from '@vscode/l10n';
import type { HostEntry, HostKind } from '../../hyperv/hostEntry';
import { entryOf, isAllowedText, withAddress, withKind } from './draft';
import type { HostDraft } from './draft';
import type { Step } from './steps';
import { back } from './stepsUi';
import type { Answer, StepsUi } from './stepsUi';

export interface Questions {
  readonly steps: StepsUi;
  readonly platform: NodeJS.Platform;
  /** Names of computers in the person's ssh configuration. */
  readonly aliases: readonly string[];
  /** The name of a host that is there already and means the same. */
  readonly sameHost: (entry: HostEntry) => string | undefined;
}

function into(draft: HostDraft, field: 'user' | 'port' | 'name', answer: Answer<string>): Answer<HostDraft> {
  return answer === undefined || answer === back ? answer : { ...draft, [field]: answer.trim() };
}

export function askKind({ steps, platform }: Questions): Step<HostDraft> {
  const isWindows = platform === 'win32';
  return async (draft, head) => {
    const kind = await steps.choose<HostKind>(
      head,
      l10n.t('How is the host reached?'),
      [
        {
          label: l10n.t('SSH'),
          description: l10n.t('from any computer'),
          detail: l10n.t('With a key or an agent, as in a terminal. The host runs an SSH server.'),
          icon: 'terminal',
          value: 'ssh',
        },
        {
          label: l10n.t('WinRM'),
          description: isWindows ? l10n.t('from Windows to Windows') : l10n.t('not available here'),
          detail: isWindows
            ? l10n.t('PowerShell remoting, as in a domain. Windows Server has it turned on.')
            : l10n.t('WinRM works from Windows to Windows only, and this computer does not run Windows.'),
          icon: isWindows ? 'remote' : 'circle-slash',
          isOut: !isWindows,
          value: 'winrm',
        },
      ],
      draft.kind,
    );
    return kind === undefined || kind === back ? kind : withKind(draft, kind);
  };
}

export function askAddress({ steps, aliases }: Questions): Step<HostDraft> {
  return async (draft, head) => {
    const answer = await steps.input(head, {
      prompt: l10n.t('Name or address of the host. User and port may stand beside it, as in admin@lab01:22.'),
      placeholder: l10n.t('lab01, admin@lab01 or 192.0.2.10'),
      value: draft.host,
      check: (text) =>
        withAddress(draft, text) === undefined
          ? l10n.t('Enter the name or the address of a computer, such as lab01 or admin@lab01:22.')
          : undefined,
      ...(draft.kind === 'ssh' && { suggestions: aliases, suggestionsTitle: l10n.t('From Your SSH Configuration') }),
    });
    return answer === undefined || answer === back ? answer : withAddress(draft, answer);
  };
}

export function askUser({ steps }: Questions): Step<HostDraft> {
  return async (draft, head) => {
    const answer = await steps.input(head, {
      prompt:
        draft.kind === 'ssh'
          ? l10n.t('User on the host. Leave it empty to sign in as ssh does by itself.')
          : l10n.t('User on the host. Leave it empty to sign in as you are signed in to this computer.'),
      placeholder: l10n.t('admin, admin@example.com or EXAMPLE\\admin'),
      value: draft.user,
      check: (text) =>
        isAllowedText(draft, 'user', text)
          ? undefined
          : l10n.t('Enter the name of a user, such as admin, admin@example.com or EXAMPLE\\admin.'),
    });
    return into(draft, 'user', answer);
  };
}

export function askEncryption({ steps }: Questions): Step<HostDraft> {
  return async (draft, head) => {
    const useSsl = await steps.choose(
      head,
      l10n.t('How does the host listen for WinRM?'),
      [
        {
          label: l10n.t('HTTP'),
          description: l10n.t('port 5985'),
          detail: l10n.t('As Windows sets it up. In a domain it is encrypted all the same.'),
          icon: 'globe',
          value: false,
        },
        {
          label: l10n.t('HTTPS'),
          description: l10n.t('port 5986'),
          detail: l10n.t('The host has a certificate for WinRM. The way outside of a domain.'),
          icon: 'lock',
          value: true,
        },
      ],
      draft.useSsl,
    );
    return useSsl === undefined || useSsl === back ? useSsl : { ...draft, useSsl };
  };
}

export function askPort({ steps, sameHost }: Questions): Step<HostDraft> {
  return async (draft, head) => {
    const usual = draft.kind === 'ssh' ? 22 : draft.useSsl ? 5986 : 5985;
    const answer = await steps.input(head, {
      prompt: l10n.t('Port on the host. Leave it empty for the usual one, {0}.', usual),
      placeholder: String(usual),
      value: draft.port,
      check: (text) => {
        if (!isAllowedText(draft, 'port', text)) return l10n.t('Enter a whole number from 1 to 65535.');
        const same = sameHost(entryOf({ ...draft, port: text.trim() }));
        return same === undefined
          ? undefined
          : l10n.t('This host is in the view already: {0}. Go back to change its address.', same);
      },
    });
    return into(draft, 'port', answer);
  };
}

export function askName({ steps }: Questions): Step<HostDraft> {
  return async (draft, head) => {
    const answer = await steps.input(head, {
      prompt: l10n.t('Name to show for the host. Leave it empty to show {0}.', draft.host),
      placeholder: draft.host,
      value: draft.name,
      check: (text) =>
        isAllowedText(draft, 'name', text) ? undefined : l10n.t('Enter at most 100 characters on one line.'),
    });
    return into(draft, 'name', answer);
  };
}
