using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Writes to the warning stream (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/write-warning).</summary>
[Cmdlet(VerbsCommunications.Write, "Warning")]
public sealed class WriteWarningCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = "";

    protected override void ProcessRecord() => WriteWarning(Message);
}
