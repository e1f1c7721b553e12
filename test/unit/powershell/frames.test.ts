// Frames and noise, cut in every way a pipe may cut them.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFrameSplitter } from '../../../src/powershell/frames';

const nonce = '0123456789abcdef';

interface Seen {
  readonly frames: string[];
  readonly noise: string[];
  readonly overlong: number[];
}

function read(chunks: readonly (Buffer | string)[], limitBytes?: number): Seen {
  const seen: Seen = { frames: [], noise: [], overlong: [] };
  const splitter = createFrameSplitter(
    nonce,
    {
      frame: (json) => void seen.frames.push(json),
      noise: (line) => void seen.noise.push(line),
      overlong: (bytes) => void seen.overlong.push(bytes),
    },
    limitBytes,
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return seen;
}

const frame = (json: string): string => `\n@hv1:${nonce} ${json}\n`;

describe('frames', () => {
  const json = JSON.stringify({ text: 'z\u00fcrich \u2603 \u{1d11e} \u2028\u2029\u0085\ufeff' });
  const wire = Buffer.from(`noise${frame(json)}${frame('{}')}`);

  it('are found when the bytes are cut in two anywhere, also inside a character', () => {
    for (let at = 0; at <= wire.length; at++) {
      assert.deepEqual(read([wire.subarray(0, at), wire.subarray(at)]).frames, [json, '{}'], `cut at ${at}`);
    }
  });

  it('are found when every byte comes alone', () => {
    assert.deepEqual(read([...wire].map((byte) => Buffer.of(byte))).frames, [json, '{}']);
  });

  it('are found however text and cuts fall', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.array(fc.nat(2_000), { maxLength: 12 }), (texts, cuts) => {
        const bodies = texts.map((value) => JSON.stringify({ value }));
        const bytes = Buffer.from(bodies.map(frame).join('half a line'));
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        assert.deepEqual(read(chunks).frames, bodies);
      }),
    );
  });

  it('may come as text instead of bytes', () => {
    assert.deepEqual(read([frame(json), frame('{}')]).frames, [json, '{}']);
  });

  it('may come a thousand in one chunk', () => {
    const bodies = Array.from({ length: 1_000 }, (_, i) => `{"id":${i}}`);
    assert.deepEqual(read([bodies.map(frame).join('')]).frames, bodies);
  });

  it('end in LF or CRLF', () => {
    assert.deepEqual(read([`@hv1:${nonce} {}\r\n@hv1:${nonce} []\n`]).frames, ['{}', '[]']);
  });

  it('begin with the exact prefix at the start of a line', () => {
    const impostors = [
      '{"jsonrpc":"2.0","id":1,"result":1}',
      `@hv1:fedcba9876543210 {}`,
      ` @hv1:${nonce} {}`,
      `\ufeff@hv1:${nonce} {}`,
      `@hv1:${nonce}{}`,
      `half a line @hv1:${nonce} {}`,
      `@HV1:${nonce} {}`,
      '\0',
    ];
    const seen = read([impostors.join('\n')]);
    assert.deepEqual(seen.frames, []);
    assert.deepEqual(seen.noise, impostors);
  });

  it('are separated from half a line of noise by their leading newline', () => {
    const seen = read([`half a line${frame('{}')}rest`]);
    assert.deepEqual(seen.frames, ['{}']);
    assert.deepEqual(seen.noise, ['half a line', 'rest']);
  });

  it('are found again after a line that was too long', () => {
    const seen = read(
      [`${'x'.repeat(300)}\n`, frame('{"id":1}'), 'y'.repeat(150), 'y'.repeat(150), frame('{"id":2}')],
      200,
    );
    assert.deepEqual(seen.frames, ['{"id":1}', '{"id":2}']);
    assert.deepEqual(seen.overlong, [300, 300]);
    assert.deepEqual(seen.noise, []);
  });

  it('may be as long as the limit', () => {
    const body = 'x'.repeat(100);
    const prefix = `@hv1:${nonce} `;
    assert.deepEqual(read([`${prefix}${body}\n`], prefix.length + 100).frames, [body]);
    assert.deepEqual(read([`${prefix}${body}\n`], prefix.length + 99).overlong, [prefix.length + 100]);
  });
});
