using System.Collections.Generic;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shared by the cmdlets that must see all objects before they answer.</summary>
public abstract class ItemCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What came in so far; nulls are left out, as the real cmdlets do.</summary>
    protected List<PSObject> Items { get; } = [];

    protected override void ProcessRecord()
    {
        if (InputObject is not null && InputObject != System.Management.Automation.Internal.AutomationNull.Value)
        {
            Items.Add(InputObject);
        }
    }
}
