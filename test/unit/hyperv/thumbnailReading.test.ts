// The answer of a host as a picture: exact, small enough, and nothing else.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HyperVError } from '../../../src/domain/errors';
import { pngOf } from '../../../src/hyperv/png';
import { thumbnailReading } from '../../../src/hyperv/thumbnailReading';
import { pngPixels } from '../../support/pngPixels';

const size = { maxChars: 90_000 };

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Which no compression makes small. */
function noise(count: number): Uint8Array {
  let seed = 1;
  return Uint8Array.from({ length: count }, () => {
    // Xorshift, by Marsaglia.
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return seed & 0xff;
  });
}

describe('a PNG that we write', () => {
  it('holds the pixels that it was made from, whatever its size', () => {
    const image = fc
      .tuple(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 17 }))
      .chain(([width, height]) => {
        const bytes = width * height * 3;
        return fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((rgb) => ({ width, height, rgb }));
      });
    fc.assert(
      fc.property(image, (pixels) => {
        assert.deepEqual(pngPixels(pngOf(pixels)), pixels);
      }),
    );
  });

  it('takes one difference a pixel where that is less than the pixel', () => {
    // A slope to the right, and a slope downwards.
    const slope = (value: (x: number, y: number) => number): Buffer =>
      pngOf({
        width: 64,
        height: 64,
        rgb: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => value(Math.floor(i / 3) % 64, Math.floor(i / 192))),
      });
    for (const png of [slope((x) => 3 * x), slope((_, y) => 3 * y)]) assert.ok(png.length < 600, String(png.length));
  });
});

describe('the answer of a host about a console', () => {
  it('is a picture with the pixels of the host', () => {
    const seen = thumbnailReading(
      { state: 2, width: 2, height: 1, rgb565: base64(Uint8Array.of(0, 0xf8, 0xe0, 7)) },
      size,
    );
    assert.deepEqual([seen?.width, seen?.height], [2, 1]);
    assert.deepEqual([...pngPixels(Buffer.from(seen?.png ?? '', 'base64')).rgb], [255, 0, 0, 0, 255, 0]);
  });

  it('is none of a VM that does not run', () => {
    for (const answer of [{ state: 3, rgb565: null }, {}, null, undefined])
      assert.equal(thumbnailReading(answer, size), undefined);
  });

  it('is a picture of an odd width, and of a screen that is all black', () => {
    const seen = thumbnailReading({ width: 321, height: 3, rgb565: base64(new Uint8Array(321 * 3 * 2)) }, size);
    assert.deepEqual([seen?.width, seen?.height], [321, 3]);
    const { rgb } = pngPixels(Buffer.from(seen?.png ?? '', 'base64'));
    assert.ok(rgb.length === 321 * 3 * 3 && rgb.every((value) => value === 0));
  });

  it('is refused when it is something else', () => {
    const good = { width: 2, height: 2, rgb565: base64(new Uint8Array(8)) };
    for (const wrong of [
      { rgb565: 7 },
      { rgb565: 'AAAA' },
      { rgb565: '' },
      { width: 0 },
      { width: '2' },
      { height: 3 },
      // One byte short.
      { rgb565: base64(new Uint8Array(7)) },
    ]) {
      assert.throws(
        () => thumbnailReading({ ...good, ...wrong }, size),
        (error) => HyperVError.is(error, 'protocol'),
        JSON.stringify(wrong),
      );
    }
  });

  it('is shown smaller when the picture would not fit into a tooltip', () => {
    const answer = { width: 320, height: 240, rgb565: base64(noise(320 * 240 * 2)) };
    const seen = thumbnailReading(answer, size);
    assert.deepEqual([seen?.width, seen?.height], [160, 120]);
    assert.ok((seen?.png.length ?? Infinity) <= size.maxChars);
    assert.equal(thumbnailReading(answer, { maxChars: 1_000_000 })?.width, 320);
    assert.equal(thumbnailReading(answer, { maxChars: 10 })?.width, 1);
  });
});
