// The picture of a console above the facts of its VM, as Markdown. Pure.
import * as l10n from '@vscode/l10n';
import type { HyperVError } from '../domain/errors';
import { errorText } from '../domain/errorTexts';
import type { ErrorContext } from '../domain/errorTexts';
import type { Thumbnail } from '../domain/screen/thumbnail';
import type { ThumbnailView } from '../hyperv/thumbnailCache';
import { escapeMarkdown } from './row';

/**
 * @param facts Markdown
 * @param names of the VM and its host, for why there is no picture
 */
export function tooltipWithScreen(facts: string, view: ThumbnailView, names: ErrorContext): string {
  switch (view.kind) {
    case 'shown':
      return `${screenImage(view.thumbnail)}\n\n${facts}`;
    case 'none':
      return facts;
    case 'late':
      return withLine(facts, l10n.t('not there yet: point at the row again'));
    case 'failed':
      return withLine(facts, noScreenText(view.error, names));
  }
}

/** Why there is no picture, in a sentence. */
export function noScreenText(error: HyperVError, names: ErrorContext): string {
  // A shielded VM has no console for anybody; no page says with which number a host refuses its picture.
  return error.reason === 'notSupported'
    ? l10n.t('{0} shows its console to nobody, as is so for a shielded virtual machine.', names.hostName)
    : errorText(error, names).what;
}

/**
 * An image of VS Code's Markdown, which takes the size after a bar (parseHrefAndDimensions of htmlContent.ts), so that
 * nothing moves when the picture has been decoded. Nothing in it comes from a guest as text.
 */
function screenImage({ width, height, png }: Thumbnail): string {
  return `![${l10n.t('The screen of the guest')}](data:image/png;base64,${png}|width=${width},height=${height})`;
}

function withLine(facts: string, why: string): string {
  return `${facts}  \n${escapeMarkdown(l10n.t('Screen'))}: ${escapeMarkdown(why)}`;
}
