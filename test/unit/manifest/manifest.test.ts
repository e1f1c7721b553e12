import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { allowedActions, canEnableAll } from '../../../src/domain/allowedActions';
import { integrationServiceKeys } from '../../../src/domain/integrationServices';
import { connectOptions } from '../../../src/domain/connect/ways';
import type { ConnectWay } from '../../../src/domain/connect/ways';
import type { ProbeFacts } from '../../../src/domain/readiness';
import { stateGroups } from '../../../src/domain/vmGrouping';
import { fieldsOf, isHostKind } from '../../../src/hyperv/hostEntry';
import type { HostDefinition } from '../../../src/hyperv/hosts';
import { parseHostsSetting } from '../../../src/hyperv/hostsSetting';
import * as manifest from '../../../src/manifest';
import {
  groupContextValue,
  pairsContextValue,
  hostContextValue,
  infoContextValue,
  serviceContextValue,
  vmContextValue,
} from '../../../src/views/contextValue';
import { checkpointContextValues } from '../../../src/views/presentationCheckpoint';
import { hostStatuses, vmStates } from '../../support/viewStates';
import { makeVm, withService } from '../../support/vms';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

/** As far as the schema of the hosts goes. */
interface ItemsSchema {
  readonly oneOf: readonly {
    readonly required: readonly string[];
    readonly additionalProperties: boolean;
    readonly properties: Readonly<
      Record<string, { readonly enum?: readonly string[]; readonly markdownDescription: string }>
    >;
  }[];
  readonly defaultSnippets: readonly { readonly body: unknown }[];
}

interface PackageJson {
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly enablement?: string;
    }[];
    /** A submenu has no command. */
    readonly menus: Readonly<Record<string, readonly Partial<MenuItem>[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when: string; readonly args: unknown }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly scope: string; readonly order: number; readonly default: unknown; readonly items?: ItemsSchema }
        >
      >;
    };
  };
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const packageJson = readJson('package.json') as PackageJson;
const nls = readJson('package.nls.json') as Record<string, string>;
const { contributes } = packageJson;
const isCommand = (item: Partial<MenuItem>): item is MenuItem => item.command !== undefined;
const menuItems = Object.values(contributes.menus).flat().filter(isCommand);
const connectItems = contributes.menus['hyperv.connectBy']?.filter(isCommand) ?? [];
const rowItems = [...(contributes.menus['view/item/context']?.filter(isCommand) ?? []), ...connectItems];
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

const localHost: HostDefinition = { kind: 'local', id: 'local', name: 'PC' };
const labHost: HostDefinition = { kind: 'lab', id: 'lab:HV', name: 'HV', spec: {}, index: 0 };
const sshHost: HostDefinition = { kind: 'ssh', id: 'ssh:lab01', name: 'lab01', target: { host: 'lab01' } };
const winrmHost: HostDefinition = { kind: 'winrm', id: 'winrm:hv02', name: 'hv02', target: { host: 'hv02' } };
/** A command helps. */
const stopped = { platform: 'win32', serviceState: 'stopped', moduleFound: true, canRead: false } as ProbeFacts;
const alone = { up: false, down: false };
const inTheMiddle = { up: true, down: true };

const groupContextValues = [undefined, ...stateGroups].map((state) => groupContextValue({ state }));

/** Every contextValue the code can produce. */
const contextValues: readonly string[] = [
  ...hostStatuses.flatMap((status) => [
    ...[localHost, labHost, sshHost, winrmHost].map((definition) => hostContextValue({ definition, status }, alone)),
    ...[sshHost, winrmHost].map((definition) => hostContextValue({ definition, status }, inTheMiddle)),
    hostContextValue({ definition: localHost, status, probe: stopped }, alone),
  ]),
  infoContextValue,
  pairsContextValue,
  ...groupContextValues,
  ...checkpointContextValues,
  ...vmStates.flatMap((state) =>
    [true, false].map((enabled) => vmContextValue(withService(makeVm({ state }), 'shutdown', { enabled }))),
  ),
  ...['Ubuntu', 'Windows 11'].map((osName) => vmContextValue(makeVm({ guest: { ...makeVm().guest, osName } }))),
  ...vmStates.flatMap((state) =>
    integrationServiceKeys.flatMap((key) =>
      [true, false, null].map((enabled) => serviceContextValue(withService(makeVm({ state }), key, { enabled }), key)),
    ),
  ),
];

