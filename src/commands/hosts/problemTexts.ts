// What a person reads about entries of the setting that cannot be used: which one, which field, and what is allowed.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import type { HostsProblem } from '../../hyperv/hostsSetting';

/** More than a notification can hold without being cut. */
const namedProblems = 3;

export function problemsMessage(problems: readonly HostsProblem[]): string {
  const rest = problems.length - namedProblems;
  return [
    ...problems.slice(0, namedProblems).map(problemText),
    ...(rest > 0 ? [l10n.t('{0} more entries of hyperv.hosts are not used.', rest)] : []),
  ].join(' ');
}

function problemText(problem: HostsProblem): string {
  switch (problem.kind) {
    case 'notAList':
      return l10n.t('The setting hyperv.hosts is not a list, so it names no host.');
    case 'notAnObject':
      return l10n.t(
        'Entry {0} of hyperv.hosts is not used: it is not an object such as {1}.',
        nth(problem.index),
        '{ "kind": "ssh", "host": "lab01" }',
      );
    case 'field':
      return l10n.t('Entry {0} of hyperv.hosts is not used. {1}', entryText(problem), allowedText(problem.field));
    case 'unknownField':
      return l10n.t(
        'Entry {0} of hyperv.hosts is not used. It has no field {1}; there are {2}.',
        entryText(problem),
        JSON.stringify(problem.field.slice(0, 40)),
        problem.known.join(', '),
      );
    case 'duplicate':
      return l10n.t(
        'Entry {0} of hyperv.hosts is not used. It means the same host as entry {1}.',
        entryText(problem),
        nth(problem.of),
      );
    default:
      return assertNever(problem);
  }
}

function nth(index: number): string {
  return String(index + 1);
}

/** `2 (lab01)`, as far as a notification has room. */
function entryText({ index, host }: { readonly index: number; readonly host: string | undefined }): string {
  return host === undefined ? nth(index) : `${nth(index)} (${host.replace(/\p{C}/gu, '').slice(0, 60)})`;
}

/** Texts are made when they are asked for: translations are loaded after this file. */
const allowed: Readonly<Record<string, () => string>> = {
  kind: () => l10n.t('Its "kind" must be "ssh" or "winrm".'),
  host: () => l10n.t('Its "host" must be the name or the address of a computer, without user and port.'),
  user: () => l10n.t('Its "user" must be the name of a user, such as admin, admin@example.com or EXAMPLE\\admin.'),
  port: () => l10n.t('Its "port" must be a whole number from 1 to 65535.'),
  configFile: () => l10n.t('Its "configFile" must be the absolute path of a file.'),
  useSsl: () => l10n.t('Its "useSsl" must be true or false.'),
  configurationName: () => l10n.t('Its "configurationName" must be the name of a session configuration.'),
  name: () => l10n.t('Its "name" must be a text of 1 to 100 characters on one line.'),
};

function allowedText(field: string): string {
  return allowed[field]?.() ?? '';
}
