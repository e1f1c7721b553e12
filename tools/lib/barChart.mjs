// Draws a chart of bars on a logarithmic scale as SVG: groups of contenders, of which one is ours. Text stays text, the
// colours follow the reader's light or dark scheme on a ground of the chart's own.

const width = 820;
const left = 24;
const labelWidth = 350;
const barsAt = left + labelWidth + 12;
/** Room for the number behind the longest bar. */
const numberWidth = 90;
const barHeight = 16;
const step = 22;
const groupGap = 34;
const headHeight = 62;

const style = `
  .ground { fill: #ffffff; stroke: #d0d7de; }
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 16px; font-weight: 600; }
  .group { font-weight: 600; }
  .note { fill: #59636e; }
  .ours { fill: #0969da; }
  .other { fill: #8c959f; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d; }
    text { fill: #f0f6fc; }
    .note { fill: #9198a1; }
    .ours { fill: #4493f8; }
    .other { fill: #6e7681; }
  }
`;

/** @returns the SVG's text. `groups`: {title, bars: {label, value, unit, ours}[]}[], values above 0. */
export function barChart({ title, description, groups }) {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value));
  // A bar of the least value still is a bar.
  const least = Math.min(...values) / 2;
  const span = Math.log(Math.max(...values) / least);
  const lengthOf = (value) => Math.round((Math.log(value / least) / span) * (width - barsAt - numberWidth));
  let y = headHeight;
  const parts = [];
  for (const group of groups) {
    parts.push(`<text class="group" x="${left}" y="${y + 12}">${escape(group.title)}</text>`);
    y += step;
    for (const { label, value, unit, ours } of group.bars) {
      const number = `${value.toLocaleString('en-US', { maximumSignificantDigits: 3 })} ${unit}`;
      const end = barsAt + lengthOf(value);
      parts.push(
        `<text x="${barsAt - 12}" y="${y + 12}" text-anchor="end">${escape(label)}</text>`,
        `<rect class="${ours ? 'ours' : 'other'}" x="${barsAt}" y="${y}" width="${end - barsAt}" height="${barHeight}" rx="2"/>`,
        `<text x="${end + 8}" y="${y + 12}">${escape(number)}</text>`,
      );
      y += step;
    }
    y += groupGap - step;
  }
  const told = groups.map(({ title: name, bars }) => {
    return `${name}: ${bars.map(({ label, value, unit }) => `${label} ${value.toLocaleString('en-US')} ${unit}`).join(', ')}.`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape([description, ...told].join(' '))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${y - 1}" rx="6"/>`,
    `<text class="title" x="${left}" y="28">${escape(title)}</text>`,
    `<text class="note" x="${left}" y="48">${escape(description)}</text>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
