import assert from 'node:assert/strict';
import { importText } from '../../../src/kvpEditor/transfer';

const pair = [{ key: 'a', value: '1' }];

describe('the text of a file that is imported', () => {
  it('is JSON or .env by the name of the file, and by its beginning when the name says nothing', () => {
    assert.deepEqual(importText('a.JSON', '{"a": 1}'), { pairs: pair, problems: [] });
    assert.deepEqual(importText('.env.production', 'a=1'), { pairs: pair, problems: [] });
    assert.deepEqual(importText('pairs.txt', '\uFEFF [{"key": "a", "value": "1"}]'), { pairs: pair, problems: [] });
    assert.deepEqual(importText('pairs.txt', 'a=1'), { pairs: pair, problems: [] });
    assert.deepEqual(importText('.env', '{"a": 1}').pairs, []);
  });

  it('is told apart from what cannot be read, in sentences', () => {
    assert.deepEqual(importText('x.json', '{"a": ').problems, ['The file is not valid JSON.']);
    assert.deepEqual(importText('x.json', '1').problems, ['The JSON is neither an object nor a list of pairs.']);
    assert.deepEqual(importText('x.json', '{"a": "1", "b": null}'), {
      pairs: pair,
      problems: ['b: the value is not a text. Write it in quotes.'],
    });
    assert.deepEqual(importText('x.env', 'a=1\nwhat?\nb="open'), {
      pairs: pair,
      problems: ['Line 2: not of the form NAME=value.', 'Line 3: a quote is not closed, or something follows it.'],
    });
  });
});
