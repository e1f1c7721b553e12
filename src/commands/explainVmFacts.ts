// The table of facts at the end of the report on a VM. Notes and pairs of data exchange are left out: people write passwords
// there, and this page is made to be sent to somebody.
import * as l10n from '@vscode/l10n';
import { sizeFact } from '../domain/checkpoints/sizeTexts';
import { replicationStateText } from '../domain/health/replicationTexts';
import type { VmReport } from '../domain/health/vmReport';
import { stateText } from '../views/stateTexts';
import { foreignText, ownText } from './explainVmMarkdown';
import { agoText } from './explainVmTimes';

/** Fact and value, both Markdown; what is not known says so. */
export function factRows(report: VmReport): (readonly [string, string])[] {
  const { vm, health } = report;
  const { guest } = vm;
  const words = (text: string): string => ownText(text);
  const notKnown = words(l10n.t('not known'));
  const foreign = (text: string | null): string => (text === null || text === '' ? notKnown : foreignText(text));
  const ago = (atMs: number | null | undefined): string => words(since(report, atMs ?? null) ?? l10n.t('not known'));
  const rows: (readonly [string, string])[] = [
    [l10n.t('Id'), foreign(vm.id)],
    [l10n.t('State'), words(stateText(vm.state))],
    [l10n.t('State since'), ago(health?.stateSinceMs)],
    [l10n.t('Started'), vm.uptimeMs === null ? notKnown : words(agoText(vm.uptimeMs))],
    [l10n.t('Guest'), foreign([guest.osName, guest.osVersion].filter((text) => text !== null).join(' '))],
    [l10n.t('Name in the guest'), foreign(guest.fullyQualifiedDomainName)],
    [l10n.t('Integration services in the guest'), foreign(guest.integrationServicesVersion)],
    [l10n.t('Version compared with the host'), versionText(report) ?? notKnown],
    [l10n.t('Programs in the guest'), applicationsText(report) ?? notKnown],
    [l10n.t('Configuration version'), foreign(vm.configurationVersion)],
    [l10n.t('Last backup known to the host'), ago(health?.lastBackupAtMs)],
    [l10n.t('Replication'), replicationText(report) ?? notKnown],
  ];
  return [...rows, ...diskRows(report, notKnown), ...checkpointRows(report, notKnown)].map(
    ([name, value]) => [words(name), value] as const,
  );
}

/** Microsoft delivers the guest's part with the guest's own updates, so an older one asks for nothing. */
function versionText({ health }: VmReport): string | undefined {
  switch (health?.integrationVersion ?? null) {
    case 'current':
      return ownText(l10n.t('current'));
    case 'mismatch':
      return ownText(l10n.t('another one, which is benign: it comes with updates of the guest'));
    case null:
      return undefined;
  }
}

function applicationsText({ health }: VmReport): string | undefined {
  switch (health?.applications ?? null) {
    case 'ok':
      return ownText(l10n.t('healthy, says the guest'));
    case 'critical':
      return ownText(l10n.t('in a critical state, says the guest'));
    case 'notReported':
      return ownText(l10n.t('not reported, which is benign: most guests report none'));
    case null:
      return undefined;
  }
}

function replicationText(report: VmReport): string | undefined {
  const { health } = report;
  const { mode, stateCode, lastAtMs } = health?.replication ?? { mode: null, stateCode: null, lastAtMs: null };
  if (mode === null) return undefined;
  if (mode === 'none') return ownText(l10n.t('none'));
  const state = replicationStateText(stateCode);
  const last = since(report, lastAtMs);
  return ownText(last === undefined ? state : l10n.t('{0}, last {1}', state, last));
}

/** By the clock of the host, whose dates these are. */
function since({ health }: VmReport, atMs: number | null): string | undefined {
  const nowMs = health?.nowMs ?? null;
  return atMs === null || nowMs === null ? undefined : agoText(nowMs - atMs);
}

function diskRows({ health }: VmReport, notKnown: string): (readonly [string, string])[] {
  const disks = health?.disks ?? null;
  if (disks === null) return [[l10n.t('Disks'), notKnown]];
  if (disks.length === 0) return [[l10n.t('Disks'), ownText(l10n.t('none'))]];
  return disks.map(({ path, kind, shared, remote }, index) => {
    const marks = [
      kind === 'physical' ? l10n.t('passed through') : undefined,
      shared ? l10n.t('may be shared') : undefined,
      remote ? l10n.t('on a file server') : undefined,
    ].filter((mark) => mark !== undefined);
    return [
      l10n.t('Disk {0}', index + 1),
      foreignText(path) + (marks.length === 0 ? '' : ` ${ownText(`(${marks.join(', ')})`)}`),
    ];
  });
}

function checkpointRows(report: VmReport, notKnown: string): (readonly [string, string])[] {
  const checkpoints = report.health?.checkpoints ?? null;
  if (checkpoints === null) return [[l10n.t('Checkpoints'), notKnown]];
  if (checkpoints.length === 0) return [[l10n.t('Checkpoints'), ownText(l10n.t('none'))]];
  const rows = checkpoints.map(({ name, kind, createdAtMs, automatic }, index): readonly [string, string] => {
    const marks = [
      since(report, createdAtMs),
      kind === 'backup' ? l10n.t('made for a backup') : undefined,
      automatic === true ? l10n.t('made by the host') : undefined,
    ].filter((mark) => mark !== undefined);
    return [
      l10n.t('Checkpoint {0}', index + 1),
      foreignText(name) + (marks.length === 0 ? '' : ` ${ownText(`(${marks.join(', ')})`)}`),
    ];
  });
  const { checkpointSpace: space } = report;
  if (space === undefined) return rows;
  return [...rows, [l10n.t('Space for checkpoints'), space === null ? notKnown : ownText(sizeFact(space) ?? '')]];
}