function viewItemPattern({ when }: MenuItem): RegExp {
  const source = /viewItem =~ \/(.+)\/$/.exec(when)?.[1];
  assert.ok(source !== undefined, `no viewItem pattern at the end of: ${when}`);
  return new RegExp(source);
}

/** Commands of the menu group for a row, in the menu's own words. */
function offered(contextValue: string, group: RegExp): string[] {
  return rowItems
    .filter((item) => group.test(item.group) && viewItemPattern(item).test(contextValue))
    .map(({ command }) => command);
}

/** What loses data; asked for in a modal. */
const destructive: readonly string[] = [
  manifest.commands.turnOff,
  manifest.commands.reset,
  manifest.commands.applyCheckpoint,
  manifest.commands.deleteCheckpoint,
  manifest.commands.deleteCheckpointSubtree,
];

describe('The manifest', () => {
  it('and the code name the same ids', () => {
    const { commands, views, viewContainers, settings } = manifest;
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(commands)));
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), sorted(Object.values(settings)));
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      Object.values(viewContainers),
    );
    assert.deepEqual(
      Object.values(contributes.views)
        .flat()
        .map(({ id }) => id),
      Object.values(views),
    );
    assert.deepEqual(Object.keys(contributes.views), Object.values(viewContainers));
  });

  it('uses each context key of the code, and no other', () => {
    const clauses = [
      ...contributes.viewsWelcome.map(({ when }) => when),
      ...contributes.commands.map(({ enablement }) => enablement ?? ''),
      ...menuItems.map(({ when }) => when),
      ...contributes.keybindings.map(({ when }) => when),
    ].join(' ');
    const ids = sorted(clauses.match(/hyperv\.\w+/g) ?? []).filter((id) => id !== manifest.views.hosts);
    assert.deepEqual(ids, sorted(Object.values(manifest.contextKeys)));
  });

  it('has a welcome text for each readiness in which the view is empty', () => {
    const shown = contributes.viewsWelcome.map(({ when }) => when);
    const expected = manifest.readinessValues
      .filter((value) => value !== 'ready')
      .map((value) => `${manifest.contextKeys.readiness} == ${value}`);
    assert.deepEqual(sorted(shown), sorted(expected));
  });

  it('refers to existing commands and views only', () => {
    const commands: readonly string[] = Object.values(manifest.commands);
    for (const { command } of menuItems) assert.ok(commands.includes(command), command);
    for (const { view } of contributes.viewsWelcome) assert.equal(view, manifest.views.hosts);
    for (const text of Object.values(nls)) {
      for (const [, command] of text.matchAll(/\(command:([^)]+)\)/g))
        assert.ok(commands.includes(command ?? ''), command);
    }
  });

  it('has menus that begin with the view or the kind of page they belong to', () => {
    const page = new RegExp(`^(view == hyperv\\.hosts|resourceScheme == ${manifest.reportScheme})( && |$)`);
    for (const { when } of menuItems) assert.match(when, page);
  });

  it('has no row menu that can never show', () => {
    for (const item of rowItems) {
      assert.ok(
        contextValues.some((value) => viewItemPattern(item).test(value)),
        `${item.command} never matches: ${item.when}`,
      );
    }
  });

  it('offers at most three inline actions on a row, none of which destroys anything', () => {
    for (const value of contextValues) {
      const inline = offered(value, /^inline/);
      assert.ok(inline.length <= 3, `${value}: ${inline.join(', ')}`);
      for (const command of destructive) assert.ok(!inline.includes(command), value);
    }
  });

  it('keeps what destroys apart from everything else', () => {
    const group = rowItems.filter((item) => item.group.startsWith('9_destructive')).map(({ command }) => command);
    assert.deepEqual(sorted(group), sorted(destructive));
  });

  it('offers a group what VMs of its state may allow, and nothing that loses data or looks at one', () => {
    const power = ['start', 'resume', 'shutDown', 'restartGuest', 'save', 'pause'] as const;
    const allowed: Readonly<Record<string, readonly (typeof power)[number][]>> = {
      any: power,
      running: ['shutDown', 'restartGuest', 'save', 'pause'],
      paused: ['resume', 'save'],
      saved: ['start'],
      off: ['start'],
      unknown: [],
    };
    const { disableService, enableAllServices, enableService } = manifest.commands;
    for (const value of groupContextValues) {
      const state = value.split(';')[1] ?? '';
      const services = ['any', 'running', 'off'].includes(state)
        ? [enableAllServices, enableService, disableService]
        : [];
      const expected = [...(allowed[state] ?? []).map((verb) => manifest.commands[verb]), ...services];
      assert.deepEqual(offered(value, /./), expected, value);
    }
  });

  it('offers by Connect By only ways that can work, and all of them', () => {
    const commandOf: Readonly<Record<ConnectWay, string>> = {
      vmConnect: manifest.commands.openVmConnect,
      remoteDesktop: manifest.commands.openRemoteDesktop,
      ssh: manifest.commands.openSsh,
      remoteFolder: manifest.commands.openRemoteFolder,
      powerShellDirect: manifest.commands.openPowerShellDirect,
    };
    const systems = ['Windows Server 2025', 'Windows Server 2008 R2', 'Ubuntu', 'FreeBSD', null];
    const lists = [['10.0.0.1'], ['169.254.3.4', 'fe80::1'], ['-oProxyCommand=x'], []];
    for (const host of ['local', 'lab', 'ssh', 'winrm'] as const) {
      for (const state of vmStates) {
        for (const [osName, addresses] of systems.flatMap((name) => lists.map((list) => [name, list] as const))) {
          const vm = makeVm({ state, guest: { ...makeVm().guest, osName, addresses } });
          for (const [platform, keys] of [
            ['win32', { isWindows: true, isLinux: false }],
            ['darwin', { isWindows: false, isLinux: false }],
            ['linux', { isWindows: false, isLinux: true }],
          ] as const) {
            const shown = connectItems
              .filter(({ when }) => !when.includes('&& isWindows') || keys.isWindows)
              .filter(({ when }) => !when.includes('&& !isLinux') || !keys.isLinux)
              .filter((item) => viewItemPattern(item).test(vmContextValue(vm, host)))
              .map(({ command }) => command);
            const possible = connectOptions({ vm, host, platform, isHere: true, hasRemoteSsh: true })
              .filter(({ obstacle }) => obstacle === undefined)
              .map(({ way }) => commandOf[way]);
            assert.deepEqual(shown, possible, `${platform}, ${host}, ${vmContextValue(vm, host)}`);
          }
        }
      }
    }
  });

  for (const state of vmStates) {
    it(`offers a VM that is ${state} exactly the actions it allows`, () => {
      for (const enabled of [true, false]) {
        const vm = withService(makeVm({ state }), 'shutdown', { enabled });
        const value = vmContextValue(vm);
        const shown = offered(value, /^(1_power|9_destructive)/);
        const allowed = [...allowedActions(vm)].filter((action) => action !== 'toggleService');
        assert.deepEqual(sorted(shown), sorted(allowed.map((action) => manifest.commands[action])), value);
        const { enableAllServices, copyAddress, copyFiles, copyName, copyId, editPairs } = manifest.commands;
        assert.equal(offered(value, /^2_services/).includes(enableAllServices), canEnableAll(vm));
        const copies = offered(value, /^7_copy/);
        assert.deepEqual(copies, state === 'running' ? [copyName, copyAddress, copyId] : [copyName, copyId]);
        const { explainVm, checkTime, waitForHeartbeat, forgetGuestPassword } = manifest.commands;
        assert.deepEqual(offered(value, /^3_guest/), state === 'running' ? [editPairs, copyFiles] : [editPairs]);
        // Only who runs, or will soon, can come to answer.
        const mayAnswer = ['running', 'starting', 'resetting', 'resuming'].includes(state);
        assert.deepEqual(offered(value, /^5_health/), [
          explainVm,
          checkTime,
          forgetGuestPassword,
          ...(mayAnswer ? [waitForHeartbeat] : []),
        ]);
        // Linux guests are asked by ssh, for which nothing is kept.
        const linux = vmContextValue({ ...vm, guest: { ...vm.guest, osName: 'Ubuntu' } });
        assert.equal(offered(linux, /^5_health/).includes(forgetGuestPassword), state !== 'running');
      }
    });

    it(`offers a service of a VM that is ${state} only a change that the host accepts`, () => {
      const { enableService, disableService } = manifest.commands;
      for (const key of integrationServiceKeys) {
        for (const enabled of [true, false, null]) {
          const vm = withService(makeVm({ state }), key, { enabled });
          const isOpen = enabled !== null && allowedActions(vm).has('toggleService');
          const expected = isOpen ? [enabled ? disableService : enableService] : [];
          const value = serviceContextValue(vm, key);
          assert.deepEqual(offered(value, /^inline/), expected, value);
          assert.deepEqual(offered(value, /^2_services@1/), expected, value);
        }
      }
    });
  }

  for (const status of hostStatuses) {
    const { copySetupCommand, refresh, resetDemoLab, retryHost, sessionDiagnostics, showLog } = manifest.commands;
    const diagnosing = [showLog, sessionDiagnostics];

    it(`offers a host that is ${status.kind} what helps it, and its reset only where it is simulated`, () => {
      const reading = { idle: [], connecting: [], ready: [refresh], failed: [retryHost] }[status.kind];
      const local = hostContextValue({ definition: localHost, status }, alone);
      const lab = hostContextValue({ definition: labHost, status }, alone);
      assert.deepEqual(sorted(offered(local, /^\d/)), sorted([...reading, ...diagnosing]));
      const helped = hostContextValue({ definition: localHost, status, probe: stopped }, alone);
      const helping = status.kind === 'failed' ? [copySetupCommand] : [];
      assert.deepEqual(sorted(offered(helped, /^\d/)), sorted([...reading, ...helping, ...diagnosing]));
      assert.deepEqual(sorted(offered(lab, /^\d/)), sorted([...reading, resetDemoLab, ...diagnosing]));
      for (const value of [local, lab]) assert.deepEqual(offered(value, /^inline/), reading.slice(0, 1));
    });

    it(`offers a host of the settings that is ${status.kind} its test, and changes of the settings where they can be`, () => {
      const { addHost, editHost, forgetPassword, moveHostDown, moveHostUp, removeHost, testConnection } =
        manifest.commands;
      const valueOf = (definition: HostDefinition, move: typeof alone): string =>
        hostContextValue({ definition, status }, move);
      for (const definition of [sshHost, winrmHost]) {
        const own: readonly string[] = definition === winrmHost ? [forgetPassword] : [];
        const always: readonly string[] = [editHost, removeHost, testConnection, ...own];
        const ours: readonly string[] = [...always, forgetPassword, moveHostUp, moveHostDown];
        const changes = (value: string): string[] =>
          sorted(offered(value, /^\d/).filter((command) => ours.includes(command)));
        assert.deepEqual(changes(valueOf(definition, alone)), sorted(always));
        assert.deepEqual(changes(valueOf(definition, inTheMiddle)), sorted([...always, moveHostUp, moveHostDown]));
        assert.deepEqual(changes(valueOf(definition, { up: true, down: false })), sorted([...always, moveHostUp]));
        assert.deepEqual(changes(valueOf(definition, { up: false, down: true })), sorted([...always, moveHostDown]));
        const reading = { idle: [], connecting: [], ready: [refresh], failed: [retryHost] }[status.kind];
        assert.deepEqual(offered(valueOf(definition, inTheMiddle), /^inline/), reading);
      }
      for (const definition of [localHost, labHost]) {
        const theirs: readonly string[] = offered(valueOf(definition, alone), /./);
        for (const command of [addHost, editHost, removeHost, testConnection, forgetPassword, moveHostUp, moveHostDown])
          assert.ok(!theirs.includes(command), command);
      }
    });
  }

  it('offers to add a host at the top of the view, and where the view is empty for want of one', () => {
    const [first] = contributes.menus['view/title'] ?? [];
    assert.deepEqual([first?.command, first?.group], [manifest.commands.addHost, 'navigation@1']);
    for (const readiness of ['notWindows', 'noHosts'])
      assert.match(nls[`view.hosts.welcome.${readiness}`] ?? '', /\[Add Host…\]\(command:hyperv\.addHost\)/);
  });

  it('offers to find, to filter and to group in the menu of the view, and to clear the filter beside its name while there is one', () => {
    const { findVm, filterVms, clearFilter, groupVms } = manifest.commands;
    const ours: readonly string[] = [findVm, filterVms, clearFilter, groupVms];
    assert.deepEqual(
      (contributes.menus['view/title'] ?? [])
        .filter(({ command = '' }) => ours.includes(command))
        .map(({ command, when, group }) => [command, when, group]),
      [
        [clearFilter, 'view == hyperv.hosts && hyperv.filtered', 'navigation@3'],
        [findVm, 'view == hyperv.hosts', '0_find@1'],
        [filterVms, 'view == hyperv.hosts', '0_find@2'],
        [groupVms, 'view == hyperv.hosts', '0_find@3'],
      ],
    );
    // Ctrl+F in the tree is VS Code's own.
    const keys = contributes.keybindings.map(({ command }) => command);
    for (const command of ours) assert.ok(!keys.includes(command));
  });

  it('describes each field that an entry of the hosts may have, and no other', () => {
    const { items } = contributes.configuration.properties[manifest.settings.hosts] ?? {};
    const branches = items?.oneOf ?? [];
    assert.equal(branches.length, 2);
    for (const { properties, required, additionalProperties } of branches) {
      const [kind] = properties['kind']?.enum ?? [];
      assert.ok(isHostKind(kind));
      assert.deepEqual(sorted(Object.keys(properties)), sorted(fieldsOf(kind)));
      assert.deepEqual([required, additionalProperties], [['kind', 'host'], false]);
      for (const property of Object.values(properties)) assert.match(property.markdownDescription, /^%.+%$/);
    }
    const snippets = (items?.defaultSnippets ?? []).map(
      ({ body }) => JSON.parse(JSON.stringify(body).replaceAll(/\$\{\d:(\w+)\}/g, '$1')) as unknown,
    );
    assert.deepEqual(parseHostsSetting(snippets).problems, []);
  });

  it('has keybindings which act on the focused row, or on all that are selected', () => {
    const { toggleService } = manifest.commands;
    const { selectionArgument } = manifest;
    const byFocus = {
      commands: ['list.selectAndPreserveFocus', { command: toggleService, args: [selectionArgument] }],
    };
    assert.deepEqual(
      contributes.keybindings.map(({ command, args }) => ({ command, args })),
      [
        { command: 'runCommands', args: byFocus },
        { command: toggleService, args: selectionArgument },
      ],
    );
    for (const { when } of contributes.keybindings) assert.match(when, /^focusedView == hyperv\.hosts && /);
  });

  it('keeps what names a program or a host out of reach of workspaces', () => {
    const { hosts, powershellExecutable } = manifest.settings;
    for (const id of [hosts, powershellExecutable])
      assert.equal(contributes.configuration.properties[id]?.scope, 'machine');
    const { restrictedConfigurations } = packageJson.capabilities.untrustedWorkspaces;
    assert.deepEqual(restrictedConfigurations, [hosts, powershellExecutable]);
  });

  it('activates by its view, its commands and an editor that is brought back, which VS Code does not do by itself', () => {
    assert.deepEqual(packageJson.activationEvents, [`onWebviewPanel:${manifest.webviews.kvp}`]);
    assert.deepEqual(packageJson.extensionKind, ['ui', 'workspace']);
  });
});

