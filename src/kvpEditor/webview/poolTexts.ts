// Names of the four pools, and who writes and reads each.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import type { KvpPool } from '../../domain/kvp/pools';

export function poolTitle(pool: KvpPool): string {
  switch (pool) {
    case 'external':
      return l10n.t('Host → Guest');
    case 'guest':
      return l10n.t('Guest → Host');
    case 'intrinsic':
      return l10n.t('About the Guest');
    case 'hostOnly':
      return l10n.t('Host Only');
    default:
      return assertNever(pool);
  }
}

export function poolPurpose(pool: KvpPool): string {
  switch (pool) {
    case 'external':
      return l10n.t('Written on the host, read by programs in the guest.');
    case 'guest':
      return l10n.t('Written by programs in the guest, read on the host.');
    case 'intrinsic':
      return l10n.t('Written by the integration services of the guest about itself, read on the host.');
    case 'hostOnly':
      return l10n.t('Written and read on the host, kept with the virtual machine. The guest never sees it.');
    default:
      return assertNever(pool);
  }
}

/** "3 pairs", "2 of 40 pairs" while a filter hides some. */
export function countText(shown: number, all: number): string {
  if (shown !== all) return l10n.t('{0} of {1} pairs', shown, all);
  return all === 1 ? l10n.t('1 pair') : l10n.t('{0} pairs', all);
}
