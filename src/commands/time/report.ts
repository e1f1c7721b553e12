// The report on clocks as Markdown. Pure: the same facts give the same page. Our own sentences come from the translations;
// what hosts and guests wrote goes through `foreignText`, `code` or `block`.
import * as l10n from '@vscode/l10n';
import type { Reason } from '../../domain/health/serviceReasons';
import { toneText } from '../../domain/health/serviceVerdictTexts';
import type { RawText, TimeFacts } from '../../domain/time/facts';
import { chronyLine, udevLine } from '../../domain/time/linuxCommands';
import { durationText, timeReasons } from '../../domain/time/reasons';
import { unknownText } from '../../domain/time/unknownTexts';
import { timeVerdict } from '../../domain/time/verdict';
import type { TimeAction, TimeUnknown, TimeVerdict } from '../../domain/time/verdict';
import {
  actionText,
  adviceText,
  conflictText,
  conflictWord,
  handText,
  handworkTexts,
  hostText,
  lateText,
  offsetText,
  setByText,
} from '../../domain/time/verdictTexts';
import { block, bullets, code, foreignText, ownText as text, table } from '../explainVmMarkdown';
import { timeText } from '../explainVmTimes';
import type { ClockReading } from './readClock';

/** One VM, or a table over several and then each of them. */
export function clockPage(readings: readonly ClockReading[], readAtMs: number): string {
  const pages = readings.map((reading) => vmPage(reading, readAtMs, readings.length > 1 ? 2 : 1));
  if (readings.length === 1) return `${pages.join('')}\n`;
  const title = `# ${l10n.t('The clocks of {0} virtual machines', readings.length)}`;
  return `${[title, summary(readings), ...pages].join('\n\n')}\n`;
}

function summary(readings: readonly ClockReading[]): string {
  return table(
    [
      l10n.t('Virtual machine'),
      l10n.t('Host'),
      l10n.t('Set by'),
      l10n.t('Two masters'),
      l10n.t('Guest minus host'),
      l10n.t('Verdict'),
    ],
    readings.map(({ target, facts }) => {
      const verdict = timeVerdict(facts);
      return [
        foreignText(target.vm.name),
        foreignText(target.hostName),
        text(setByText(verdict.setBy)),
        text(conflictWord(verdict.conflict)),
        text(offsetWord(facts.guest)),
        text(toneText(verdict.tone)),
      ];
    }),
  );
}

function vmPage({ target, facts, vmProblem }: ClockReading, readAtMs: number, level: number): string {
  const verdict = timeVerdict(facts);
  const heading = (title: string): string => `${'#'.repeat(level + 1)} ${text(title)}`;
  const advice = adviceText(verdict.advice);
  const sentences = [
    handText(verdict.hand),
    conflictText(verdict.conflict),
    offsetText(verdict.offset),
    ...(verdict.lateCause === null ? [] : [lateText(verdict.lateCause)]),
    hostText(verdict),
  ];
  const raw = facts.guest.kind === 'read' ? facts.guest.clock.raw : [];
  const name = 'name' in verdict.setBy ? `: ${foreignText(verdict.setBy.name)}` : '';
  return [
    `${'#'.repeat(level)} ${l10n.t('The clock of {0} on {1}', foreignText(target.vm.name), foreignText(target.hostName))}`,
    text(l10n.t('Read at {0}. Nothing was changed.', timeText(readAtMs))),
    ...(vmProblem === undefined
      ? []
      : [`**${text(l10n.t('This is what was known earlier:'))}** ${foreignText(vmProblem)}`]),
    table(
      [l10n.t('Who sets this clock'), l10n.t('Verdict'), l10n.t('Two masters'), l10n.t('Guest minus host')],
      [
        [
          `**${text(setByText(verdict.setBy))}**${name}`,
          text(toneText(verdict.tone)),
          text(conflictWord(verdict.conflict)),
          text(offsetWord(facts.guest)),
        ],
      ],
    ),
    bullets(sentences.flatMap((sentence) => (sentence === undefined ? [] : [text(sentence)]))),
    ...(advice === undefined ? [] : [heading(l10n.t('Domain controller')), text(advice)]),
    heading(l10n.t('What can be done')),
    doable(verdict, facts),
    ...lines(verdict.actions),
    heading(l10n.t('Evidence')),
    evidence(facts),
    ...(verdict.unknowns.length === 0
      ? []
      : [heading(l10n.t('Not known')), bullets(verdict.unknowns.map(unknownLine))]),
    ...rawPart(l10n.t('What the guest printed'), raw, heading),
    ...rawPart(l10n.t('What the host printed'), facts.host?.raw ?? [], heading),
  ].join('\n\n');
}

function evidence(facts: TimeFacts): string {
  const { service, guest, host } = timeReasons(facts);
  const parts: readonly (readonly [string, readonly Reason[]])[] = [
    [l10n.t('Service on the host'), service],
    [l10n.t('Inside the guest'), guest],
    [l10n.t('Clock of the host'), host],
  ];
  return bullets(
    parts
      .filter(([, reasons]) => reasons.length > 0)
      .map(([title, reasons]) => `**${text(title)}**: ${reasons.map(reasonText).join('; ')}`),
  );
}

/** The first one is the one to try, where something is wrong. */
function doable(verdict: TimeVerdict, facts: TimeFacts): string {
  const { actions, tone } = verdict;
  const [first, ...others] = [...actions.map(actionText), ...handworkTexts(verdict, facts)].map(text);
  if (first === undefined)
    return text(tone === 'unknown' ? l10n.t('Nothing while this is not known.') : l10n.t('Nothing has to be done.'));
  return bullets([tone === 'attention' ? `**${first}**` : first, ...others]);
}

/** What is copied can also be read. */
function lines(actions: readonly TimeAction[]): string[] {
  return [
    ...(actions.includes('copyChrony')
      ? [text(l10n.t('For chrony, in its configuration; then start it again:')), block(chronyLine)]
      : []),
    ...(actions.includes('copyUdev')
      ? [text(l10n.t('For udev, in a file below /etc/udev/rules.d, so that the clock has this name:')), block(udevLine)]
      : []),
  ];
}

function reasonText({ source, text: words, quote }: Reason): string {
  return [source && `${code(source)}:`, text(words), quote && foreignText(quote)].filter(Boolean).join(' ');
}

function unknownLine(unknown: TimeUnknown): string {
  const problem = 'problem' in unknown ? unknown.problem : undefined;
  const quote = 'quote' in unknown ? unknown.quote : undefined;
  return [text(unknownText(unknown)), problem && text(problem), quote && foreignText(quote)].filter(Boolean).join(' ');
}

function rawPart(title: string, raw: readonly RawText[], heading: (title: string) => string): string[] {
  if (raw.length === 0) return [];
  return [heading(title), ...raw.flatMap(({ command, text: printed }) => [code(command), block(printed)])];
}

function offsetWord(guest: ClockReading['facts']['guest']): string {
  if (guest.kind !== 'read' || guest.offset === null) return l10n.t('unknown');
  const { offsetMs, uncertaintyMs } = guest.offset;
  return `${durationText(offsetMs, true)} (±${durationText(uncertaintyMs, false)})`;
}
