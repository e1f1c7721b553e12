using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace HyperVLab.PowerShellEngine;

/// <summary>
/// Output, warnings and the like go to stdout, errors to stderr; whatever would ask the user throws
/// (ConsoleHostUserInterface.cs, ThrowOnReadAndPrompt). Nothing is ever coloured.
/// </summary>
internal sealed class EngineUserInterface : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new EngineRawUserInterface();

    public override bool SupportsVirtualTerminal => false;

    /// <summary>The exception and the text of real pwsh under -NonInteractive (ConsoleHostUserInterfaceStrings.resx).</summary>
    public static PSInvalidOperationException NonInteractive() =>
        new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    // The console is asked anew each time: a script may have called [Console]::SetOut.
    public override void Write(string value) => Console.Out.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Plain(value));

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(Plain(value));

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    /// <summary>Silent: 7.x draws no progress when stdout is redirected.</summary>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw NonInteractive();

    public override SecureString ReadLineAsSecureString() => throw NonInteractive();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw NonInteractive();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw NonInteractive();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw NonInteractive();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NonInteractive();

    /// <summary>Without escape sequences, as real pwsh writes where there is no terminal (about_ANSI_Terminals).</summary>
    private static string? Plain(string? value) =>
        value is null || !value.Contains('\u001b', StringComparison.Ordinal) ? value : new StringDecorated(value).ToString(OutputRendering.PlainText);
}
