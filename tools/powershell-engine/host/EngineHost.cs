using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace HyperVLab.PowerShellEngine;

/// <summary>The host that scripts see as <c>$Host</c>: the console host with -NonInteractive.</summary>
internal sealed class EngineHost : PSHost
{
    private readonly EngineUserInterface ui = new();

    /// <summary>Set by the first <c>exit</c>; null while the session goes on.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "ConsoleHost";

    public override Version Version { get; } = new(Program.EngineVersion);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => ui;

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw EngineUserInterface.NonInteractive();

    public override void ExitNestedPrompt() => throw EngineUserInterface.NonInteractive();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
