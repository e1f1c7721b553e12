// The words for power states and heartbeats, the same in rows, tooltips, progress and quick picks.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { HeartbeatStatus } from '../domain/heartbeat';
import type { VmState } from '../domain/powerStates';

export function stateText(state: VmState): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'off':
      return l10n.t('off');
    case 'saved':
      return l10n.t('saved');
    case 'paused':
      return l10n.t('paused');
    case 'starting':
      return l10n.t('starting');
    case 'stopping':
      return l10n.t('stopping');
    case 'saving':
      return l10n.t('saving');
    case 'pausing':
      return l10n.t('pausing');
    case 'resuming':
      return l10n.t('resuming');
    case 'resetting':
      return l10n.t('resetting');
    case 'snapshotting':
      return l10n.t('taking a checkpoint');
    case 'unknown':
      return l10n.t('state not known');
    default:
      return assertNever(state);
  }
}

export function heartbeatText(heartbeat: HeartbeatStatus): string {
  switch (heartbeat) {
    case 'healthy':
      return l10n.t('heartbeat OK');
    case 'applicationsCritical':
      return l10n.t('applications critical');
    case 'degraded':
      return l10n.t('heartbeat degraded');
    case 'error':
      return l10n.t('heartbeat failed');
    case 'noContact':
      return l10n.t('no heartbeat');
    case 'lostCommunication':
      return l10n.t('heartbeat lost');
    case 'paused':
      return l10n.t('heartbeat paused');
    case 'disabled':
      return l10n.t('heartbeat disabled');
    case 'unknown':
      return l10n.t('heartbeat not known');
    default:
      return assertNever(heartbeat);
  }
}
