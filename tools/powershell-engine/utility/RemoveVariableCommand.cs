using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Removes variables by their literal names (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/remove-variable).</summary>
[Cmdlet(VerbsCommon.Remove, "Variable")]
public sealed class RemoveVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (SessionState.PSVariable.Get(Qualified(name)) is null)
            {
                WriteNotFound(name);
            }
            else
            {
                SessionState.PSVariable.Remove(Qualified(name));
            }
        }
    }
}
