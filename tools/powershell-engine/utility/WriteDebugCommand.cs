using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Writes to the debug stream (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/write-debug).</summary>
[Cmdlet(VerbsCommunications.Write, "Debug")]
public sealed class WriteDebugCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = "";

    protected override void ProcessRecord() => WriteDebug(Message);
}
