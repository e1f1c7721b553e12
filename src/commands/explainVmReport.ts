// The report on VMs as Markdown. Pure: the same facts give the same page. Our own sentences come from the translations and
// are plain text; what hosts and guests wrote goes through `foreignText`.
import * as l10n from '@vscode/l10n';
import { createRefusal } from '../domain/checkpoints/actions';
import { backupMeaning, backupNextStep, backupReasonText, backupTitle } from '../domain/health/backupTexts';
import { toneText } from '../domain/health/serviceVerdictTexts';
import type { VmReport } from '../domain/health/vmReport';
import { heartbeatText, stateText } from '../views/stateTexts';
import { serviceName } from '../views/serviceTexts';
import { factRows } from './explainVmFacts';
import { bullets, foreignText, ownText as text, table } from './explainVmMarkdown';
import { serviceSection } from './explainVmService';
import { agoText, timeText } from './explainVmTimes';

/** A page of so many is a long one already; of hundreds nobody could find anything, and the preview would be slow. */
const mostPages = 50;

/** One VM, or a table over several and then each of them; of many only those that need a look, which come first. */
export function reportPage(reports: readonly VmReport[]): string {
  const [only, ...others] = reports;
  if (only !== undefined && others.length === 0) return `${vmPage(only, 1)}\n`;
  const title = `# ${titleOf(reports)}`;
  if (reports.length <= mostPages) return pageOf([title, summary(reports)], reports);
  const bad = reports.filter(needsLook);
  const shown = bad.slice(0, mostPages);
  const note =
    shown.length < bad.length
      ? l10n.t('{0} of them need a look and come first; the first {1} are told of below.', bad.length, shown.length)
      : l10n.t('{0} of them need a look; they come first, and are told of below.', bad.length);
  const sorted = [...bad, ...reports.filter((report) => !needsLook(report))];
  const rest = l10n.t('For the whole report on any other, select it alone, or fewer.');
  return pageOf([title, text(`${note} ${rest}`), summary(sorted)], shown);
}

function pageOf(top: readonly string[], reports: readonly VmReport[]): string {
  return `${[...top, ...reports.map((report) => vmPage(report, 2))].join('\n\n')}\n`;
}

function needsLook({ services, lostSinceMs, vmProblem, healthProblem }: VmReport): boolean {
  const isIncomplete = vmProblem !== undefined || healthProblem !== undefined;
  return isIncomplete || lostSinceMs !== undefined || services.some(({ tone }) => tone === 'attention');
}

/** Where all are on one host it is said once: the table needs its room. */
function onlyHost(reports: readonly VmReport[]): string | undefined {
  const [name, ...others] = new Set(reports.map(({ hostName }) => hostName));
  return others.length === 0 ? name : undefined;
}

function titleOf(reports: readonly VmReport[]): string {
  const host = onlyHost(reports);
  return host === undefined
    ? l10n.t('{0} virtual machines', reports.length)
    : l10n.t('{0} virtual machines on {1}', reports.length, foreignText(host));
}

function summary(reports: readonly VmReport[]): string {
  const hasHosts = onlyHost(reports) === undefined;
  return table(
    [
      l10n.t('Virtual machine'),
      ...(hasHosts ? [l10n.t('Host')] : []),
      l10n.t('State'),
      l10n.t('Heartbeat'),
      l10n.t('Backup'),
      l10n.t('Needs a look'),
    ],
    reports.map((report) => [
      foreignText(report.vm.name),
      ...(hasHosts ? [foreignText(report.hostName)] : []),
      text(stateWord(report)),
      text(heartbeatWord(report)),
      text(backupTitle(report.backup)),
      text(
        report.services
          .filter(({ tone }) => tone === 'attention')
          .map(({ service }) => serviceName(service))
          .join(', ') || l10n.t('none'),
      ),
    ]),
  );
}

function vmPage(report: VmReport, level: number): string {
  const { vm, hostName } = report;
  const heading = (title: string, below = 1): string => `${'#'.repeat(level + below)} ${title}`;
  const parts = [
    `${'#'.repeat(level)} ${l10n.t('{0} on {1}', foreignText(vm.name), foreignText(hostName))}`,
    text(l10n.t('Read at {0}. Nothing was changed.', timeText(report.readAtMs))),
    ...notices(report),
    table(
      [l10n.t('Service'), l10n.t('Verdict'), l10n.t('Means')],
      report.services.map((verdict) => serviceSection(report, verdict).row),
    ),
    ...screenPart(report, heading(text(l10n.t('Screen')))),
    heading(text(l10n.t('Backup'))),
    backupPart(report),
    heading(text(l10n.t('Heartbeat'))),
    heartbeatPart(report),
    heading(text(l10n.t('Services'))),
    ...report.services.flatMap((verdict) => {
      const { name, body } = serviceSection(report, verdict);
      return [heading(`${text(name)}: ${text(toneText(verdict.tone))}`, 2), body];
    }),
    heading(text(l10n.t('Facts'))),
    table([l10n.t('Fact'), l10n.t('Value')], factRows(report)),
  ];
  return parts.join('\n\n');
}

