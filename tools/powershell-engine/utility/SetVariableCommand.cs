using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sets or makes variables (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/set-variable).</summary>
[Cmdlet(VerbsCommon.Set, "Variable")]
public sealed class SetVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1)]
    public object? Value { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            // Without a scope the variable of the current one is meant, never a parent's.
            SessionState.PSVariable.Set(Scope is null ? "local:" + name : Qualified(name), Value);
        }
    }
}
