// A text area hands out every line end as LF. What was read with CRLF must go back with CRLF, or the save would change
// lines that nobody touched.

const anyEnd = /\r\n|\r|\n/;

/** What a text area shows of a text, as its `value` gives it. */
export function toField(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * The text behind what now stands in the field. Lines in front of the change and behind it keep their ends, new ones get
 * the first that was used before.
 * @param typed the field's value, with LF only
 * @param before the text behind the field until now
 */
export function fromField(typed: string, before: string): string {
  if (toField(before) === typed) return before;
  const ends = before.match(new RegExp(anyEnd, 'g')) ?? [];
  const usual = ends[0];
  if (usual === undefined || ends.every((end) => end === '\n')) return typed;
  const old = before.split(anyEnd);
  const lines = typed.split('\n');
  const shorter = Math.min(old.length, lines.length) - 1;
  let front = 0;
  while (front < shorter && lines[front] === old[front]) front += 1;
  let back = 0;
  while (back < shorter - front && lines.at(-1 - back) === old.at(-1 - back)) back += 1;
  const endAfter = (index: number): string => {
    if (index < front) return ends[index] ?? usual;
    const fromBack = lines.length - 1 - index;
    return (fromBack <= back ? ends.at(-fromBack) : undefined) ?? usual;
  };
  const text = lines.map((line, index) => (index === lines.length - 1 ? line : line + endAfter(index))).join('');
  // A lone CR in front of an empty line that ends with LF would make one end of two.
  return toField(text) === typed ? text : lines.join(usual);
}
