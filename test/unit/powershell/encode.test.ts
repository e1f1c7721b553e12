// What is written to PowerShell's stdin.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeFrame } from '../../../src/powershell/encode';
import { SessionError } from '../../../src/powershell/errors';

function encode(params: unknown): string {
  const message = { jsonrpc: '2.0', id: 0, method: 'echo', params };
  return encodeFrame(message);
}

/** What the dispatcher does with the strings of a request. */
function unmark(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(1);
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unmark(member)]));
}

function decode(line: string): unknown {
  return unmark((JSON.parse(line) as { params: unknown }).params);
}

describe('encoded frames', () => {
  it('mark every string inside the parameters and nothing else', () => {
    const line = encode({ text: '2026-01-01', list: ['', 'a'], flag: true, count: 7, none: null });
    assert.equal(
      line,
      '{"jsonrpc":"2.0","id":0,"method":"echo","params":{"text":"=2026-01-01","list":["=","=a"],"flag":true,"count":7,"none":null}}\n',
    );
  });

  it('are one line of ASCII from which every value can be had again', () => {
    const value = fc.jsonValue({ stringUnit: 'binary' });
    fc.assert(
      fc.property(value, (params) => {
        const line = encode({ params });
        assert.match(line, /^[\x20-\x7e]*\n$/);
        assert.deepEqual(decode(line), JSON.parse(JSON.stringify({ params })));
      }),
    );
  });

  it('keep a key named __proto__ a key', () => {
    assert.match(encode(JSON.parse('{"__proto__":"x"}')), /"params":\{"__proto__":"=x"\}/);
  });

  it('have no parameters when the message has none', () => {
    const message = { jsonrpc: '2.0', method: 'exit' };
    assert.equal(encodeFrame(message), '{"jsonrpc":"2.0","method":"exit"}\n');
  });

  it('refuse half a surrogate pair, which PowerShell would replace', () => {
    for (const text of ['\ud834', 'a\udd1eb', '\udd1e\ud834']) {
      assert.throws(
        () => encode({ text }),
        (error) => SessionError.is(error, 'badRequest'),
      );
    }
  });
});
