using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HyperVLab.PowerShellEngine;

/// <summary>
/// Runs texts in the session's runspace through <c>Out-Default</c>, with errors merged into the output so that both keep their order
/// (ConsoleHost's Executor.cs, ExecutionOptions.AddOutputter).
/// </summary>
internal sealed class Executor(Runspace runspace, EngineHost host)
{
    private const string EngineContext = "System.Management.Automation.ExecutionContext, System.Management.Automation";

    /// <summary>The mark that tells Out-Default which stream an object came from; the engine keeps it to itself.</summary>
    private static readonly PropertyInfo ErrorStreamMark =
        typeof(PSObject).GetProperty("WriteStream", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException(nameof(PSObject), "WriteStream");

    private readonly object gate = new();
    private Pipeline? current;

    /// <summary>Runs one line or block of the input loop; a failure is reported and the loop goes on.</summary>
    public void RunInteractive(string text) => Run(pipeline => pipeline.Commands.AddScript(text), text, addToHistory: true);

    /// <summary>
    /// Runs the text of <c>-Command</c>. The exit code is 0 or 1 after <c>$?</c> of the last command, 1 after a terminating error,
    /// n after <c>exit n</c> (about_Pwsh, -Command).
    /// </summary>
    public int RunText(string text)
    {
        var finished = Run(pipeline => pipeline.Commands.AddScript(text), text, addToHistory: false);
        return host.ExitCode ?? (finished && LastCommandSucceeded() ? 0 : 1);
    }

    /// <summary>Runs a script file. The exit code is 0, 1 after a terminating error, n after <c>exit n</c> (about_Pwsh, -File).</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        var command = new Command(path, isScript: false, useLocalScope: false);
        for (var i = 0; i < arguments.Count; i++)
        {
            var isName = arguments[i].Length > 1 && arguments[i][0] == '-' && char.IsLetter(arguments[i][1]);
            if (!isName)
            {
                command.Parameters.Add(null, arguments[i]);
                continue;
            }

            // `-Name:value`, `-Name value`, or a switch: -Name followed by another name or by nothing.
            var colon = arguments[i].IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                command.Parameters.Add(arguments[i][1..colon], FileArgument(arguments[i][(colon + 1)..]));
            }
            else if (i + 1 < arguments.Count && !(arguments[i + 1].Length > 1 && arguments[i + 1][0] == '-' && char.IsLetter(arguments[i + 1][1])))
            {
                command.Parameters.Add(arguments[i][1..], arguments[++i]);
            }
            else
            {
                command.Parameters.Add(arguments[i][1..], true);
            }
        }

        // Without this, `exit n` would end the script only and the process would return 0 (ConsoleHost does the same for -File).
        SetExitEndsSession(ContextOf(runspace), true);
        var finished = Run(pipeline => pipeline.Commands.Add(command), null, addToHistory: false);
        return host.ExitCode ?? (finished ? 0 : 1);
    }

    // The engine keeps these to itself; the real console host is a friend assembly. The engine's version is pinned.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExecutionContext")]
    [return: UnsafeAccessorType(EngineContext)]
    private static extern object ContextOf(Runspace runspace);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_ScriptCommandProcessorShouldRethrowExit")]
    private static extern void SetExitEndsSession([UnsafeAccessorType(EngineContext)] object context, bool value);

    /// <summary>Stops what is running after Ctrl+C; false when nothing runs, so that the process ends.</summary>
    public bool StopCurrent()
    {
        lock (gate)
        {
            current?.StopAsync();
            return current is not null;
        }
    }

    /// <summary>Switch values of -File are written <c>-Switch:$true</c> (about_Pwsh, -File).</summary>
    private static object FileArgument(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };

    private bool LastCommandSucceeded() => runspace.SessionStateProxy.PSVariable.GetValue("?") is not false;

    private bool Run(Action<Pipeline> fill, string? historyText, bool addToHistory)
    {
        using var pipeline = historyText is not null && addToHistory ? runspace.CreatePipeline(historyText, true) : runspace.CreatePipeline();
        if (pipeline.Commands.Count == 0)
        {
            fill(pipeline);
        }

        pipeline.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        lock (gate)
        {
            current = pipeline;
        }

        try
        {
            pipeline.Invoke();
            return true;
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            Report(failure.ErrorRecord);
            return false;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        finally
        {
            lock (gate)
            {
                current = null;
            }
        }
    }

    /// <summary>Sends an error that ended a pipeline to <c>Out-Default</c> and to <c>$Error</c> (Executor and ConsoleHost.ReportException).</summary>
    private void Report(ErrorRecord error)
    {
        try
        {
            using var pipeline = runspace.CreatePipeline("$input", false);
            pipeline.Commands.Add("Out-Default");
            var wrapped = PSObject.AsPSObject(error);
            ErrorStreamMark.SetValue(wrapped, Enum.Parse(ErrorStreamMark.PropertyType, "Error"));
            pipeline.Input.Write(wrapped);
            pipeline.Input.Close();
            pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            host.UI.WriteErrorLine(error.ToString());
        }
    }
}
