// What is said at a field: its size, what stops a save, what a person should know.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { kvpLimits, sizeOf } from '../../domain/kvp/limits';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { FieldProblem, RowWarning } from '../../domain/kvp/validate';
import { invisibleCharacters } from './visibleText';
import type { FieldName } from './model';

/** From this part of a limit on the size is shown without being asked for. */
const nearlyFull = 0.8;

export function problemText(problem: FieldProblem, pool: EditableKvpPool, field: FieldName): string {
  switch (problem.kind) {
    case 'keyEmpty':
      return l10n.t('The key is empty.');
    case 'keyDuplicate':
      return l10n.t('Another pair has this key.');
    case 'tooLong':
      return tooLongText(pool, field);
    case 'badCharacter':
      return badCharacterText(problem.character);
    default:
      return assertNever(problem);
  }
}

function tooLongText(pool: EditableKvpPool, field: FieldName): string {
  const { characters, bytes } = kvpLimits[pool][field];
  return characters === Infinity
    ? l10n.t('Too long: at most {0} bytes.', bytes)
    : l10n.t('Too long: at most {0} characters and {1} bytes.', characters, bytes);
}

function badCharacterText(character: Extract<FieldProblem, { kind: 'badCharacter' }>['character']): string {
  switch (character) {
    case 'nul':
      return l10n.t('It contains the character NUL, which data exchange cannot carry.');
    case 'control':
      return l10n.t('It contains a control character that data exchange cannot carry.');
    case 'loneSurrogate':
      return l10n.t('It contains half of a character: the text was cut in the middle of one.');
    default:
      return assertNever(character);
  }
}

export function warningText(warning: RowWarning, pool: EditableKvpPool): string {
  switch (warning) {
    case 'secret':
      return pool === 'external'
        ? l10n.t('Looks like a secret: every user of the guest can read it.')
        : l10n.t('Looks like a secret: it is kept as plain text with the virtual machine.');
    case 'caseTwin':
      return l10n.t('Another key differs in letter case only: a Windows guest keeps one of them.');
    default:
      return assertNever(warning);
  }
}

/** undefined when every character shows. */
export function invisibleText(text: string): string | undefined {
  const codes = invisibleCharacters(text);
  return codes.length === 0 ? undefined : l10n.t('Characters that do not show: {0}', codes.join(', '));
}

export function sizeText(text: string, pool: EditableKvpPool, field: FieldName): string {
  const { characters, bytes } = kvpLimits[pool][field];
  const size = sizeOf(text);
  return characters === Infinity
    ? l10n.t('{0} of {1} bytes', size.bytes, bytes)
    : l10n.t('{0} of {1} characters, {2} of {3} bytes', size.characters, characters, size.bytes, bytes);
}

/** Whether the size is worth saying to somebody who is elsewhere. */
export function isNearlyFull(text: string, pool: EditableKvpPool, field: FieldName): boolean {
  const { characters, bytes } = kvpLimits[pool][field];
  const size = sizeOf(text);
  return Math.max(size.characters / characters, size.bytes / bytes) > nearlyFull;
}
