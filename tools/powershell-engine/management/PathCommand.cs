using System;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shared by the cmdlets that take paths: -Path with wildcards, -LiteralPath without (about_Wildcards).</summary>
public abstract class PathCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>True when the paths are to be taken as they are.</summary>
    protected bool IsLiteral => ParameterSetName == "LiteralPath";

    /// <summary>The paths given, by whichever parameter.</summary>
    protected string[] Paths => IsLiteral ? LiteralPath : Path;

    /// <summary>Reports what the engine says about a path and goes on with the next one.</summary>
    protected void ForEachPath(Action<string> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        foreach (var path in Paths)
        {
            try
            {
                action(path);
            }
            catch (Exception failure) when (failure is IContainsErrorRecord and not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(((IContainsErrorRecord)failure).ErrorRecord, failure));
            }
        }
    }

    /// <summary>The file-system paths behind a path; other providers are left out.</summary>
    protected string[] Files(string path)
    {
        if (IsLiteral)
        {
            return [GetUnresolvedProviderPathFromPSPath(path)];
        }

        var found = GetResolvedProviderPathFromPSPath(path, out _);
        return [.. found];
    }
}
