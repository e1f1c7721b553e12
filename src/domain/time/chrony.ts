// What chrony says as CSV (`chronyc -c`), which is never translated. Pure. Fields: the program's own documentation of
// `tracking` and `sources`.
import type { ChronySource, LinuxClock } from './facts';

/** Id, name, stratum, time of reference, offsets and rates, and the leap status last. */
const trackingFields = 14;

/** @returns null for what is no such line */
export function parseTracking(text: string): LinuxClock['chrony'] {
  const fields = firstLine(text).split(',');
  const [id = '', name = '', stratum = ''] = fields;
  if (fields.length < trackingFields || !/^[0-9A-F]{8}$/i.test(id)) return null;
  const leap = fields.at(-1)?.trim() ?? '';
  const synchronized = /^(?:Normal|Insert second|Delete second)$/.test(leap)
    ? true
    : leap === 'Not synchronised'
      ? false
      : null;
  const isNobody = /^0+$/.test(id) || id.toUpperCase() === '7F7F0101';
  return {
    reference: isNobody || synchronized === false || name.trim() === '' ? null : name.trim(),
    stratum: /^\d{1,2}$/.test(stratum) ? Number(stratum) : null,
    synchronized: isNobody ? false : synchronized,
  };
}

/** Lines like `#,*,PHC0,0,3,377,8,…`; others are left out. */
export function parseSources(text: string): readonly ChronySource[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, mode, state, name] = /^([#^=]),(.),([^,]{1,253}),/.exec(line.trim()) ?? [];
    if (mode === undefined || state === undefined || name === undefined) return [];
    return [
      { mode: mode as ChronySource['mode'], used: state === '*' || state === '+', selected: state === '*', name },
    ];
  });
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/)[0] ?? '';
}
