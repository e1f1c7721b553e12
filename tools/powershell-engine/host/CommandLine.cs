using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HyperVLab.PowerShellEngine;

/// <summary>What the command line asks for.</summary>
internal enum RunMode
{
    /// <summary><c>-Command -</c>, or nothing at all with stdin redirected.</summary>
    StandardInput,

    /// <summary><c>-Command text</c>.</summary>
    Text,

    /// <summary><c>-File script.ps1 arguments</c>.</summary>
    File,

    /// <summary><c>-Version</c>.</summary>
    Version,
}

/// <summary>A command line that this program does not understand.</summary>
internal sealed class CommandLineException(string message) : Exception(message);

/// <summary>
/// The part of pwsh's command line that we use. Names ignore case and may be shortened or written with <c>/</c> or <c>--</c>
/// (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh).
/// </summary>
internal sealed record CommandLine(RunMode Mode, string Text, IReadOnlyList<string> Arguments)
{
    /// <summary>Switches accepted and without effect here: there is no logo, no profile and no prompt anyway.</summary>
    private static readonly string[] IgnoredSwitches = ["NoLogo", "NoProfile", "NonInteractive", "NoExit", "NoProfileLoadTime", "MTA", "STA"];

    /// <summary>Parameters whose value is accepted and without effect: only Windows has execution policies (about_Execution_Policies).</summary>
    private static readonly string[] IgnoredValues = ["ExecutionPolicy", "ep", "ex", "InputFormat", "OutputFormat", "WindowStyle"];

    /// <summary>Reads the arguments; throws <see cref="CommandLineException"/> when one is unknown.</summary>
    public static CommandLine Parse(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            if (arg.Length < 2 || arg[0] is not ('-' or '/'))
            {
                return ForFile(args, i);
            }

            var name = arg.TrimStart('-', '/');
            if (Is(name, "Version", "v"))
            {
                return new CommandLine(RunMode.Version, "", []);
            }

            if (Is(name, "Command", "c"))
            {
                return ForCommand(args, i + 1);
            }

            if (Is(name, "File", "f"))
            {
                return ForFile(args, i + 1);
            }

            if (IgnoredSwitches.Any(s => Is(name, s, s.Length > 3 ? s[..3] : s)))
            {
                continue;
            }

            if (IgnoredValues.Any(s => Is(name, s, s.Length > 2 ? s[..2] : s)))
            {
                i++;
                continue;
            }

            throw new CommandLineException($"pwsh-engine: '{arg}' is not a parameter this stand-in for pwsh understands. "
                + "It takes -NoLogo -NoProfile -NonInteractive -ExecutionPolicy X -NoExit, and one of -Command, -File, -Version.");
        }

        return new CommandLine(RunMode.StandardInput, "", []);
    }

    private static CommandLine ForCommand(string[] args, int first)
    {
        if (first >= args.Length)
        {
            throw new CommandLineException("pwsh-engine: -Command needs a text, or '-' to read commands from standard input.");
        }

        if (args[first] != "-")
        {
            return new CommandLine(RunMode.Text, string.Join(' ', args.Skip(first)), []);
        }

        if (args.Length > first + 1)
        {
            throw new CommandLineException("pwsh-engine: '-' was specified with -Command; no other arguments are permitted after it.");
        }

        if (!Console.IsInputRedirected)
        {
            throw new CommandLineException("pwsh-engine: '-' was specified with -Command, but standard input has not been redirected.");
        }

        return new CommandLine(RunMode.StandardInput, "", []);
    }

    private static CommandLine ForFile(string[] args, int first)
    {
        if (first >= args.Length)
        {
            throw new CommandLineException("pwsh-engine: -File needs the path of a script.");
        }

        var path = Path.GetFullPath(args[first]);
        return System.IO.File.Exists(path)
            ? new CommandLine(RunMode.File, path, args[(first + 1)..])
            : throw new CommandLineException($"pwsh-engine: the script '{args[first]}' does not exist.");
    }

    /// <summary>True when <paramref name="name"/> is a beginning of <paramref name="full"/> no shorter than <paramref name="shortest"/>.</summary>
    private static bool Is(string name, string full, string shortest) =>
        name.Length >= shortest.Length && full.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
