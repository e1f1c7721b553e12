using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>The current location (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-location).</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}
