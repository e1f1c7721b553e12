using System.Collections.Generic;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Objects to JSON text (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json). Several objects
/// from the pipeline become one array.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> collected = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>How many levels below the top are written as objects.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => collected.Add(InputObject);

    protected override void EndProcessing()
    {
        if (collected.Count == 0)
        {
            return;
        }

        var writer = new JsonWriter(Depth, Compress, () => Stopping);
        var json = writer.Write(collected.Count > 1 || AsArray ? collected : collected[0]);
        if (writer.Truncated)
        {
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }

        WriteObject(json);
    }
}
