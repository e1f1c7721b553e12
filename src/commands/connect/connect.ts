// Connect: leads a person into a VM, by the way they choose. Only what can work is offered; why the rest cannot is told. In
// the demo lab nothing is started: its addresses belong to nobody, or to somebody else.
import * as l10n from '@vscode/l10n';
import { connectPlan, isGuestFolder, planText } from '../../domain/connect/plan';
import { obstacleText, wayNote, wayText } from '../../domain/connect/texts';
import { connectOptions } from '../../domain/connect/ways';
import type { ConnectFacts, ConnectObstacle, ConnectOption, ConnectWay } from '../../domain/connect/ways';
import type { VmRecord } from '../../domain/vm';
import type { HostId } from '../../hyperv/hosts';
import { isSshUser } from '../../hyperv/wayIn';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import { resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import type { Choice } from '../ui';
import { addressAge } from './addressAge';

/** @param wanted undefined lets the person choose the way */
export async function connect(
  context: CommandContext,
  wanted: ConnectWay | undefined,
  ...args: readonly unknown[]
): Promise<void> {
  const title = wanted === undefined ? l10n.t('Connect') : wayText(wanted);
  const texts = { title, placeholder: l10n.t('To which virtual machine?') };
  const [target] = await resolveVmsWhere(context, args, texts, { isAllowed: () => true });
  if (target === undefined) return;
  const fresh = await readAnew(context, target);
  if (fresh === undefined) return;
  const { vm, age } = fresh;
  const options = connectOptions(connectFacts(context, target.hostId, vm));
  const option = wanted === undefined ? await pickWay(context, vm, age, options) : ofWay(options, wanted);
  if (option === undefined) return;
  const { way, obstacle } = option;
  if (obstacle !== undefined) {
    await tellObstacle(context, l10n.t('{0} to {1}: {2}.', wayText(way), vm.name, obstacleText(obstacle)), obstacle);
    return;
  }
  const address = await pickAddress(context, title, age, option);
  if (address === undefined && option.addresses.length > 0) return;
  await go(context, { ...target, vm }, way, address);
}

/** With the one step that can be taken from here, where there is one. */
async function tellObstacle(
  { ui, connections }: CommandContext,
  message: string,
  obstacle: ConnectObstacle,
): Promise<void> {
  if (obstacle !== 'needsRemoteSsh') {
    ui.inform(message);
    return;
  }
  const show = l10n.t('Show Extension');
  if ((await ui.offer(message, show)) === show) await connections.showRemoteSsh();
}

/** Addresses come and go with leases, so the host is asked once more; undefined when the person cancelled. */
async function readAnew(
  { ui, service, store }: CommandContext,
  { hostId, vm }: VmTarget,
): Promise<{ readonly vm: VmRecord; readonly age: string } | undefined> {
  return ui.progress({ title: l10n.t('Reading {0}', vm.name), cancellable: true }, async (_, signal) => {
    try {
      const read = await service.readVm(hostId, vm.id, signal);
      if (read !== undefined) return { vm: read, age: addressAge(read, undefined) };
    } catch {
      // What was known may still lead there.
    }
    if (signal.aborted) return undefined;
    const seenAtMs = store.host(hostId)?.seenAtMs ?? Date.now();
    return { vm, age: addressAge(vm, Date.now() - seenAtMs) };
  });
}

/** What decides which ways there are from here. */
export function connectFacts(
  { store, hosts, connections }: CommandContext,
  hostId: HostId,
  vm: VmRecord,
): ConnectFacts {
  return {
    vm,
    host: store.host(hostId)?.definition.kind ?? 'local',
    platform: hosts.platform,
    isHere: connections.isHere(),
    hasRemoteSsh: connections.hasRemoteSsh(),
  };
}

function ofWay(options: readonly ConnectOption[], wanted: ConnectWay): ConnectOption | undefined {
  return options.find(({ way }) => way === wanted);
}

const icons: Readonly<Record<ConnectWay, string>> = {
  vmConnect: 'vm',
  remoteDesktop: 'window',
  ssh: 'terminal',
  remoteFolder: 'remote-explorer',
  powerShellDirect: 'terminal-powershell',
};

function pickWay(
  { ui }: CommandContext,
  vm: VmRecord,
  age: string,
  options: readonly ConnectOption[],
): Promise<ConnectOption | undefined> {
  const choice = (option: ConnectOption, group: string, description: string): Choice<ConnectOption> => ({
    label: wayText(option.way),
    icon: icons[option.way],
    description,
    group,
    value: option,
  });
  const possible = options.filter(({ obstacle }) => obstacle === undefined);
  const choices = [
    ...possible.map((option) => {
      const where = option.addresses.length === 0 ? undefined : l10n.t('{0}, {1}', option.addresses.join(' / '), age);
      return choice(option, l10n.t('Possible now'), where ?? wayNote(option.way) ?? '');
    }),
    ...options.flatMap((option) =>
      option.obstacle === undefined ? [] : choice(option, l10n.t('Not possible now'), obstacleText(option.obstacle)),
    ),
  ];
  const placeholder = l10n.t('How shall {0} be reached?', vm.name);
  return ui.pick({ title: l10n.t('Connect'), placeholder }, choices);
}

/** undefined when there is none, or the person left. */
async function pickAddress(
  { ui }: CommandContext,
  title: string,
  age: string,
  { addresses }: ConnectOption,
): Promise<string | undefined> {
  if (addresses.length < 2) return addresses[0];
  const choices = addresses.map((address) => ({ label: address, description: age, icon: 'globe', value: address }));
  return ui.pick({ title, placeholder: l10n.t('At which address?') }, choices);
}

async function go(
  context: CommandContext,
  target: VmTarget,
  way: ConnectWay,
  address: string | undefined,
): Promise<void> {
  const { hosts, store, ui, connections } = context;
  const { vm } = target;
  const isSsh = way === 'ssh' || way === 'remoteFolder';
  const user = isSsh ? await ask(context, way, userQuestion(address ?? '')) : '';
  const folder = way === 'remoteFolder' && user !== undefined ? await ask(context, way, folderQuestion()) : '';
  if (user === undefined || folder === undefined) return;
  const host = store.host(target.hostId)?.definition;
  const plan = connectPlan(way, {
    vmId: vm.id,
    server: host?.kind === 'ssh' || host?.kind === 'winrm' ? host.target.host : 'localhost',
    platform: hosts.platform,
    address,
    user: user === '' ? undefined : user,
    folder: folder === '' ? undefined : folder,
  });
  if (host?.kind === 'lab') {
    const text = l10n.t(
      '{0} is in the demo lab, so nothing is started. Elsewhere it would be: {1}',
      vm.name,
      planText(plan),
    );
    ui.inform(text);
    return;
  }
  try {
    await connections.start(plan, vm.id, `${vm.name}: ${wayText(way)}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    void ui.error(l10n.t('{0} to {1} could not be started: {2}', wayText(way), vm.name, message));
  }
}

interface Question {
  readonly prompt: string;
  readonly placeholder: string;
  readonly check: (text: string) => string | undefined;
}

function userQuestion(address: string): Question {
  return {
    prompt: l10n.t('User name for ssh at {0}', address),
    placeholder: l10n.t('Empty: as your ssh configuration says'),
    check: (text) => (text === '' || isSshUser(text) ? undefined : l10n.t('This is not a user name.')),
  };
}

function folderQuestion(): Question {
  return {
    prompt: l10n.t('Folder in the guest'),
    placeholder: l10n.t('Empty: choose it in the new window'),
    check: (text) =>
      text === '' || isGuestFolder(text)
        ? undefined
        : l10n.t('This is not the path of a folder: it begins with a slash.'),
  };
}

/** '' when it was left empty; undefined when the person left. */
async function ask({ hosts }: CommandContext, way: ConnectWay, question: Question): Promise<string | undefined> {
  const answer = await hosts.steps.input(
    { title: wayText(way), canGoBack: false },
    { ...question, value: '', check: (text) => question.check(text.trim()) },
  );
  return answer === back ? undefined : answer?.trim();
}
