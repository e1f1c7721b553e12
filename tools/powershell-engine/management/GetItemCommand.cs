using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Items of any provider (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-item).</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : PathCommand
{
    protected override void ProcessRecord() => ForEachPath(path => WriteObject(InvokeProvider.Item.Get([path], force: false, IsLiteral), true));
}
