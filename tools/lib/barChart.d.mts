export interface Bar {
  label: string;
  /** Above 0. */
  value: number;
  unit: string;
  ours: boolean;
}

export function barChart(chart: {
  title: string;
  description: string;
  groups: readonly { title: string; bars: readonly Bar[] }[];
}): string;
