// The words of Start, Save, Pause and Resume. Pure.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { TargetTexts, VmTarget } from './targets';

export type PowerVerb = 'start' | 'save' | 'pause' | 'resume';

/** What a person is asked, in a quick pick or before all VMs of a group. */
export function powerPick(verb: PowerVerb): TargetTexts {
  const verbTitle = titleOfVerb(verb);
  return {
    title: verbTitle,
    placeholder: placeholder(verb),
    forAll: { question: (who) => question(verb, who), button: verbTitle },
  };
}

function titleOfVerb(verb: PowerVerb): string {
  switch (verb) {
    case 'start':
      return l10n.t('Start');
    case 'save':
      return l10n.t('Save');
    case 'pause':
      return l10n.t('Pause');
    case 'resume':
      return l10n.t('Resume');
    default:
      return assertNever(verb);
  }
}

function placeholder(verb: PowerVerb): string {
  switch (verb) {
    case 'start':
      return l10n.t('Which virtual machine shall start?');
    case 'save':
      return l10n.t('Which virtual machine shall be saved?');
    case 'pause':
      return l10n.t('Which virtual machine shall pause?');
    case 'resume':
      return l10n.t('Which virtual machine shall go on?');
    default:
      return assertNever(verb);
  }
}

function question(verb: PowerVerb, who: string): string {
  switch (verb) {
    case 'start':
      return l10n.t('Start {0}?', who);
    case 'save':
      return l10n.t('Save {0}?', who);
    case 'pause':
      return l10n.t('Pause {0}?', who);
    case 'resume':
      return l10n.t('Resume {0}?', who);
    default:
      return assertNever(verb);
  }
}

/** Shown while it lasts. */
export function powerTitle(verb: PowerVerb, targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return titleOfOne(verb, first.vm.name);
  const count = targets.length;
  switch (verb) {
    case 'start':
      return l10n.t('Starting {0} virtual machines', count);
    case 'save':
      return l10n.t('Saving {0} virtual machines', count);
    case 'pause':
      return l10n.t('Pausing {0} virtual machines', count);
    case 'resume':
      return l10n.t('Resuming {0} virtual machines', count);
    default:
      return assertNever(verb);
  }
}

function titleOfOne(verb: PowerVerb, name: string): string {
  switch (verb) {
    case 'start':
      return l10n.t('Starting {0}', name);
    case 'save':
      return l10n.t('Saving {0}', name);
    case 'pause':
      return l10n.t('Pausing {0}', name);
    case 'resume':
      return l10n.t('Resuming {0}', name);
    default:
      return assertNever(verb);
  }
}
