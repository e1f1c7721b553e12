// Measuring for benchmarks: contenders take turns in one run, so that a busy moment of the machine hits all of them.

/** One thing to be timed; it must do its whole work before its promise settles. */
export interface Contender {
  readonly name: string;
  /** What a turn needs beforehand, outside of the measured time. */
  prepare?(): Promise<unknown>;
  run(): Promise<unknown>;
  /** Turns to time when the contender is too slow for the usual number. */
  readonly turns?: number;
}

/** What the turns of one contender took, in the row's unit. */
export interface Summary {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly turns: number;
}

export type Unit = 'ms' | 'MiB';

/** `ours` against the others, each ratio = other median / our median (above 1: ours takes less). */
export interface Row {
  readonly name: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly others: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
  /** 10th and 90th percentile of every contender, in the row's unit; our own under `ours`. */
  readonly spread: Readonly<Record<string, readonly [number, number]>>;
}

export interface Budget {
  readonly name: string;
  readonly limit: string;
  readonly value: number;
  readonly holds: boolean;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: percentile(sorted, 0.5),
    p10: percentile(sorted, 0.1),
    p90: percentile(sorted, 0.9),
    turns: sorted.length,
  };
}

/** Runs every contender once unmeasured, then in turns. */
export async function race(contenders: readonly Contender[], turns: number): Promise<Map<string, Summary>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) {
    await contender.prepare?.();
    await contender.run();
  }
  for (let turn = 0; turn < turns; turn++) {
    for (const contender of contenders) {
      if (turn >= (contender.turns ?? turns)) continue;
      await contender.prepare?.();
      const start = performance.now();
      await contender.run();
      times.get(contender.name)?.push(performance.now() - start);
    }
  }
  return new Map([...times].map(([name, values]) => [name, summarize(values)]));
}

/** The first contender is ours. */
export function toRow(name: string, summaries: ReadonlyMap<string, Summary>, unit: Unit = 'ms'): Row {
  const [ours, ...others] = [...summaries];
  if (!ours) throw new Error('a row needs a contender');
  return {
    name,
    unit,
    ours: round(ours[1].median),
    others: Object.fromEntries(others.map(([other, { median }]) => [other, round(median)])),
    ratios: Object.fromEntries(others.map(([other, { median }]) => [other, round(median / ours[1].median)])),
    spread: Object.fromEntries(
      [...summaries].map(([who, { p10, p90 }]) => [who === ours[0] ? 'ours' : who, [round(p10), round(p90)]]),
    ),
  };
}

/** Three significant digits: more would be noise. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** How many times what another one takes ours does take. */
export function timesAsMuch({ ratios }: Row, other: string): number {
  return round(1 / (ratios[other] ?? 0));
}
