// Measuring for benchmarks: contenders take turns in one run, so that a busy moment of the machine hits all of them.

/** One thing to be timed; it must do its whole work before its promise settles. */
export interface Contender {
  readonly name: string;
  /** What a turn needs beforehand, outside of the measured time. */
  prepare?(): Promise<unknown>;
  /** A number it resolves with is the measurement, in the row's unit; otherwise its time is. */
  run(): Promise<unknown>;
  /** Turns to time when the contender is too slow for the usual number. */
  readonly turns?: number;
}

/** What the turns of one contender took, in the row's unit. */
export interface Summary {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly turns: number;
}

/** Of all units but `requests/s` less is better. */
export type Unit = 'ms' | 'ms/VM' | 'bytes/VM' | 'MiB' | 'KiB' | 'requests/s' | 'reads';

/** What one line of the report compares: `ours` with the others, each by the median of its turns. */
export interface Row {
  readonly group: string;
  readonly name: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly others: Readonly<Record<string, number>>;
  /** How many times better ours is than each of the others; below 1 it is worse, as it is than every floor. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Lower and upper quartile of every contender, in the row's unit; our own under `ours`. */
  readonly spread: Readonly<Record<string, readonly [number, number]>>;
}

export interface Budget {
  readonly name: string;
  readonly limit: string;
  readonly value: number;
  readonly holds: boolean;
}

/** What a group of rows hands to the report. */
export interface Results {
  readonly rows: readonly Row[];
  readonly budgets: readonly Budget[];
  /** What could not be measured here, and why. */
  readonly leftOut?: Readonly<Record<string, string>>;
}

/** Linear interpolation between neighbours, so that quartiles of few turns mean something. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lower: quantile(sorted, 0.25),
    upper: quantile(sorted, 0.75),
    turns: sorted.length,
  };
}

/** Milliseconds the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs every contender once unmeasured unless `warm` says that they are, then in turns. */
export async function race(
  contenders: readonly Contender[],
  turns: number,
  warm = false,
): Promise<Map<string, Summary>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of warm ? [] : contenders) {
    await contender.prepare?.();
    await contender.run();
  }
  for (let turn = 0; turn < turns; turn++) {
    // Nobody always comes after the same one.
    for (const contender of turn % 2 === 0 ? contenders : [...contenders].reverse()) {
      if (turn >= (contender.turns ?? turns)) continue;
      await contender.prepare?.();
      let measured: unknown;
      const ms = await timed(async () => {
        measured = await contender.run();
      });
      times.get(contender.name)?.push(typeof measured === 'number' ? measured : ms);
    }
  }
  return new Map([...times].map(([name, values]) => [name, summarize(values)]));
}

/** The first contender is ours. */
export function toRow(group: string, name: string, summaries: ReadonlyMap<string, Summary>, unit: Unit = 'ms'): Row {
  const [ours, ...others] = [...summaries];
  if (!ours) throw new Error('a row needs a contender');
  const times = (other: Summary): number =>
    unit === 'requests/s' ? ours[1].median / other.median : other.median / ours[1].median;
  return {
    group,
    name,
    unit,
    ours: round(ours[1].median),
    others: Object.fromEntries(others.map(([other, { median }]) => [other, round(median)])),
    ratios: Object.fromEntries(others.map(([other, summary]) => [other, round(times(summary))])),
    spread: Object.fromEntries(
      [...summaries].map(([who, { lower, upper }]) => [who === ours[0] ? 'ours' : who, [round(lower), round(upper)]]),
    ),
  };
}

/** A number that is known exactly: a count, a size. */
export function exactly(value: number): Summary {
  return { median: value, lower: value, upper: value, turns: 1 };
}

/** Three significant digits: more would be noise. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** How many times what another one takes ours does take. */
export function timesAsMuch({ ratios }: Row, other: string): number {
  return round(1 / (ratios[other] ?? 0));
}

export function atMost(limit: number, name: string, value: number): Budget {
  return { name, limit: `<= ${limit}`, value, holds: value <= limit };
}

export function atLeast(limit: number, name: string, value: number): Budget {
  return { name, limit: `>= ${limit}`, value, holds: value >= limit };
}
