using System;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shared by the variable cmdlets: which scope is meant (about_Scopes).</summary>
public abstract class VariableCommand : PSCmdlet
{
    /// <summary>Numbers of parent scopes are left out: the engine keeps them to itself.</summary>
    [Parameter]
    [ValidateSet("Global", "Script", "Local", "0")]
    public string? Scope { get; set; }

    /// <summary>The name with its scope in front, as the engine's own lookup understands it.</summary>
    protected string Qualified(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Scope is null or "0" ? (Scope is null ? name : "local:" + name) : Scope.ToLowerInvariant() + ":" + name;
    }

    protected void WriteNotFound(string name) => WriteError(new ErrorRecord(
        new ItemNotFoundException($"Cannot find a variable with the name '{name}'."), "VariableNotFound", ErrorCategory.ObjectNotFound, name));
}
