// What the demo lab's modules return has the shape of the real provider: classes, properties, types, ids, errors.
import assert from 'node:assert/strict';
import wmi from '../support/wmi-classes.json';
import { inLab } from '../support/labEngine';

interface Shape {
  typeName: string;
  className: string;
  properties: Record<string, string | null>;
}

/** .NET types of CIM types. */
const types: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  uint8: 'Byte',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
  sint8: 'SByte',
  sint32: 'Int32',
  datetime: 'DateTime',
};

/** Not all properties of this class are on its page; the lab gives it those of the other five components. */
const undocumented = 'Msvm_GuestServiceInterfaceComponent';

describe('objects of the demo lab', function () {
  this.timeout(60_000);

  it('have the classes, properties and types of the real provider', async () => {
    const names = Object.keys(wmi.classes).filter((name) => name.startsWith('Msvm_'));
    const shapes = (await inLab(
      {},
      `[void](Power 'build-golden' 2)
       $copy = '<INSTANCE CLASSNAME="Msvm_CopyFileToGuestSettingData"><PROPERTY NAME="SourcePath" TYPE="string"><VALUE>/x</VALUE></PROPERTY><PROPERTY NAME="DestinationPath" TYPE="string"><VALUE>/x</VALUE></PROPERTY></INSTANCE>'
       [void](CimCmdlets\\Invoke-CimMethod -InputObject (Component 'web-ubuntu' 'Msvm_GuestFileService') -MethodName CopyFilesToGuest -Arguments @{ CopyFileToGuestSettings = [string[]]@($copy) })
       $answer = @{}
       foreach ($name in ${names.map((name) => `'${name}'`).join(', ')}) {
         $row = @(Ask $name)[-1]
         $properties = @{}
         foreach ($key in $row.CimInstanceProperties.Keys) {
           $value = $row.CimInstanceProperties[$key].Value
           $type = $null
           if ($null -ne $value) { $type = $value.GetType().Name }
           if ($null -ne $value -and $row.$key -ne $value -and $value -isnot [array]) { $type = 'two values' }
           $properties[$key] = $type
         }
         $answer[$name] = @{ typeName = $row.PSObject.TypeNames[0]; className = $row.CimClass.CimClassName; properties = $properties }
       }`,
    )) as Record<string, Shape>;
    for (const name of names) {
      const shape = shapes[name];
      assert.ok(shape, `the lab has ${name}`);
      assert.equal(shape.typeName, `Microsoft.Management.Infrastructure.CimInstance#root/virtualization/v2/${name}`);
      assert.equal(shape.className, name);
      const documented = documentedTypes(name);
      if (name !== undocumented) assert.deepEqual(Object.keys(shape.properties).sort(), Object.keys(documented).sort());
      for (const [property, actual] of Object.entries(shape.properties)) {
        if (actual === null || (name === undocumented && documented[property] === undefined)) continue;
        assert.equal(actual, documented[property], `${name}.${property}`);
      }
    }
  });

  it('return the asked properties and the keys, and nothing else', async () => {
    const names = await inLab(
      {},
      `$answer = @((@(Ask 'Msvm_ComputerSystem' '' @('EnabledState'))[0]).CimInstanceProperties.Keys | Sort-Object)`,
    );
    assert.deepEqual(names, ['CreationClassName', 'EnabledState', 'Name']);
  });

  it('name the host itself among the computer systems, and checkpoints among the settings', async () => {
    const answer = await inLab(
      {},
      `$answer = @{
         host = @(Ask 'Msvm_ComputerSystem' "Name='HV-LAB1'").Count
         settings = @(Ask 'Msvm_VirtualSystemSettingData' '' @('InstanceID')).Count
         realized = @(Ask 'Msvm_VirtualSystemSettingData' "VirtualSystemType='Microsoft:Hyper-V:System:Realized'" @('InstanceID')).Count
       }`,
    );
    assert.deepEqual(answer, { host: 1, settings: 14, realized: 7 });
  });

  it('are found by the filters that callers use', async () => {
    const answer = await inLab(
      {},
      `$id = (Vm 'DC01').Name
       $component = '9F8233AC-BE49-4C79-8EE3-E7E1985B2077'
       $answer = @(
         @(Ask 'Msvm_ShutdownComponentSettingData' "InstanceID LIKE 'Microsoft:$id%'").Count,
         @(Ask 'Msvm_ShutdownComponentSettingData' "InstanceID='Microsoft:$id\\\\$component'").Count,
         @(Ask 'Msvm_ComputerSystem' "EnabledState=3 AND ElementName LIKE 'b%'").Count,
         @(CimCmdlets\\Get-CimInstance -Namespace $namespace -Query "SELECT Name FROM Msvm_ComputerSystem WHERE EnabledState <> 2").Count,
         @(Ask 'Msvm_ComputerSystem' "Name='00000000-0000-0000-0000-000000000000'").Count)`,
    );
    assert.deepEqual(answer, [1, 1, 2, 2, 0]);
  });

  it('can be read again by their keys', async () => {
    const answer = await inLab(
      {},
      `$vm = Vm 'build-golden'; [void](Power 'build-golden' 2); Later 1300
       $again = CimCmdlets\\Get-CimInstance -InputObject $vm
       $answer = @([int]$vm.EnabledState, [int]$again.EnabledState)`,
    );
    assert.deepEqual(answer, [3, 2]);
  });

  it('fail with the ids and categories of the real cmdlets', async () => {
    const answer = await inLab(
      {},
      `$answer = @{
         class = Failure { Ask 'Msvm_Nothing' }
         namespace = Failure { CimCmdlets\\Get-CimInstance -Namespace 'root\\nothing' -ClassName X -ErrorAction Stop }
         query = Failure { Ask 'Msvm_ComputerSystem' 'Name ~ 3' }
         vm = Failure { Hyper-V\\Get-VM -Name 'N1' -ErrorAction Stop }
         quiet = @(Hyper-V\\Get-VM -Name 'N1' -ErrorAction SilentlyContinue).Count
       }`,
    );
    const cim = ',Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand';
    assert.deepEqual(answer, {
      class: {
        id: `HRESULT 0x80041010${cim}`,
        category: 'MetadataError',
        reason: 'CimException',
        target: 'root\\virtualization\\v2:Msvm_Nothing',
        text: 'Invalid class',
      },
      namespace: {
        id: `HRESULT 0x8004100e${cim}`,
        category: 'MetadataError',
        reason: 'CimException',
        target: 'root\\nothing',
        text: 'Invalid namespace',
      },
      query: {
        id: `HRESULT 0x80041017${cim}`,
        category: 'InvalidArgument',
        reason: 'CimException',
        target: 'Name ~ 3',
        text: 'Invalid query',
      },
      vm: {
        id: 'InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVM',
        category: 'InvalidArgument',
        reason: 'VirtualizationException',
        target: 'N1',
        text: 'Hyper-V was unable to find a virtual machine with name "N1".',
      },
      quiet: 0,
    });
  });
});

/** Property to .NET type, as the documentation of a class lists them. */
function documentedTypes(name: string): Record<string, string> {
  const { properties } = (wmi.classes as Record<string, { properties: Record<string, string> }>)[name] ?? {
    properties: {},
  };
  return Object.fromEntries(
    Object.entries(properties).map(([property, cim]) => {
      const array = cim.endsWith('[]');
      const word = cim.replace('[]', '').toLowerCase();
      return [property, (types[word] ?? word) + (array ? '[]' : '')];
    }),
  );
}
