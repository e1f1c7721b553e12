// One integration service in the report on a VM: a row of the table on top, and a section of its own.
import * as l10n from '@vscode/l10n';
import { isWindows } from '../domain/health/guestFamily';
import { guestParts } from '../domain/health/guestParts';
import type { GuestPart } from '../domain/health/guestParts';
import { serviceReasons } from '../domain/health/serviceReasons';
import type { ServiceVerdict } from '../domain/health/serviceVerdict';
import { serviceMeaning, serviceNextStepText, toneText } from '../domain/health/serviceVerdictTexts';
import type { VmReport } from '../domain/health/vmReport';
import { timeSourceAdvice } from '../views/serviceAdvice';
import { serviceLoss, servicePurpose } from '../views/servicePurpose';
import { guestStatusText, serviceName } from '../views/serviceTexts';
import { bullets, code, foreignText, ownText } from './explainVmMarkdown';
import { timeText } from './explainVmTimes';

export interface ServiceSection {
  readonly name: string;
  readonly row: readonly string[];
  readonly body: string;
}

export function serviceSection(report: VmReport, verdict: ServiceVerdict): ServiceSection {
  const name = serviceName(verdict.service);
  const meaning = ownText(serviceMeaning(verdict));
  return {
    name,
    row: [ownText(name), ownText(toneText(verdict.tone)), meaning],
    body: [meaning, bullets(lines(report, verdict).map(([title, ...values]) => lineText(title, values)))].join('\n\n'),
  };
}

/** One value beside its title, several below it. */
function lineText(title: string, values: readonly string[]): string {
  const head = `**${ownText(title)}**:`;
  return values.length === 1
    ? `${head} ${values.join('')}`
    : [head, ...values.map((value) => `  - ${value}`)].join('\n');
}

/** A title each, and values that are Markdown. */
function lines({ vm, seen }: VmReport, verdict: ServiceVerdict): (readonly [string, ...string[]])[] {
  const { service, family } = verdict;
  const state = vm.services[service];
  const step = serviceNextStepText(verdict);
  // Domain controllers run Windows, or what does not say what it is.
  const mayBeController = family === 'notKnown' || isWindows(family);
  const advice = service === 'timeSynchronization' && mayBeController ? timeSourceAdvice(state) : undefined;
  const setting =
    state.enabled === null ? l10n.t('not reported') : state.enabled ? l10n.t('enabled') : l10n.t('disabled');
  const status = vm.state === 'running' ? guestStatusText(state) : undefined;
  return [
    [l10n.t('Setting on the host'), ownText(setting)],
    [l10n.t('Guest'), ownText(guestWords(state.enabled, status))],
    [l10n.t('Since'), ownText(sinceText(seen, service))],
    [l10n.t('Evidence'), ...evidence(vm, service)],
    [l10n.t('What it does'), ownText(servicePurpose(service))],
    [l10n.t('Without it'), ownText(serviceLoss(service))],
    [l10n.t('Part in the guest'), ...partTexts(guestParts(service, family))],
    ...(advice === undefined ? [] : ([[l10n.t('Clock of domains'), ownText(advice)]] as const)),
    ...(step === undefined ? [] : ([[l10n.t('Next step'), ownText(step)]] as const)),
  ];
}

/** The guest's half of a disabled service goes on saying OK, which would only mislead. */
function guestWords(enabled: boolean | null, status: string | undefined): string {
  if (enabled === false) return l10n.t('not used');
  return status ?? l10n.t('not known');
}

function sinceText(seen: VmReport['seen'], service: ServiceVerdict['service']): string {
  if (seen === undefined) return l10n.t('not known');
  const since = seen.servicesSince.get(service);
  return since === undefined
    ? l10n.t('{0} or earlier, when this window saw it first', timeText(seen.firstSeenMs))
    : timeText(since);
}

function evidence(vm: VmReport['vm'], service: ServiceVerdict['service']): readonly string[] {
  const reasons = serviceReasons(vm, service).map(({ source, text, quote }) =>
    [source && `${code(source)}:`, ownText(text), quote && foreignText(quote)].filter(Boolean).join(' '),
  );
  return reasons.length === 0 ? [ownText(l10n.t('none'))] : reasons;
}

/** Families with the same part stand together. */
function partTexts(parts: readonly GuestPart[]): readonly string[] {
  const families = new Map<string, string[]>();
  for (const part of parts) {
    const text = partText(part);
    families.set(text, [...(families.get(text) ?? []), part.family]);
  }
  return [...families].map(([text, names]) => `${ownText(names.join(', '))}: ${text}`);
}

function partText(part: GuestPart): string {
  const check = part.check === undefined ? '' : `, ${ownText(l10n.t('check with'))} ${code(part.check)}`;
  switch (part.from) {
    case 'none':
      return ownText(l10n.t('has none'));
    case 'builtIn':
      return `${code(part.name)}, ${ownText(l10n.t('built in'))}${check}`;
    case 'update':
      return `${code(part.name)}, ${ownText(l10n.t('comes with Windows Update'))}${check}`;
    case 'kernel':
      return `${code(part.name)}, ${ownText(l10n.t('a module of the kernel'))}${check}`;
    case 'package':
      return part.packageName === undefined
        ? `${code(part.name)}, ${ownText(l10n.t('a daemon that many images lack'))}${check}`
        : `${code(part.name)}, ${ownText(l10n.t('from the package'))} ${code(part.packageName)}${check}`;
  }
}
