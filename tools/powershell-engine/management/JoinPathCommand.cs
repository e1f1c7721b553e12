using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Joins a path and a child path (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/join-path).</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            WriteObject(SessionState.Path.Combine(path, ChildPath));
        }
    }
}
