// Times and spans for the report.
import * as l10n from '@vscode/l10n';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Local time, to the second, in a form that sorts. */
export function timeText(atMs: number): string {
  const date = new Date(atMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** Coarse: "3 minutes ago". */
export function agoText(ms: number): string {
  if (ms < minuteMs) return l10n.t('less than a minute ago');
  if (ms < 2 * hourMs) return l10n.t('{0} minutes ago', Math.floor(ms / minuteMs));
  return ms < 2 * dayMs
    ? l10n.t('{0} hours ago', Math.floor(ms / hourMs))
    : l10n.t('{0} days ago', Math.floor(ms / dayMs));
}
