// How old an address is: the guest's word of now, or of an earlier time.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../../domain/vm';
import { agoText } from '../explainVmTimes';

/**
 * @param seenAgoMs since the host was read; undefined when it was read just now
 * @returns what stands beside an address
 */
export function addressAge({ services }: Pick<VmRecord, 'services'>, seenAgoMs: number | undefined): string {
  if (seenAgoMs !== undefined) return l10n.t('known from {0}; the host does not answer now', agoText(seenAgoMs));
  const { status } = services.keyValuePairExchange;
  return status === 'ok' || status === 'degraded'
    ? l10n.t('by Data Exchange, just now')
    : l10n.t('reported earlier; Data Exchange does not answer now');
}
