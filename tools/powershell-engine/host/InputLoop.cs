using System;
using System.IO;
using System.Management.Automation.Language;
using System.Text;

namespace HyperVLab.PowerShellEngine;

/// <summary>
/// The loop of <c>-Command -</c>: a line that is complete runs at once; one that is not opens a block, which collects lines until a
/// blank one and then runs (ConsoleHost.cs, InputLoop.Run; PowerShell issue #3223).
/// </summary>
/// <param name="reader">
/// Must be <see cref="Console.In"/>: a script that reads <c>[Console]::In</c> continues with the byte after its own line.
/// </param>
internal sealed class InputLoop(Executor executor, EngineHost host, TextReader reader)
{
    /// <summary>Runs until the end of the input or an <c>exit</c>; returns the exit code.</summary>
    public int Run()
    {
        StringBuilder? block = null;
        while (host.ExitCode is null)
        {
            // The end of input ends the session; a block still open then is dropped, as the console host does.
            if (reader.ReadLine() is not { } line)
            {
                return 0;
            }

            if (block is not null)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    block.Append('\n').Append(line);
                    continue;
                }

                executor.RunInteractive(block.ToString());
                block = null;
            }
            else if (IsIncomplete(line))
            {
                block = new StringBuilder(line);
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                executor.RunInteractive(line);
            }
        }

        return host.ExitCode ?? 0;
    }

    /// <summary>The first error decides, as in the engine's own choice between ParseException and IncompleteParseException.</summary>
    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Length > 0 && errors[0].IncompleteInput;
    }
}
