using System;
using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Running processes, all or by number (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-process).
/// </summary>
[Cmdlet(VerbsCommon.Get, "Process", DefaultParameterSetName = "Name")]
[OutputType(typeof(Process))]
public sealed class GetProcessCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "Id", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PID")]
    public int[] Id { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (ParameterSetName != "Id")
        {
            WriteObject(Process.GetProcesses(), enumerateCollection: true);
            return;
        }

        foreach (var id in Id)
        {
            try
            {
                WriteObject(Process.GetProcessById(id));
            }
            catch (ArgumentException)
            {
                WriteError(new ErrorRecord(
                    new InvalidOperationException($"Cannot find a process with the process identifier {id}."),
                    "NoProcessFoundForGivenId", ErrorCategory.ObjectNotFound, id));
            }
        }
    }
}
