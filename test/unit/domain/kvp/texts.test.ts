import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pairsFromEnv, pairsToEnv } from '../../../../src/domain/kvp/envText';
import { pairsFromJson, pairsToJson } from '../../../../src/domain/kvp/jsonText';
import type { KvpPair } from '../../../../src/domain/kvp/pools';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '1', '', ' a ', '#', "'", '"', '\\', '\r\n', '\r', '$x', '\u2028', 'a #b', '\ufeff'),
);
const pairsOf = (key: fc.Arbitrary<string>): fc.Arbitrary<KvpPair[]> =>
  fc.uniqueArray(fc.record({ key, value: anyText }, { noNullPrototype: true }), { selector: (pair) => pair.key });
const envName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
const sorted = (pairs: readonly KvpPair[]): readonly KvpPair[] =>
  [...pairs].sort((a, b) => (a.key < b.key ? -1 : Number(a.key !== b.key)));

describe('pairs as JSON', () => {
  it('make the round trip', () => {
    fc.assert(
      fc.property(pairsOf(anyText), (pairs) => {
        const { pairs: back, problems } = pairsFromJson(pairsToJson(pairs));
        // Numbers as keys come first in what JSON.parse gives.
        assert.deepEqual(sorted(back), sorted(pairs));
        assert.deepEqual(problems, []);
      }),
    );
  });

  it('are read from a list too, and with a byte order mark', () => {
    assert.deepEqual(pairsFromJson('\ufeff[{"key": "a", "value": "1"}, {"key": "b", "value": true}]').pairs, [
      { key: 'a', value: '1' },
      { key: 'b', value: 'true' },
    ]);
  });

  it('are read in spite of bad ones between them, which are named', () => {
    assert.deepEqual(pairsFromJson('{"a": "1", "b": null, "c": {"d": 1}, "e": 2}'), {
      pairs: [
        { key: 'a', value: '1' },
        { key: 'e', value: '2' },
      ],
      problems: [
        { kind: 'notText', item: 'b' },
        { kind: 'notText', item: 'c' },
      ],
    });
    assert.deepEqual(pairsFromJson('[7, {"key": "a"}, {"key": 1, "value": "x"}, {"key": "b", "value": "y"}]'), {
      pairs: [{ key: 'b', value: 'y' }],
      problems: [
        { kind: 'notText', item: '1' },
        { kind: 'notText', item: '2' },
        { kind: 'notText', item: '3' },
      ],
    });
  });

  it('never change a number: those whose digits would not come back are left out', () => {
    assert.deepEqual(
      pairsFromJson('{"id": 12345678901234567890, "version": 1.10, "huge": 1e999, "port": 8080}').pairs,
      [{ key: 'port', value: '8080' }],
    );
  });

  it('are none in a text that is no JSON or holds something else', () => {
    assert.deepEqual(pairsFromJson('{').problems, [{ kind: 'notJson' }]);
    for (const text of ['1', '"a"', 'null']) assert.deepEqual(pairsFromJson(text).problems, [{ kind: 'notPairs' }]);
  });
});

describe('pairs as .env text', () => {
  it('make the round trip', () => {
    fc.assert(
      fc.property(pairsOf(envName), (pairs) => {
        const { text, leftOut } = pairsToEnv(pairs);
        assert.deepEqual(leftOut, []);
        assert.deepEqual(pairsFromEnv(text), { pairs, problems: [] });
      }),
    );
  });

  it('leave out keys that the format cannot hold, and name them', () => {
    assert.deepEqual(
      pairsToEnv([
        { key: 'A', value: '1' },
        { key: 'two words', value: '2' },
        { key: '', value: '3' },
        { key: 'a=b', value: '4' },
      ]),
      { text: 'A=1\n', leftOut: ['two words', '', 'a=b'] },
    );
  });

  it('are read in the dialect that most readers share', () => {
    const text = [
      '# comment',
      '',
      'PLAIN=value',
      '  export SPACED = with blanks  # comment',
      "LITERAL='no \\n escape # here'",
      'ESCAPED="line\\nnext \\"quoted\\" \\\\" # comment',
      'SEVERAL="first',
      'second"',
      'EMPTY=',
      'ONLY_COMMENT= # nothing',
      'COLOUR=#fff',
      'URL=http://host/#part',
      'LAST=1\r',
    ].join('\n');
    assert.deepEqual(pairsFromEnv(text), {
      pairs: [
        { key: 'PLAIN', value: 'value' },
        { key: 'SPACED', value: 'with blanks' },
        { key: 'LITERAL', value: 'no \\n escape # here' },
        { key: 'ESCAPED', value: 'line\nnext "quoted" \\' },
        { key: 'SEVERAL', value: 'first\nsecond' },
        { key: 'EMPTY', value: '' },
        { key: 'ONLY_COMMENT', value: '' },
        { key: 'COLOUR', value: '#fff' },
        { key: 'URL', value: 'http://host/#part' },
        { key: 'LAST', value: '1' },
      ],
      problems: [],
    });
  });

  it('are read in spite of bad lines between them, which are numbered', () => {
    assert.deepEqual(pairsFromEnv("A=1\nwhat is this\nB=\"open\nC='x' y\n=3\nD=4"), {
      pairs: [
        { key: 'A', value: '1' },
        { key: 'D', value: '4' },
      ],
      problems: [
        { kind: 'notAssignment', line: 2 },
        { kind: 'openQuote', line: 3 },
        { kind: 'openQuote', line: 4 },
        { kind: 'notAssignment', line: 5 },
      ],
    });
  });

  it('never make the reader throw or hang, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '\\', '\n', '\r', '#', ' ', 'é') }), (text) => {
        pairsFromEnv(text);
      }),
    );
  });
});
