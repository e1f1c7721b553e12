// Amounts of data as people read them.

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `512 B`, `3.4 MB`, `12 GB`: two figures at least, as many as before the point at most. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? Math.round(value).toString() : value.toFixed(1);
  return `${digits} ${units[unit] ?? ''}`;
}
