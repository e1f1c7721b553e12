import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { barChart } from '../../../tools/lib/barChart.mjs';
import { performanceDocs } from '../../../tools/lib/performanceDocs.mjs';

/** From out/test/unit/tools, where the compiled tests are. */
const root = path.resolve(__dirname, '../../../..');

describe('docs/performance.md', () => {
  let files: Record<string, string>;
  before(async () => {
    files = await performanceDocs(root);
  });

  it('shows the committed numbers, as do its charts', async () => {
    for (const [name, text] of Object.entries(files)) {
      assert.equal(await readFile(path.join(root, name), 'utf8'), text, `${name}: run node tools/performanceDocs.mjs`);
    }
  });

  it('links every chart', async () => {
    const page = await readFile(path.join(root, 'docs', 'performance.md'), 'utf8');
    const charts = Object.keys(files).filter((name) => name.endsWith('.svg'));
    assert.ok(charts.length > 0);
    for (const chart of charts) assert.ok(page.includes(`images/${path.basename(chart)}`), chart);
  });
});

describe('A chart of bars', () => {
  const bar = (label: string, value: number): { label: string; value: number; unit: string; ours: boolean } => ({
    label,
    value,
    unit: 'ms',
    ours: label === 'ours',
  });

  it('has a title and says all its numbers in words', () => {
    const svg = barChart({
      title: 'T',
      description: 'D.',
      groups: [{ title: 'G', bars: [bar('ours', 2), bar('x', 1234)] }],
    });
    assert.match(svg, /<title id="title">T<\/title>/);
    assert.match(svg, /<desc id="description">D\. G: ours 2 ms, x 1,234 ms\.<\/desc>/);
    assert.match(svg, /role="img" aria-labelledby="title description"/);
  });

  it('takes no markup from a label', () => {
    const svg = barChart({ title: '<b>', description: '&', groups: [{ title: '"', bars: [bar('a<script>', 1)] }] });
    assert.doesNotMatch(svg, /<b>|<script>| & /);
  });

  it('gives the larger number the longer bar', () => {
    const svg = barChart({
      title: 'T',
      description: 'D',
      groups: [{ title: 'G', bars: [bar('a', 1), bar('b', 1000)] }],
    });
    const [a = 0, b = 0] = [...svg.matchAll(/<rect class="other".*? width="(\d+)"/g)].map(([, width]) => Number(width));
    assert.ok(b > a && a > 0, `${a} ${b}`);
  });
});
