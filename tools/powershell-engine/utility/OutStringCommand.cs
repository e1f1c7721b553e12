using System;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Runspaces;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// What Out-Default would show, as text (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/out-string). The
/// engine's own formatter runs in a runspace whose host collects the text.
/// </summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : ItemCommand
{
    /// <summary>The width real Out-String takes from a host without a terminal.</summary>
    private const int DefaultWidth = 120;

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = DefaultWidth;

    [Parameter]
    public SwitchParameter Stream { get; set; }

    protected override void EndProcessing()
    {
        var host = new CollectingHost(Width);
        using var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.Open();
        using var pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        pipeline.Invoke(Items);
        // Nobody reads colours here: real Out-String leaves them out when the host has no terminal.
        var text = new StringDecorated(host.Text).ToString(OutputRendering.PlainText);
        if (!Stream)
        {
            WriteObject(text);
            return;
        }

        var lines = text.Split(Environment.NewLine);
        for (var i = 0; i < lines.Length - 1; i++)
        {
            WriteObject(lines[i]);
        }
    }
}
