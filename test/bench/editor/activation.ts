// What the extension costs everybody who has it installed, before they look at it: beside one that does nothing.
import { summarize, toRow, type Results } from '../measure';
import type { Plan } from '../plan';
import { emptyId, oursId, type Driver } from './driver';

const limitMs = 30;

/** Each turn has a window, and so an extension host, of its own. */
export async function activation({ quick }: Plan, driver: Driver): Promise<Results> {
  const ours: number[] = [];
  const empty: number[] = [];
  await driver.open();
  const seen = (await driver.call('watchedActivation')) as string[];
  for (let turn = 0; turn < (quick ? 3 : 8); turn++) {
    await driver.open();
    const ids = turn % 2 === 0 ? [oursId, emptyId] : [emptyId, oursId];
    const ms = (await driver.call('activate', { ids })) as Readonly<Record<string, number>>;
    ours.push(ms[oursId] ?? Number.NaN);
    empty.push(ms[emptyId] ?? Number.NaN);
  }
  const row = toRow(
    'Window',
    'Activation: require and activate',
    new Map([
      ['ours', summarize(ours)],
      ['an extension that does nothing', summarize(empty)],
    ]),
  );
  const more = Number((row.ours - (Object.values(row.others)[0] ?? 0)).toPrecision(3));
  return {
    rows: [row],
    budgets: [
      {
        name: 'Activation: more than an empty extension, ms',
        limit: `<= ${limitMs}`,
        value: more,
        holds: more <= limitMs,
      },
      {
        name: 'Processes started and files read by activation',
        limit: '= 0',
        value: seen.length,
        holds: seen.length === 0,
      },
    ],
  };
}
