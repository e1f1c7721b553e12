// Every id that package.json and the code share. test/unit/manifest compares both in both directions.

export const viewContainers = { hyperv: 'hyperv' } as const;

export const views = { hosts: 'hyperv.hosts' } as const;

/** Types of webview panels; the editor of pairs is brought back after a reload of the window. */
export const webviews = { kvp: 'hyperv.kvp' } as const;

export const commands = {
  start: 'hyperv.start',
  resume: 'hyperv.resume',
  shutDown: 'hyperv.shutDown',
  restartGuest: 'hyperv.restartGuest',
  save: 'hyperv.save',
  pause: 'hyperv.pause',
  reset: 'hyperv.reset',
  turnOff: 'hyperv.turnOff',
  toggleService: 'hyperv.toggleService',
  enableService: 'hyperv.enableService',
  disableService: 'hyperv.disableService',
  enableAllServices: 'hyperv.enableAllServices',
  editPairs: 'hyperv.editPairs',
  explainVm: 'hyperv.explainVm',
  checkTime: 'hyperv.checkTime',
  waitForHeartbeat: 'hyperv.waitForHeartbeat',
  createCheckpoint: 'hyperv.createCheckpoint',
  applyCheckpoint: 'hyperv.applyCheckpoint',
  renameCheckpoint: 'hyperv.renameCheckpoint',
  deleteCheckpoint: 'hyperv.deleteCheckpoint',
  deleteCheckpointSubtree: 'hyperv.deleteCheckpointSubtree',
  proveCheckpoint: 'hyperv.proveCheckpoint',
  copyFiles: 'hyperv.copyFiles',
  connect: 'hyperv.connect',
  openVmConnect: 'hyperv.openVmConnect',
  openRemoteDesktop: 'hyperv.openRemoteDesktop',
  openSsh: 'hyperv.openSsh',
  openRemoteFolder: 'hyperv.openRemoteFolder',
  openPowerShellDirect: 'hyperv.openPowerShellDirect',
  copyName: 'hyperv.copyName',
  copyId: 'hyperv.copyId',
  copyAddress: 'hyperv.copyAddress',
  copySetupCommand: 'hyperv.copySetupCommand',
  findVm: 'hyperv.findVm',
  filterVms: 'hyperv.filterVms',
  clearFilter: 'hyperv.clearFilter',
  groupVms: 'hyperv.groupVms',
  refresh: 'hyperv.refresh',
  retryHost: 'hyperv.retryHost',
  openDemoLab: 'hyperv.openDemoLab',
  resetDemoLab: 'hyperv.resetDemoLab',
  addHost: 'hyperv.addHost',
  editHost: 'hyperv.editHost',
  removeHost: 'hyperv.removeHost',
  moveHostUp: 'hyperv.moveHostUp',
  moveHostDown: 'hyperv.moveHostDown',
  testConnection: 'hyperv.testConnection',
  forgetPassword: 'hyperv.forgetPassword',
  forgetGuestPassword: 'hyperv.forgetGuestPassword',
  sessionDiagnostics: 'hyperv.sessionDiagnostics',
  copySessionDiagnostics: 'hyperv.copySessionDiagnostics',
  showLog: 'hyperv.showLog',
} as const;

export type CommandName = keyof typeof commands;

/** Scheme of the addresses of pages that are made by us and cannot be edited. */
export const reportScheme = 'hyperv-report';

/** The same for pages of Markdown, which the editor's own preview shows. */
export const pageScheme = 'hyperv-page';

export const settings = {
  hosts: 'hyperv.hosts',
  powershellExecutable: 'hyperv.powershell.executable',
  shutdownTimeoutSeconds: 'hyperv.shutdown.timeoutSeconds',
  heartbeatNotify: 'hyperv.heartbeat.notify',
  thumbnailsShow: 'hyperv.thumbnails.show',
  groupsBy: 'hyperv.groups.by',
  groupsAbove: 'hyperv.groups.above',
} as const;

export const contextKeys = {
  /** {@link Readiness}; decides which welcome text an empty view shows. */
  readiness: 'hyperv.readiness',
  /** True while the demo lab's hosts are in the view. */
  demoLabOpen: 'hyperv.demoLabOpen',
  /** True while a filter keeps virtual machines out of the view. */
  filtered: 'hyperv.filtered',
} as const;

/** Values of {@link contextKeys.readiness}. */
export const readinessValues = [
  'ready',
  'noHosts',
  'notWindows',
  'noModule',
  'featureOff',
  'notInGroup',
  'needsSignIn',
  'serviceStopped',
] as const;
export type Readiness = (typeof readinessValues)[number];

/**
 * The one argument a keybinding passes: "what is selected in the tree", as VS Code passes no row to a keybinding. Arrow
 * keys move the focus only, so the keybinding selects the focused row first, unless several are selected.
 */
export const selectionArgument = 'selection';
