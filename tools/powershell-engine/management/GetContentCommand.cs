using System.IO;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// The lines of files, or with -Raw the text (https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-content).
/// UTF-8, files only.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
[OutputType(typeof(string))]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (var file in Files(path))
        {
            if (!File.Exists(file))
            {
                WriteError(new ErrorRecord(new ItemNotFoundException($"Cannot find path '{file}' because it does not exist."),
                    "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
            else
            {
                WriteObject(Raw ? File.ReadAllText(file) : File.ReadAllLines(file), enumerateCollection: true);
            }
        }
    });
}
