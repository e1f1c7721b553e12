using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Asks the user, which fails here as it does under -NonInteractive
/// (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/read-host).
/// </summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
[OutputType(typeof(string))]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            if (Prompt is not null)
            {
                Host.UI.Write(PSObject.AsPSObject(Prompt) + ": ");
            }

            WriteObject(Host.UI.ReadLine());
        }
        catch (PSInvalidOperationException refused)
        {
            ThrowTerminatingError(new ErrorRecord(refused, "InvalidOperation", ErrorCategory.InvalidOperation, null));
        }
    }
}
