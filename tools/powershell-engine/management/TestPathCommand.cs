using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Does an item exist? (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/test-path)</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PathCommand
{
    [Parameter]
    public TestPathType PathType { get; set; } = TestPathType.Any;

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        var exists = InvokeProvider.Item.Exists(path, force: true, IsLiteral);
        if (exists && PathType != TestPathType.Any)
        {
            exists = InvokeProvider.Item.IsContainer(path) == (PathType == TestPathType.Container);
        }

        WriteObject(exists);
    });
}

/// <summary>The kinds of Test-Path -PathType.</summary>
public enum TestPathType
{
    Any,
    Container,
    Leaf,
}
