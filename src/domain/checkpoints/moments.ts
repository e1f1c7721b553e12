// When a checkpoint was made: local time, in a form that sorts.

/** For rows: to the minute, so that a narrow side bar shows it. */
export function momentFact(ms: number): string {
  return momentText(ms).slice(0, -3);
}

/** For names, questions and tooltips: to the second. */
export function momentText(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
