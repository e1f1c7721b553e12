using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace HyperVLab.PowerShellEngine;

/// <summary>
/// A stand-in for <c>pwsh</c> around the real PowerShell engine. Started by <c>tools/lib/powershell.mjs</c> on machines where
/// PowerShell itself cannot be had.
/// </summary>
internal static class Program
{
    /// <summary>The <c>EX_USAGE</c> of sysexits.h, which real pwsh also returns for a bad command line (about_Pwsh).</summary>
    private const int BadCommandLine = 64;

    private static int Main(string[] args)
    {
        CommandLine commandLine;
        try
        {
            commandLine = CommandLine.Parse(args);
        }
        catch (CommandLineException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return BadCommandLine;
        }

        if (commandLine.Mode == RunMode.Version)
        {
            Console.Out.WriteLine("PowerShell " + EngineVersion);
            return 0;
        }

        // The engine itself reports usage to Microsoft when it opens a runspace (about_Telemetry); it must be told before that.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var host = new EngineHost();
        // CreateDefault2 holds the core commands only; the rest is found by module auto-loading, as in real pwsh.
        using var runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        // The console host runs all its pipelines on one thread (ConsoleHost.cs, DoCreateRunspace).
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        var executor = new Executor(runspace, host);
        Console.CancelKeyPress += (_, e) => e.Cancel = executor.StopCurrent();

        var exitCode = commandLine.Mode switch
        {
            RunMode.StandardInput => new InputLoop(executor, host, Console.In).Run(),
            RunMode.Text => executor.RunText(commandLine.Text),
            RunMode.File => executor.RunFile(commandLine.Text, commandLine.Arguments),
            _ => throw new InvalidOperationException("Unknown mode " + commandLine.Mode),
        };
        // Runspaces opened by scripts keep foreground threads; real pwsh leaves with Environment.Exit too (ManagedEntrance.cs).
        Console.Out.Flush();
        Environment.Exit(exitCode);
        return exitCode;
    }

    /// <summary>The version of the engine, for instance 7.6.9.</summary>
    internal static string EngineVersion => PSVersionInfo.PSVersion.ToString();
}
