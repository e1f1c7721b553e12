using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Writes to the verbose stream (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/write-verbose).</summary>
[Cmdlet(VerbsCommunications.Write, "Verbose")]
public sealed class WriteVerboseCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = "";

    protected override void ProcessRecord() => WriteVerbose(Message);
}
