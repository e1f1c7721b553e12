using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Removes items of any provider (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/remove-item).</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path")]
public sealed class RemoveItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => ForEachPath(path => InvokeProvider.Item.Remove([path], Recurse, Force, IsLiteral));
}
