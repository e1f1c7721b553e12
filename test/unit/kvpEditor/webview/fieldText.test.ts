import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromField, toField } from '../../../../src/kvpEditor/webview/lineEnds';
import { invisibleCharacters, textParts } from '../../../../src/kvpEditor/webview/visibleText';

const lines = fc.array(fc.constantFrom('a', 'b', '', '\r\n', '\n', '\r')).map((parts) => parts.join(''));
const endsOf = (text: string): string[] => text.match(/\r\n|\r|\n/g) ?? [];

describe('line ends behind a text area', () => {
  it('come back unchanged when nobody edited', () => {
    fc.assert(
      fc.property(lines, (text) => {
        assert.equal(fromField(toField(text), text), text);
      }),
    );
  });

  it('stand behind whatever is typed, which is shown as it was typed', () => {
    fc.assert(
      fc.property(lines, lines.map(toField), (before, typed) => {
        assert.equal(toField(fromField(typed, before)), typed);
      }),
    );
  });

  it('stay in front of an edit and behind it', () => {
    const plain = fc.constantFrom('x', '', 'y');
    fc.assert(
      fc.property(lines, plain, lines, (front, typed, back) => {
        const before = `${front}|${back}`;
        const after = fromField(toField(`${front}|${typed}|${back}`), before);
        assert.equal(after, `${front}|${typed}|${back}`);
      }),
    );
  });

  it('are those that the text had before, in new lines', () => {
    assert.equal(fromField('a\nb\nc', 'a\r\nb'), 'a\r\nb\r\nc');
    assert.equal(fromField('a\nb', 'a'), 'a\nb');
    assert.deepEqual(endsOf(fromField('a\nnew\nb\nc', 'a\nb\r\nc')), ['\n', '\n', '\r\n']);
  });
});

describe('characters that do not show', () => {
  it('are told by their numbers, where they stand', () => {
    assert.deepEqual(textParts('a\u202Eb\0'), ['a', { code: 0x202e }, 'b', { code: 0 }]);
    assert.deepEqual(invisibleCharacters('\u200b \u200b \u2066 \ufeff \u{e0041} \u0085 \u00ad \ud800'), [
      'U+200B',
      'U+2066',
      'U+FEFF',
      'U+E0041',
      'U+0085',
      'U+00AD',
      'U+D800',
    ]);
    assert.deepEqual(invisibleCharacters('alone \r is one'), ['U+000D']);
  });

  it('are none of tab, line ends, and what pictures are made of', () => {
    assert.deepEqual(textParts(''), []);
    for (const text of [
      'tab\t line\r\n end\n',
      '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
      '❤️\u200D\u{1F525}',
      'مرحبا',
    ]) {
      assert.deepEqual(textParts(text), [text]);
    }
  });

  it('take nothing away from the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const back = textParts(text).map((part) => (typeof part === 'string' ? part : String.fromCodePoint(part.code)));
        assert.equal(back.join(''), text);
      }),
    );
  });
});
