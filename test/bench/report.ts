// How benchmark results are printed and written.
import { cpus, release, totalmem, type } from 'node:os';
import type { Budget, Row } from './measure';

export interface Report {
  readonly environment: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly budgets: readonly Budget[];
  /** What could not be measured here, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
}

export function environment(powershell: string): Record<string, string> {
  return {
    os: `${type()} ${release()}`,
    cpu: `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
    memoryGiB: (totalmem() / 2 ** 30).toFixed(1),
    node: process.version,
    powershell,
  };
}

/** A plain-text table: the median of every contender and, for the others, how many times better ours is. */
export function toText(report: Report): string {
  const lines = Object.entries(report.environment).map(([key, value]) => `${key}: ${value}`);
  for (const row of report.rows) {
    lines.push('', `${row.group}: ${row.name}`, line('ours', row.ours, row, 'ours'));
    for (const [other, value] of Object.entries(row.others)) {
      lines.push(`${line(other, value, row, other)}   ${row.ratios[other] ?? Number.NaN} x`);
    }
  }
  for (const [name, reason] of Object.entries(report.leftOut)) lines.push('', `${name}: left out, as ${reason}`);
  lines.push('', 'Budgets');
  for (const { name, limit, value, holds } of report.budgets) {
    lines.push(`  ${holds ? 'holds ' : 'BROKEN'}  ${name}: ${value} (limit ${limit})`);
  }
  return lines.join('\n');
}

function line(label: string, value: number, row: Row, who: string): string {
  const range = row.spread[who];
  const spread = range === undefined ? '' : `   (quartiles ${range[0]} - ${range[1]})`;
  return `  ${label.padEnd(34)}${String(value).padStart(9)} ${row.unit}${spread}`;
}
