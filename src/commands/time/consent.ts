// Before anything runs inside a guest, a person is asked once: what will run there, and how it gets there.
import * as l10n from '@vscode/l10n';
import { linuxToolNames } from '../../domain/time/linuxCommands';
import type { GuestSilence } from '../../domain/time/facts';
import type { VmRecord } from '../../domain/vm';
import type { GuestAccess } from '../../hyperv/timeClient';
import { isSshUser, sshWay, wayIn } from '../../hyperv/wayIn';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import type { StepChoice, StepHead } from '../hosts/stepsUi';
import type { VmTarget } from '../targets';

/** Which guests may be asked. */
export interface Consent {
  readonly guests: boolean;
  /** Of the Linux guests; undefined leaves it to the person's ssh configuration. */
  readonly sshUser?: string | undefined;
  /** Into the one guest that did not say what it is, or where. */
  readonly way?: GuestAccess | undefined;
}

/** How this guest is asked, or why it is not. */
export function wayWith(consent: Consent, vm: VmRecord): GuestAccess | GuestSilence {
  const { guests, sshUser, way } = consent;
  const known = wayIn(vm, sshUser);
  if (known === 'notRunning') return known;
  const wanted = typeof known === 'string' ? (way ?? known) : known;
  if (typeof wanted === 'string') return wanted;
  if (!guests) return 'notAsked';
  return wanted.kind === 'powershellDirect' ? { ...wanted, occasion: consent } : wanted;
}

/** @returns undefined when the person left */
export async function askConsent(context: CommandContext, targets: readonly VmTarget[]): Promise<Consent | undefined> {
  const waysIn = targets.map(({ vm }) => wayIn(vm));
  const windows = waysIn.some((way) => typeof way === 'object' && way.kind === 'powershellDirect');
  const addresses = waysIn.flatMap((way) => (typeof way === 'object' && way.kind === 'ssh' ? [way.target.host] : []));
  if (!windows && addresses.length === 0) {
    const [only, ...others] = waysIn;
    const isUnknown = others.length === 0 && (only === 'systemNotKnown' || only === 'noAddress');
    return isUnknown ? askWay(context, only) : { guests: false };
  }
  const detail = !windows ? linuxText() : addresses.length === 0 ? windowsText() : bothText();
  const answer = await context.hosts.steps.choose<'guests' | 'others' | 'none'>(
    head(),
    question(),
    [
      { label: l10n.t('Ask the Guest Too'), icon: 'vm', detail, value: 'guests' },
      ...(windows && (await isPasswordKept(context, targets)) ? [asSomebodyElse()] : []),
      hostOnly('none'),
    ],
    'guests',
  );
  if (answer === undefined || answer === back) return undefined;
  if (answer === 'none') return { guests: false };
  if (answer === 'others') {
    for (const { hostId, vm } of targets) await context.hosts.forgetGuestPassword(hostId, vm.id);
  }
  if (addresses.length === 0) return { guests: true };
  return askSshUser(context, addresses);
}

/** A guest without data exchange said neither what it is nor where: the person may know. */
async function askWay(context: CommandContext, why: 'systemNotKnown' | 'noAddress'): Promise<Consent | undefined> {
  const answer = await context.hosts.steps.choose<'windows' | 'linux' | 'none'>(
    head(),
    question(),
    [
      ...(why === 'noAddress'
        ? []
        : [{ label: l10n.t('Ask as a Windows Guest'), icon: 'vm', detail: windowsText(), value: 'windows' as const }]),
      { label: l10n.t('Ask as a Linux Guest…'), icon: 'vm', detail: linuxText(), value: 'linux' },
      hostOnly('none'),
    ],
    'none',
  );
  if (answer === undefined || answer === back) return undefined;
  if (answer === 'none') return { guests: false };
  if (answer === 'windows') return { guests: true, way: { kind: 'powershellDirect' } };
  const address = await context.hosts.steps.input(head(), {
    prompt: l10n.t('Address for ssh, as it is seen from this computer'),
    placeholder: l10n.t('address or user@address'),
    value: '',
    check: (text) => (sshWay(text.trim()) === undefined ? l10n.t('This is not an address.') : undefined),
  });
  if (address === undefined || address === back) return undefined;
  const way = sshWay(address.trim());
  return way && { guests: true, way };
}

async function isPasswordKept({ hosts }: CommandContext, targets: readonly VmTarget[]): Promise<boolean> {
  for (const hostId of new Set(targets.map((target) => target.hostId))) {
    const kept = await hosts.guestsWithPassword(hostId);
    if (targets.some((target) => target.hostId === hostId && kept.includes(target.vm.id))) return true;
  }
  return false;
}

function asSomebodyElse(): StepChoice<'others'> {
  const detail = l10n.t('The password that is kept is forgotten, and you are asked for another.');
  return { label: l10n.t('Ask the Guest as Somebody Else'), icon: 'person', detail, value: 'others' };
}

function head(): StepHead {
  return { title: l10n.t('Check Time'), canGoBack: false };
}

function question(): string {
  return l10n.t('Shall the guest be asked as well? Nothing is changed there.');
}

function hostOnly<T>(value: T): StepChoice<T> {
  const detail = l10n.t('Nothing runs in the guest, and who sets its clock stays unknown.');
  return { label: l10n.t('Ask the Host Only'), icon: 'server', detail, value };
}

/** One line each: a list shows no more of it. */
function windowsText(): string {
  return l10n.t('PowerShell Direct, with its password: {0}, registry, role and version', 'w32tm /query');
}

function linuxText(): string {
  return l10n.t('ssh, with your key: {0}', linuxToolNames);
}

function bothText(): string {
  return l10n.t(
    'Windows: {0}, registry, role, version. Linux: {1}',
    'w32tm /query',
    'date, timedatectl, chronyc, /sys',
  );
}

/** A line has room for a few addresses. */
const shownAddresses = 3;

function sshUserPrompt(addresses: readonly string[]): string {
  const shown = addresses.slice(0, shownAddresses).join(', ');
  return addresses.length > shownAddresses
    ? l10n.t('User name for ssh at {0} and {1} more', shown, addresses.length - shownAddresses)
    : l10n.t('User name for ssh at {0}', shown);
}

async function askSshUser(context: CommandContext, addresses: readonly string[]): Promise<Consent | undefined> {
  const answer = await context.hosts.steps.input(head(), {
    prompt: sshUserPrompt(addresses),
    placeholder: l10n.t('Empty: as your ssh configuration says'),
    value: '',
    check: (text) => (text.trim() === '' || isSshUser(text.trim()) ? undefined : l10n.t('This is not a user name.')),
  });
  if (answer === undefined || answer === back) return undefined;
  return { guests: true, sshUser: answer.trim() === '' ? undefined : answer.trim() };
}
