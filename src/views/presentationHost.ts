// A host as a row, and the one row below a host that has no VMs to show.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { addressOf } from '../hyperv/hostEntry';
import { isRemote } from '../hyperv/hostOrder';
import type { moveOf, RemoteHostDefinition } from '../hyperv/hostOrder';
import type { HostRecord } from '../hyperv/hostStore';
import { isReadInPart } from '../hyperv/partialVms';
import { commands } from '../manifest';
import { hostContextValue, infoContextValue } from './contextValue';
import { wayAdvice } from './hostCause';
import { seenText } from './presentationLastKnown';
import { failureText } from './readinessView';
import type { HostFailureText } from './readinessView';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';

/**
 * @param move where the host can go among those of the settings
 * @param shown how many of its VMs the filter lets through; missing without a filter
 */
export function hostRow(host: HostRecord, move: ReturnType<typeof moveOf>, shown?: number): Row {
  const { name } = host.definition;
  const description = hostDescription(host, shown);
  return {
    label: name,
    description,
    icon: hostIcon(host),
    contextValue: hostContextValue(host, move),
    // Spoken words need no room, so the whole cause is among them.
    accessibilityLabel: joinFacts([l10n.t('Host {0}', name), ...spoken(host, description)]),
    children: 'expanded',
  };
}

function hostDescription(host: HostRecord, shown?: number): string {
  switch (host.status.kind) {
    case 'idle':
      return joinFacts([lastSeen(host), l10n.t('not read yet')]);
    case 'connecting':
      return joinFacts([lastSeen(host), readingText(host)]);
    case 'ready':
      return joinFacts([host.definition.kind === 'lab' ? l10n.t('demo lab') : undefined, countText(host, shown)]);
    case 'failed':
      return joinFacts([failureText(host, host.status.error).cause, lastSeen(host)]);
    default:
      return assertNever(host.status);
  }
}

/** Of the rows below it, which are not known to be true. */
function lastSeen({ lastKnown }: HostRecord): string | undefined {
  return lastKnown === undefined || lastKnown.vms.size === 0 ? undefined : seenText(lastKnown.seenAtMs);
}

function readingText(host: HostRecord): string {
  if (host.waitsToStart === true) return l10n.t('waiting for other hosts…');
  return host.lastKnown === undefined && !isReadInPart(host) ? l10n.t('connecting…') : l10n.t('reading…');
}

/** The whole cause of a failure, and when its rows were last seen. */
function spoken(host: HostRecord, description: string): readonly (string | undefined)[] {
  const failure = failureOf(host);
  return failure === undefined ? [description] : [failure.what, lastSeen(host)];
}

/** No count of running ones: a row that changes with every VM would redraw all of its children each time. */
function countText({ vms }: HostRecord, shown: number | undefined): string {
  if (shown !== undefined) return l10n.t('{0} of {1} virtual machines', shown, vms.size);
  return vms.size === 1 ? l10n.t('1 virtual machine') : l10n.t('{0} virtual machines', vms.size);
}

/** How another computer is reached, in the field's own terms: `SSH admin@lab01:22`. */
export function wayText(definition: RemoteHostDefinition): string {
  if (definition.kind === 'ssh') return `SSH ${addressOf(definition.target)}`;
  const { target, user } = definition;
  return joinFacts([`WinRM ${addressOf({ ...target, user })}`, target.useSsl === true ? 'HTTPS' : undefined]);
}

export function hostIcon({ status }: HostRecord): string {
  switch (status.kind) {
    case 'connecting':
      return 'sync';
    case 'failed':
      return 'error';
    case 'idle':
    case 'ready':
      return 'server';
    default:
      return assertNever(status);
  }
}

function failureOf(host: HostRecord): HostFailureText | undefined {
  return host.status.kind === 'failed' ? failureText(host, host.status.error) : undefined;
}

/** Markdown, for the host and for the row that stands below it; made late, when somebody points at one of them. */
export function hostTooltip(host: HostRecord): string {
  const failure = failureOf(host);
  const { definition } = host;
  const lines = [
    ...(isRemote(definition) ? [wayText(definition)] : []),
    ...(failure === undefined ? [hostDescription(host)] : [failure.what, failure.nextStep, lastSeen(host)]),
  ].filter((line) => line !== undefined);
  return [`**${escapeMarkdown(definition.name)}**`, ...lines.map(escapeMarkdown)].join('\n\n');
}

/** Stands below a host in place of its VMs: an empty list would not say why. */
export function infoRow(host: HostRecord): Row {
  const advice = adviceOf(host);
  const label = advice ?? infoText(host);
  // Cut first where there is no room for it.
  const description = advice === undefined ? '' : l10n.t('opens the connection test');
  return {
    label,
    description,
    icon: host.status.kind === 'failed' ? 'lightbulb' : 'info',
    contextValue: infoContextValue,
    accessibilityLabel: `${label} ${description}`.trimEnd(),
    children: 'none',
    ...(advice !== undefined && { opens: commands.testConnection }),
  };
}

/** Where the way there failed, the test finds out at which step, has the command that helps, and shows a key. */
function adviceOf({ status, definition }: HostRecord): string | undefined {
  return isRemote(definition) && status.kind === 'failed' ? wayAdvice(status.error.reason, definition.kind) : undefined;
}

/** Stands below a host none of whose VMs the filter lets through. Enter shows them all again. */
export function noMatchRow({ definition }: HostRecord): Row {
  return {
    label: l10n.t('No virtual machine matches the filter'),
    description: l10n.t('clears the filter'),
    icon: 'filter',
    contextValue: infoContextValue,
    accessibilityLabel: l10n.t('No virtual machine of {0} matches the filter. Enter clears it.', definition.name),
    children: 'none',
    opens: commands.clearFilter,
  };
}

function infoText(host: HostRecord): string {
  const { status, definition } = host;
  switch (status.kind) {
    case 'idle':
    case 'connecting':
      return l10n.t('Waiting for {0}…', definition.name);
    case 'ready':
      return l10n.t('No virtual machines');
    case 'failed':
      return failureText(host, status.error).nextStep;
    default:
      return assertNever(status);
  }
}
