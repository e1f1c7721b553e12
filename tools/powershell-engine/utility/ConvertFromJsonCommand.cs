using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Newtonsoft.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// JSON text to objects (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertfrom-json). Texts that look
/// like ISO dates become DateTime unless -DateKind String is given.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : Cmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(ValidateRangeKind.Positive)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    [Parameter]
    public JsonDateKind DateKind { get; set; } = JsonDateKind.Default;

    protected override void ProcessRecord() => lines.Add(InputObject);

    /// <summary>Several lines are separate texts when the first one is complete, otherwise one text (documented in the notes).</summary>
    protected override void EndProcessing()
    {
        var separate = lines.Count == 1;
        if (lines.Count > 1)
        {
            try
            {
                Parse(lines[0]);
                separate = true;
            }
            catch (ArgumentException)
            {
                separate = false;
            }
        }

        foreach (var text in separate ? lines : [string.Join(Environment.NewLine, lines)])
        {
            if (lines.Count > 0)
            {
                WriteObject(Parse(text), !NoEnumerate);
            }
        }
    }

    private object? Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text))
        {
            MaxDepth = Depth,
            FloatParseHandling = FloatParseHandling.Double,
            DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
            DateParseHandling = DateKind switch
            {
                JsonDateKind.String => DateParseHandling.None,
                JsonDateKind.Offset => DateParseHandling.DateTimeOffset,
                _ => DateParseHandling.DateTime,
            },
        };
        try
        {
            return new JsonReaderToObject(reader, AsHashtable, DateKind).Read();
        }
        catch (JsonRuleException broken)
        {
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(broken.Message), broken.Id, ErrorCategory.InvalidOperation, null));
            return null;
        }
        catch (JsonException failure)
        {
            // Real ConvertFrom-Json wraps it the same way: the id becomes System.ArgumentException,…ConvertFromJsonCommand.
            throw new ArgumentException("Conversion from JSON failed with error: " + failure.Message, failure);
        }
    }
}
