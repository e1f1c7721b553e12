using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Writes a file, one line a value (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/set-content).
/// UTF-8 without a mark, files only.
/// </summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path")]
public sealed class SetContentCommand : PSCmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true)]
    public string Path { get; set; } = "";

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = "";

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[] Value { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var value in Value ?? [])
        {
            lines.Add(value is null ? "" : PSObject.AsPSObject(value).ToString());
        }
    }

    protected override void EndProcessing()
    {
        var file = GetUnresolvedProviderPathFromPSPath(ParameterSetName == "LiteralPath" ? LiteralPath : Path);
        var end = NoNewline ? "" : Environment.NewLine;
        File.WriteAllText(file, lines.Count == 0 ? "" : string.Join(end, lines) + end);
    }
}
