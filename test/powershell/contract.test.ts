import assert from 'node:assert/strict';
import { integrationServiceKeys, integrationServices } from '../../src/domain/integrationServices';
import { vmStateFromCode } from '../../src/domain/powerStates';
import { methods } from '../../src/hyperv/api';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import type { MethodSpec, ParameterType } from '../../src/powershell/methods';
import { parseScripts, recordCimCalls } from '../support/engineScript';
import type { RecordedCall, ScriptFacts } from '../support/engineScript';
import wmi from '../support/wmi-classes.json';

const table: Readonly<Record<string, MethodSpec>> = methods;

const types: Readonly<Record<ParameterType, string>> = {
  string: 'System.String',
  boolean: 'System.Boolean',
  integer: 'System.Int64',
  guid: 'System.Guid',
  stringList: 'System.String[]',
};

describe('the table of methods and the PowerShell functions', () => {
  let facts: ScriptFacts;
  before(async () => {
    [facts] = (await parseScripts([hostFunctions])) as [ScriptFacts];
  });

  for (const [method, spec] of Object.entries(table)) {
    it(`${method}: ${spec.function} takes exactly the listed parameters`, () => {
      const found = facts.functions.find(({ name }) => name === spec.function);
      assert.ok(found, 'there is no such function');
      const listed = Object.entries(spec.parameters).map(([name, { type, optional }]) => ({
        name: name.charAt(0).toUpperCase() + name.slice(1),
        type: types[type],
        mandatory: optional !== true,
      }));
      const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
      assert.deepEqual([...found.parameters].sort(byName), listed.sort(byName));
    });
  }

  it('no function is defined twice', () => {
    const names = facts.functions.map(({ name }) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length);
  });

  it('every function is a method or is used by another one', () => {
    const used = new Set([
      ...Object.values(table).map((spec) => spec.function),
      ...facts.commands.map(({ name }) => name),
    ]);
    assert.deepEqual(
      facts.functions.map(({ name }) => name).filter((name) => !used.has(name)),
      [],
    );
  });

  it('every coding of a paused or saved VM is known on both sides', () => {
    const codes = (state: 'paused' | 'saved'): number[] =>
      Array.from({ length: 33_000 }, (_, code) => code).filter((code) => vmStateFromCode(code) === state);
    assert.ok(hostFunctions.includes(`if ($State -eq 'paused') { return ${codes('paused').join(', ')} }`));
    assert.ok(hostFunctions.includes(`return ${codes('saved').join(', ')}\n`));
  });

  it('a job is read by its key, which is all that is known of it', () => {
    assert.deepEqual(table['job.read']?.parameters, { id: { type: 'guid' }, jobId: { type: 'guid' } });
    assert.equal(table['job.read'].class, 'read');
  });

  it('only what asks other programs and guests has the runspace for what takes long', () => {
    for (const [name, spec] of Object.entries(table))
      assert.equal(spec.class === 'long', /^(?:time|guest)\./.test(name), name);
  });

  it('services are known by the same keys and component ids on both sides', () => {
    for (const { key, componentId, componentClass } of integrationServices) {
      assert.match(hostFunctions, new RegExp(`^${key}\\s*=\\s*'${componentId}'$`, 'm'));
      assert.ok(hostFunctions.includes(`@('${key}', '${componentClass}')`));
    }
    assert.ok(hostFunctions.includes(`[ValidateSet(${integrationServiceKeys.map((key) => `'${key}'`).join(', ')})]`));
  });
});

