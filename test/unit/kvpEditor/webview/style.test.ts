// The page looks like the theme because it uses nothing but the theme's colours.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const style = readFileSync('media/kvpEditor.css', 'utf8');
const folder = 'src/kvpEditor/webview';
const sources = readdirSync(folder, { encoding: 'utf8', recursive: true })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
const themes = JSON.parse(readFileSync('test/support/webviewThemes.json', 'utf8')) as Record<
  string,
  { readonly variables?: Readonly<Record<string, string>> }
>;

describe('the style of the data exchange editor', () => {
  it('has no colour of its own', () => {
    const plain = style.replace(/\/\*[^]*?\*\//g, '').replace(/--[\w-]+/g, '');
    assert.deepEqual(plain.match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|lab)a?\(|:\s*(white|black|red|gray)\b/gi), null);
  });

  it('uses variables that real webviews have', () => {
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables ?? {})));
    const used = [...new Set(style.match(/--vscode-[\w-]+/g))];
    assert.deepEqual(
      used.filter((name) => !known.has(name)),
      [],
    );
  });

  it('never takes the ring of the focus away', () => {
    assert.doesNotMatch(style, /outline(-style|-width)?:\s*(none|0)/);
  });

  it('is in its file alone, and the page makes no markup from text', () => {
    const wrong = sources.filter(({ text }) =>
      /innerHTML|unsafeHTML|insertAdjacentHTML|\sstyle=|document\.write/.test(text),
    );
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });
});
