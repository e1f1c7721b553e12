import assert from 'node:assert/strict';
import fc from 'fast-check';
import { badCharacter, fits, kvpLimits, sizeOf } from '../../../../src/domain/kvp/limits';

const anyText = fc.string({ unit: 'binary' });

describe('sizes of keys and values', () => {
  it('are counted in UTF-16 units and in bytes of UTF-8, as Node counts them', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) })),
        (text) => {
          assert.deepEqual(sizeOf(text), { characters: text.length, bytes: Buffer.byteLength(text, 'utf8') });
        },
      ),
    );
  });

  it('fit up to the limit, and not one more', () => {
    const { key, value } = kvpLimits.external;
    for (const [limit, fit, over] of [
      [key, 'k'.repeat(255), 'k'.repeat(256)],
      [key, 'é'.repeat(255), 'é'.repeat(256)],
      // 170 characters of three bytes are 510 bytes.
      [key, '€'.repeat(170), '€'.repeat(171)],
      [value, 'v'.repeat(1023), 'v'.repeat(1024)],
      [value, '€'.repeat(682), '€'.repeat(683)],
      [value, '\u{1F680}'.repeat(511), '\u{1F680}'.repeat(512)],
      [kvpLimits.hostOnly.key, 'k'.repeat(512), 'k'.repeat(513)],
      [kvpLimits.hostOnly.value, 'v'.repeat(16_384), 'v'.repeat(16_385)],
    ] as const) {
      assert.equal(fits(sizeOf(fit), limit), true, fit.slice(0, 3));
      assert.equal(fits(sizeOf(over), limit), false, over.slice(0, 3));
    }
  });
});

describe('characters that cannot travel', () => {
  it('are NUL, controls but tab and line ends, and halves of pairs', () => {
    assert.equal(badCharacter('a\0'), 'nul');
    assert.equal(badCharacter('a\u0007'), 'control');
    assert.equal(badCharacter('\uffff'), 'control');
    assert.equal(badCharacter('a\ud83d'), 'loneSurrogate');
    assert.equal(badCharacter('\udc00a'), 'loneSurrogate');
    assert.equal(badCharacter('a\ud83d\ud83d\ude80'), 'loneSurrogate');
  });

  it('are none of those that people write', () => {
    assert.equal(badCharacter('tab\tline\r\nend \u{1F680} مرحبا \u202E ]]> <&>"\''), undefined);
  });
});