/** As it was when the page was made; whoever is sent the page sees it. */
function screenPart({ screen, readAtMs }: VmReport, heading: string): string[] {
  if (screen === undefined) return [];
  const { thumbnail, problem } = screen;
  if (problem !== undefined) {
    return [heading, `${text(l10n.t('There is no picture of its screen.'))} ${foreignText(problem)}`];
  }
  if (thumbnail === undefined) return [];
  const note = l10n.t('As it was at {0}. Whoever is sent this page sees it.', timeText(readAtMs));
  const picture = `![${text(l10n.t('The screen of the guest'))}](data:image/png;base64,${thumbnail.png})`;
  return [heading, text(note), picture];
}

/** What the reader must know before anything else. */
function notices({ vmProblem, healthProblem, lostSinceMs, readAtMs }: VmReport): string[] {
  return [
    vmProblem === undefined
      ? undefined
      : `**${text(l10n.t('This is what was known earlier:'))}** ${text(l10n.t('the host could not be asked now.'))} ${foreignText(vmProblem)}`,
    lostSinceMs === undefined
      ? undefined
      : `**${text(l10n.t('The guest fell silent {0}, although the virtual machine runs.', agoText(readAtMs - lostSinceMs)))}**`,
    healthProblem === undefined
      ? undefined
      : `**${text(l10n.t('Checkpoints, disks and replication are unknown because they could not be read.'))}** ${foreignText(healthProblem)}`,
  ].filter((notice) => notice !== undefined);
}

function backupPart(report: VmReport): string {
  const { backup } = report;
  const step = backupNextStep(backup);
  return [
    `**${text(backupTitle(backup))}.** ${text(backupMeaning(backup.kind))}`,
    bullets(backup.reasons.map((reason) => text(backupReasonText(reason)))),
    ...(backup.caveats.length === 0
      ? []
      : [text(l10n.t('What else counts:')), bullets(backup.caveats.map((reason) => text(backupReasonText(reason))))]),
    ...(step === undefined ? [] : [`**${text(l10n.t('Next step'))}**: ${text(step)}`]),
    ...(canProve(report) ? [`**${text(l10n.t('To be sure'))}**: ${text(proofText(report))}`] : []),
  ].join('\n\n');
}

/** Whether a production checkpoint is expected to work, and could be made now. */
function canProve({ vm, health, backup }: VmReport): boolean {
  const isExpected = backup.kind === 'applicationConsistent' || backup.kind === 'fileSystemConsistent';
  return isExpected && createRefusal({ ...vm, work: health?.work ?? [] }) === undefined;
}

function proofText({ backup }: VmReport): string {
  // Hosts are known to refuse checkpoints of such disks; whether this one does, it says itself.
  const isDoubtful = backup.caveats.some(({ kind }) => kind === 'passThroughDisks' || kind === 'sharedDisks');
  return isDoubtful
    ? l10n.t(
        'this is what the service lets expect, and the host may refuse a checkpoint because of the disks. “Prove Production Checkpoint…”, in the menu of the virtual machine and in the palette, tries to make one, tells what the host says and deletes it again.',
      )
    : l10n.t(
        'this is what the facts let expect. “Prove Production Checkpoint…”, in the menu of the virtual machine and in the palette, makes one, tells what the host says and deletes it again.',
      );
}

function heartbeatPart(report: VmReport): string {
  const { seen } = report;
  if (seen === undefined) return text(l10n.t('Nothing was seen of it in this window before.'));
  const rows = [...seen.changes]
    .reverse()
    .map(({ atMs, state, heartbeat }) => [
      text(timeText(atMs)),
      text(stateText(state)),
      text(heartbeat === null ? l10n.t('none, as it does not run') : heartbeatText(heartbeat)),
    ]);
  const note =
    seen.forgotten === 0
      ? l10n.t(
          'Newest first, since {0}, when this window saw it first. Times are those of the readings.',
          timeText(seen.firstSeenMs),
        )
      : l10n.t('Newest first; {0} older changes were forgotten. Times are those of the readings.', seen.forgotten);
  return [table([l10n.t('Time'), l10n.t('State'), l10n.t('Heartbeat')], rows), text(note)].join('\n\n');
}

/** What was is no truth. */
function stateWord({ vm, vmProblem }: VmReport): string {
  return vmProblem === undefined ? stateText(vm.state) : l10n.t('{0}, as was known earlier', stateText(vm.state));
}

function heartbeatWord({ vm, lostSinceMs }: VmReport): string {
  if (lostSinceMs !== undefined) return l10n.t('lost contact');
  if (vm.heartbeat === null) return l10n.t('unknown, as it does not run');
  return heartbeatText(vm.heartbeat);
}
