// The answer of thumbnail.ps1, checked once, as a picture that the editor can show.
import { HyperVError } from '../domain/errors';
import { halved, rgbFromRgb565 } from '../domain/screen/rgb565';
import type { Thumbnail, ThumbnailSize } from '../domain/screen/thumbnail';
import { pngOf } from './png';

/**
 * @param answer what Get-HvThumbnail returned
 * @returns undefined when the host has no picture: the VM does not run
 * @throws HyperVError `protocol` when the answer holds something else than a picture of the size it names
 */
export function thumbnailReading(
  answer: unknown,
  { maxChars }: Pick<ThumbnailSize, 'maxChars'>,
): Thumbnail | undefined {
  const { width, height, rgb565 } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (rgb565 === null || rgb565 === undefined) return undefined;
  const image =
    typeof rgb565 === 'string' && typeof width === 'number' && typeof height === 'number'
      ? rgbFromRgb565(Buffer.from(rgb565, 'base64'), width, height)
      : undefined;
  if (image === undefined) throw new HyperVError('protocol', 'The answer to vm.thumbnail does not hold a picture.');
  for (let shown = image; ; shown = halved(shown)) {
    const png = pngOf(shown).toString('base64');
    if (png.length <= maxChars || shown.width === 1) return { width: shown.width, height: shown.height, png };
  }
}
