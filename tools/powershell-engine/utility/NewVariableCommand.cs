using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Makes a variable that does not exist yet (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/new-variable).</summary>
[Cmdlet(VerbsCommon.New, "Variable")]
public sealed class NewVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = "";

    [Parameter(Position = 1)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var place = Scope is null ? "local:" + Name : Qualified(Name);
        if (!Force && SessionState.PSVariable.Get(place) is not null)
        {
            WriteError(new ErrorRecord(new SessionStateException($"A variable with name '{Name}' already exists."),
                "VariableAlreadyExists", ErrorCategory.ResourceExists, Name));
            return;
        }

        SessionState.PSVariable.Set(place, Value);
    }
}