describe('Display text', () => {
  it('of the manifest comes from package.nls.json, and none of it is left over', () => {
    const source = readFileSync('package.json', 'utf8');
    const used = [...source.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual(sorted(used), Object.keys(nls).sort());
  });

  it('of the manifest is never written in place', () => {
    const spoken =
      /"(title|name|description|markdownDescription|category|contents|contextualTitle|displayName)": "([^"]*)"/g;
    const shown = [JSON.stringify(contributes, undefined, 1), JSON.stringify(packageJson.capabilities, undefined, 1)];
    for (const [line, , text] of shown.join('\n').matchAll(spoken)) assert.match(text ?? '', /^%.+%$/, line);
  });

  it('of the code is in l10n/bundle.l10n.json, and nothing else is', async function () {
    // It parses every source.
    this.timeout(90_000);
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const found = await getL10nJson(
      files.map((file) => ({ extension: '.ts', contents: readFileSync(path.join('src', file), 'utf8') })),
    );
    const bundle = readJson('l10n/bundle.l10n.json') as object;
    const advice = 'run: npx vscode-l10n-dev export --outDir l10n src && npx prettier --write l10n';
    assert.deepEqual(Object.keys(found).sort(), Object.keys(bundle).sort(), advice);
  });

  it('names commands by their titles, and only those which menus of the tree have', () => {
    const bundle = readJson('l10n/bundle.l10n.json') as object;
    const titleOf = new Map(
      contributes.commands.map(({ command, title }) => [nls[title.replaceAll('%', '')] ?? title, command] as const),
    );
    const inMenus = new Set([...rowItems, ...(contributes.menus['view/title'] ?? [])].map(({ command }) => command));
    // Texts that name a command have it in such quotation marks, with a capital letter as all titles begin with.
    const named = Object.keys(bundle).flatMap((text) =>
      [...text.matchAll(/“(\p{Lu}[^”]*)”/gu)].map(([, name = '']) => name),
    );
    assert.ok(named.includes('Enable Integration Service') && named.includes('Connect…'));
    for (const name of named) {
      const command = titleOf.get(name.replace(/^Hyper-V: /, ''));
      assert.ok(command !== undefined, `no command is called “${name}”`);
      assert.ok(inMenus.has(command), `no menu of the tree has “${name}”`);
    }
  });
});
