// What people feel, measured in the real editor: code-server's extension host and Chromium.
import type { Results } from '../measure';
import type { Plan } from '../plan';
import { activation } from './activation';
import { openDriver } from './driver';
import { ending, firstList } from './firstList';
import { largeTree } from './largeTree';

export async function inWindow(plan: Plan): Promise<Results> {
  const missing =
    plan.codeServer === undefined
      ? 'code-server'
      : plan.chromium === ''
        ? 'Chromium'
        : plan.vsix === ''
          ? 'package'
          : '';
  if (plan.codeServer === undefined || missing !== '')
    return { rows: [], budgets: [], leftOut: { 'The window': `no ${missing} was found` } };
  const driver = await openDriver(plan, plan.codeServer);
  try {
    const results: Results[] = [];
    for (const measure of [activation, firstList, ending, largeTree]) {
      results.push(await measure(plan, driver));
      console.error(`inWindow: ${measure.name} done`);
    }
    return {
      rows: results.flatMap(({ rows }) => rows),
      budgets: results.flatMap(({ budgets }) => budgets),
    };
  } finally {
    await driver.close();
  }
}
