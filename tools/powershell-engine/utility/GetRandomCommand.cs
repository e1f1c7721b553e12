using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>A random number or object (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/get-random).</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "RandomNumber")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object?> items = [];

    /// <summary>The number is below it; int.MaxValue if not given.</summary>
    [Parameter(ParameterSetName = "RandomNumber", Position = 0)]
    public object? Maximum { get; set; }

    [Parameter(ParameterSetName = "RandomNumber")]
    public object? Minimum { get; set; }

    [Parameter(ParameterSetName = "RandomListItem", Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object?[] InputObject { get; set; } = [];

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "RandomListItem")
        {
            items.AddRange(InputObject ?? [null]);
        }
    }

    protected override void EndProcessing()
    {
        if (ParameterSetName == "RandomListItem")
        {
            if (items.Count > 0)
            {
                WriteObject(items[Random.Shared.Next(items.Count)]);
            }

            return;
        }

        object low = Bare(Minimum) ?? 0, high = Bare(Maximum) ?? int.MaxValue;
        if (low is double or float || high is double or float)
        {
            var (from, to) = (Convert.ToDouble(low, CultureInfo.InvariantCulture), Convert.ToDouble(high, CultureInfo.InvariantCulture));
            Check(from < to);
            WriteObject(from + (Random.Shared.NextDouble() * (to - from)));
        }
        else
        {
            var (from, to) = (Convert.ToInt64(low, CultureInfo.InvariantCulture), Convert.ToInt64(high, CultureInfo.InvariantCulture));
            Check(from < to);
            var number = Random.Shared.NextInt64(from, to);
            WriteObject(low is long || high is long ? number : (object)(int)number);
        }
    }

    private static object? Bare(object? value)
    {
        var bare = value is PSObject wrapper ? wrapper.BaseObject : value;
        return bare is string text ? LanguagePrimitives.ConvertTo<long>(text) : bare;
    }

    private void Check(bool valid)
    {
        if (!valid)
        {
            ThrowTerminatingError(new ErrorRecord(new ArgumentException($"The Minimum value ({Minimum ?? 0}) cannot be greater than or equal to the Maximum value ({Maximum})."),
                "MinGreaterThanOrEqualMax", ErrorCategory.InvalidArgument, null));
        }
    }
}
