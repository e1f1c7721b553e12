// The ways into a VM, and why one is none, in words.
import * as l10n from '@vscode/l10n';
import type { ConnectObstacle, ConnectWay } from './ways';

export function wayText(way: ConnectWay): string {
  switch (way) {
    case 'vmConnect':
      return l10n.t('Virtual Machine Connection');
    case 'remoteDesktop':
      return l10n.t('Remote Desktop');
    case 'ssh':
      return l10n.t('SSH Terminal');
    case 'remoteFolder':
      return l10n.t('Open Folder in VM…');
    case 'powerShellDirect':
      return l10n.t('PowerShell Direct Terminal');
  }
}

/** What a way that needs no address does. */
export function wayNote(way: ConnectWay): string | undefined {
  switch (way) {
    case 'vmConnect':
      return l10n.t('its console, in any state');
    case 'powerShellDirect':
      return l10n.t('without a network, with a user of the guest');
    case 'remoteDesktop':
    case 'ssh':
    case 'remoteFolder':
      return undefined;
  }
}

/** Why, and what would help. */
export function obstacleText(obstacle: ConnectObstacle): string {
  switch (obstacle) {
    case 'needsWindows':
      return l10n.t('needs Windows on this computer');
    case 'needsWindowsOrMac':
      return l10n.t('needs Windows or macOS on this computer');
    case 'runsElsewhere':
      return l10n.t('would open on another computer, where this extension runs');
    case 'notRunning':
      return l10n.t('needs a virtual machine that runs: start it');
    case 'needsLocalHost':
      return l10n.t('works on the host itself only');
    case 'needsWindowsGuest':
      return l10n.t('needs a Windows guest');
    case 'guestTooOld':
      return l10n.t('needs Windows 10 or Server 2016 in the guest, or newer');
    case 'needsLinuxGuest':
      return l10n.t('needs a Linux guest');
    case 'noServerForGuest':
      return l10n.t('VS Code has no server for the system of the guest');
    case 'dataExchangeDisabled':
      return l10n.t('needs an address, and Data Exchange is disabled: enable it');
    case 'guestSaidNothing':
      return l10n.t('needs an address, and the guest has not reported anything');
    case 'noAddress':
      return l10n.t('needs an address that can be reached; the guest reports none');
    case 'needsRemoteSsh':
      return l10n.t('needs the extension Remote - SSH: install it');
  }
}
