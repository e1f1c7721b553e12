// Which files a copy is for: those that were dropped, or what a person chooses; walked, and told of when there is nothing.
import * as l10n from '@vscode/l10n';
import { mostFiles } from '../../domain/files/plan';
import { aborted } from '../aborted';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import type { SourceKind } from './ports';
import { findFiles } from './walk';
import type { Found } from './walk';

/**
 * What an extension gets of an empty list, such as that of an editor which was never saved: VS Code reads a line that is
 * empty as the root of the file system (UriList and URI.parse).
 */
const noAddress = /^(?:file|vscode-local):\/*$/;

/** Lines of `text/uri-list` (RFC 2483), whose comments begin with `#`. */
export function urisIn(list: string): string[] {
  const lines = list.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#') && !noAddress.test(line));
}

/** @returns absolute paths of this computer, one at least; undefined when there are none: the person was told, or left */
export async function findPaths(
  context: CommandContext,
  title: string,
  dropped: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const uris = dropped ?? (await choose(context, title));
  if (uris === undefined || uris.length === 0) return undefined;
  const elsewhere = uris.find((uri) => context.files.pathOf(uri) === undefined);
  if (elsewhere === undefined) return uris.flatMap((uri) => context.files.pathOf(uri) ?? []);
  context.ui.inform(elsewhereText(elsewhere));
  return undefined;
}

/** @returns undefined when there is nothing to copy; the person was told, or left */
export async function findSources(
  context: CommandContext,
  title: string,
  dropped: readonly string[] | undefined,
): Promise<Found | undefined> {
  const paths = await findPaths(context, title, dropped);
  const found = paths && (await walk(context, paths));
  if (found === undefined) return undefined;
  if (found.isTooMany) {
    context.ui.inform(
      l10n.t('More than {0} files: put them into an archive. The host copies one at a time.', mostFiles),
    );
    return undefined;
  }
  return found;
}

/** By the scheme of an address: where a file is that no path of this computer leads to. */
function elsewhereText(uri: string): string {
  const name = nameOf(uri);
  switch (uri.split(':', 1).join('')) {
    case 'untitled':
      return l10n.t('{0} is in no file yet. Save it on this computer, then copy that file.', name);
    case 'vscode-local':
      return l10n.t(
        '{0} is on the computer before you, and this extension runs on another one. Only files there can be copied: bring it there first.',
        name,
      );
    case 'vscode-remote':
      return l10n.t(
        '{0} is on the other computer of this window, or in WSL. Only files of the computer on which this extension runs can be copied: bring it there first.',
        name,
      );
    default:
      return l10n.t(
        '{0} is not on the disk of this computer. Only files of the computer on which this extension runs can be copied: save it there first.',
        name,
      );
  }
}

/** The last name in an address. */
function nameOf(uri: string): string {
  const [path = ''] = uri.split(/[?#]/);
  const name = path.split(/[/:]/).findLast((part) => part !== '') ?? path;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function choose(context: CommandContext, title: string): Promise<readonly string[] | undefined> {
  const choices = [
    { label: l10n.t('Files…'), icon: 'files', value: 'files' },
    { label: l10n.t('Folder…'), detail: l10n.t('With everything in it'), icon: 'folder', value: 'folder' },
  ] as const;
  const head = { title, canGoBack: false };
  const kind = await context.hosts.steps.choose<SourceKind>(head, l10n.t('What shall be copied?'), choices, 'files');
  return kind === undefined || kind === back ? undefined : context.files.choose(kind, l10n.t('Copy to Guest'));
}

async function walk({ ui }: CommandContext, paths: readonly string[]): Promise<Found | undefined> {
  return ui.progress({ title: l10n.t('Looking at the files'), cancellable: true }, async (report, signal) => {
    const found = findFiles(paths, signal, (count) => {
      report(l10n.t('{0} found', count));
    });
    // A folder of a dead server may take minutes.
    await Promise.race([found, aborted(signal)]);
    return signal.aborted ? undefined : found;
  });
}
