// Add Host and Edit Host: the same questions, the second time with their answers filled in. Nothing is kept before the
// last one is answered.
import * as l10n from '@vscode/l10n';
import { hostIdOf, toDefinition } from '../../hyperv/hostEntry';
import type { HostEntry } from '../../hyperv/hostEntry';
import type { HostId } from '../../hyperv/hosts';
import { adding, replacing } from '../../hyperv/hostsEdit';
import type { HostsEdit } from '../../hyperv/hostsEdit';
import { parseHostsSetting } from '../../hyperv/hostsSetting';
import type { CommandContext } from '../commandContext';
import { draftOf, emptyDraft, entryOf } from './draft';
import type { HostDraft } from './draft';
import { askAddress, askEncryption, askKind, askName, askPort, askUser } from './questions';
import type { Questions } from './questions';
import { saveHosts } from './save';
import { runSteps } from './steps';
import type { Step } from './steps';
import { back } from './stepsUi';
import { pickRemoteHosts } from './targets';
import { watchTest } from './testRun';
import { forgetUnused } from './unusedPasswords';

export async function addHost(context: CommandContext): Promise<void> {
  const { entry, tested } = await askForHost(context, l10n.t('Add Host'), emptyDraft, 'add');
  await keep(context, entry && adding(entry), tested);
}

export async function editHost(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Edit Host'), placeholder: l10n.t('Which host?') };
  const [host] = await pickRemoteHosts(context, args, texts, () => true);
  const configured = configuredHosts(context).find(({ definition }) => definition.id === host?.id);
  if (configured === undefined) return;
  const { definition, entry } = configured;
  const title = l10n.t('Edit Host {0}', definition.name);
  const { entry: changed, tested } = await askForHost(context, title, draftOf(entry), 'save', definition.id);
  await keep(context, changed && replacing(definition.id, changed), [definition.id, ...tested]);
}

/** @param concerned hosts for which a password may have been given */
async function keep(context: CommandContext, edit: HostsEdit | undefined, concerned: readonly HostId[]): Promise<void> {
  if (edit === undefined) await forgetUnused(context, context.hosts.setting.read(), concerned);
  else await saveHosts(context, edit, concerned);
}

function configuredHosts({ hosts }: CommandContext): ReturnType<typeof parseHostsSetting>['hosts'] {
  return parseHostsSetting(hosts.setting.read()).hosts;
}

interface Asked {
  /** undefined when the person left. */
  readonly entry: HostEntry | undefined;
  /** Hosts that were tried on the way. */
  readonly tested: readonly HostId[];
}

/** @param own the host that is being edited, which is no reason to refuse its own address */
async function askForHost(
  context: CommandContext,
  title: string,
  first: HostDraft,
  then: 'add' | 'save',
  own?: string,
): Promise<Asked> {
  const tested: HostId[] = [];
  const questions: Questions = {
    steps: context.hosts.steps,
    platform: context.hosts.platform,
    aliases: await context.hosts.sshAliases(),
    sameHost: (entry) => {
      const id = hostIdOf(entry);
      if (id === own) return undefined;
      return configuredHosts(context).find(({ definition }) => definition.id === id)?.definition.name;
    },
  };
  const test: Step<HostDraft> = async (draft, head) => {
    const definition = toDefinition(entryOf(draft));
    tested.push(definition.id);
    const answer = await watchTest(context, definition, head, then);
    return answer === 'goOn' ? draft : answer === back ? back : undefined;
  };
  const draft = await runSteps(title, first, ({ kind }) => [
    askKind(questions),
    askAddress(questions),
    askUser(questions),
    ...(kind === 'winrm' ? [askEncryption(questions)] : []),
    askPort(questions),
    test,
    askName(questions),
  ]);
  return { entry: draft && entryOf(draft), tested };
}
