// Names of checkpoints.
import { momentText } from './moments';

/** `ElementName`: the documentation of Msvm_VirtualSystemSettingData allows no more characters. */
export const maxNameLength = 100;

export type NameProblem = 'empty' | 'tooLong' | 'controlCharacters';

/** undefined when Hyper-V can keep it. Blanks around a name are not kept; see {@link trimmedName}. */
export function nameProblem(name: string): NameProblem | undefined {
  const text = trimmedName(name);
  if (text === '') return 'empty';
  if (text.length > maxNameLength) return 'tooLong';
  return /\p{Cc}|\p{Surrogate}/u.test(text) ? 'controlCharacters' : undefined;
}

export function trimmedName(name: string): string {
  return name.trim();
}

/** As Hyper-V Manager names them: the VM and the moment. */
export function suggestedName(vmName: string, ms: number): string {
  const suffix = ` - ${momentText(ms)}`;
  const name = vmName.replaceAll(/\p{Cc}|\p{Surrogate}/gu, ' ').trim();
  // A cut may leave half of a character.
  return name.slice(0, maxNameLength - suffix.length).replace(/\p{Surrogate}$/u, '') + suffix;
}