describe('what the functions ask of the host', () => {
  const id = '11111111-2222-3333-4444-555555555555';
  const other = 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE';
  const classes: Readonly<
    Record<string, { properties: Record<string, string>; methods?: Record<string, { parameters: readonly string[] }> }>
  > = wmi.classes;
  let calls: readonly RecordedCall[];
  before(async () => {
    const pairs = { Pool: 'external', Keys: ['key'], Values: ['value'] };
    // What goes into a guest asks that, and needs a password.
    const ofHost = Object.values(table).filter(({ parameters }) => !('sealed' in parameters));
    const asked = ofHost.map((spec) => ({
      function: spec.function,
      // A picture is there of a VM that runs.
      ...('width' in spec.parameters && { state: 2 }),
      arguments: {
        ...('id' in spec.parameters && { Id: id }),
        ...('ids' in spec.parameters && { Ids: [id, other] }),
        ...('waitMs' in spec.parameters && { WaitMs: 0 }),
        ...('width' in spec.parameters && { Width: 320, Height: 240 }),
        ...('jobId' in spec.parameters && { JobId: id }),
        ...('checkpointId' in spec.parameters && { CheckpointId: other }),
        ...('subtree' in spec.parameters && { Subtree: true }),
        ...('name' in spec.parameters && { Name: 'x' }),
        ...('type' in spec.parameters && { Type: 'standard' }),
        ...('service' in spec.parameters && { Service: 'heartbeat', Enabled: true }),
        ...('source' in spec.parameters && { Source: 'C:\\a', Destination: 'C:\\b', Overwrite: true }),
        ...('call' in spec.parameters && { ...pairs, Call: 'add' }),
      },
    }));
    const others = ['modify', 'remove'].map((call) => ({
      function: methods['kvp.write'].function,
      arguments: { Id: id, ...pairs, Call: call },
    }));
    const alone = {
      function: methods['checkpoint.delete'].function,
      arguments: { Id: id, CheckpointId: other, Subtree: false },
    };
    calls = await recordCimCalls(hostFunctions, [...asked, ...others, alone]);
  });

  it('only classes, properties and methods that are documented', () => {
    for (const call of calls) {
      const known = classes[call.class];
      assert.ok(known, `class ${call.class}`);
      for (const name of call.properties ?? []) assert.ok(name in known.properties, `${call.class}.${name}`);
      for (const [, name] of (call.filter ?? '').matchAll(/(\w+)\s*(?:=| LIKE )/g)) {
        assert.ok(name !== undefined && name in known.properties, `${call.class}.${name ?? ''} in a filter`);
      }
      if (call.method === undefined) continue;
      const method = known.methods?.[call.method];
      assert.ok(method, `${call.class}.${call.method}`);
      for (const name of call.arguments ?? []) assert.ok(method.parameters.includes(name), `${call.method}(${name})`);
    }
    const used = new Set(calls.flatMap((call) => call.method ?? []));
    assert.deepEqual([...used].sort(), [
      'AddKvpItems',
      'ApplySnapshot',
      'CopyFilesToGuest',
      'CreateSnapshot',
      'DestroySnapshot',
      'DestroySnapshotTree',
      'GetVirtualSystemThumbnailImage',
      'InitiateReboot',
      'InitiateShutdown',
      'ModifyKvpItems',
      'RemoveKvpItems',
      'RequestStateChange',
    ]);
  });

  it('lists name the properties they need; whole instances are fetched only to call their methods', () => {
    const whole = calls.filter((call) => call.kind === 'query' && call.properties?.length === 0);
    // Of each of these services there is one.
    const services = ['Msvm_VirtualSystemManagementService', 'Msvm_VirtualSystemSnapshotService'];
    const ofVms = whole.filter(({ class: name }) => !services.includes(name));
    for (const { class: name, filter } of ofVms) {
      const known = [
        'Msvm_ComputerSystem',
        'Msvm_ConcreteJob',
        'Msvm_GuestFileService',
        'Msvm_ShutdownComponent',
        'Msvm_VirtualSystemSettingData',
      ];
      assert.ok(known.includes(name), name);
      assert.ok(filter?.includes(id), `${name} without a filter`);
    }
  });

  it('tells of a VM when its state or its name changes, not whenever its uptime does', () => {
    const differ =
      ' AND (TargetInstance.EnabledState <> PreviousInstance.EnabledState OR TargetInstance.ElementName <> PreviousInstance.ElementName)';
    const from = (kind: string): string =>
      `SELECT * FROM __Instance${kind}Event WITHIN 2 WHERE TargetInstance ISA 'Msvm_ComputerSystem'`;
    const queries = calls.flatMap(({ kind, query }) => (kind === 'indication' && query !== undefined ? [query] : []));
    assert.deepEqual(queries.sort(), [from('Creation'), from('Deletion'), from('Modification') + differ]);
  });

  it('a filter is constant but for the GUID', () => {
    const components = new RegExp(integrationServices.map(({ componentId }) => componentId).join('|'), 'g');
    const jobs = new RegExp(`^InstanceID='(${id}|8A496B9C-AF4D-4E98-BD3C-1128CD85320D)'$`);
    const shapes = new Set(
      calls.flatMap(({ filter }) =>
        filter
          ? [
              filter
                .replace(jobs, "InstanceID='<job>'")
                .replaceAll(id, '<id>')
                .replaceAll(other, '<other>')
                .replace(components, '<component>'),
            ]
          : [],
      ),
    );
    assert.deepEqual([...shapes].sort(), [
      "(InstanceID='Microsoft:<id>\\\\<component>' OR InstanceID='Microsoft:<other>\\\\<component>')",
      "(Name='<id>' OR Name='<other>')",
      "(SystemName='<id>' OR SystemName='<other>')",
      "InstanceID LIKE 'Microsoft:<id>%'",
      "InstanceID='<job>'",
      "InstanceID='Microsoft:<id>\\\\<component>'",
      "LocalAccount=TRUE AND SID='S-1-5-32-578'",
      "Name='<id>'",
      "Name='vmms'",
      "ResourceSubType='Microsoft:Hyper-V:Physical Disk Drive' AND InstanceID LIKE 'Microsoft:<id>%'",
      "ResourceSubType='Microsoft:Hyper-V:Virtual Hard Disk' AND InstanceID LIKE 'Microsoft:<id>%'",
      "SystemName='<id>'",
      "VirtualSystemIdentifier='<id>'",
      "VirtualSystemType='Microsoft:Hyper-V:Snapshot:Realized' AND InstanceID='Microsoft:<other>' AND VirtualSystemIdentifier='<id>'",
      "VirtualSystemType='Microsoft:Hyper-V:System:Realized'",
      "VirtualSystemType='Microsoft:Hyper-V:System:Realized' AND (InstanceID='Microsoft:<id>' OR InstanceID='Microsoft:<other>')",
      "VirtualSystemType='Microsoft:Hyper-V:System:Realized' AND InstanceID='Microsoft:<id>'",
    ]);
  });
});
