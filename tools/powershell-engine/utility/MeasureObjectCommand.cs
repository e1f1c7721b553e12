using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>The answer of Measure-Object; what was not asked for is null.</summary>
public sealed class GenericMeasureInfo
{
    public int Count { get; internal init; }

    public double? Average { get; internal init; }

    public double? Sum { get; internal init; }

    public object? Maximum { get; internal init; }

    public object? Minimum { get; internal init; }

    public string? Property { get; internal init; }
}

/// <summary>Counts and adds up (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/measure-object).</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : ItemCommand
{
    [Parameter(Position = 0)]
    public string[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    protected override void EndProcessing()
    {
        if (Property.Length == 0)
        {
            WriteObject(Measure(null, Items.Select(item => item.BaseObject).ToList()));
        }

        foreach (var name in Property)
        {
            var values = Items.Select(item => item.Properties[name]?.Value).OfType<object>().ToList();
            if (values.Count == 0)
            {
                WriteError(new ErrorRecord(new PSArgumentException($"The property \"{name}\" cannot be found in the input for any objects."),
                    "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, null));
                continue;
            }

            WriteObject(Measure(name, values));
        }
    }

    private GenericMeasureInfo Measure(string? name, List<object> values)
    {
        var numbers = Sum || Average ? values.Select(Number).OfType<double>().ToList() : [];
        return new GenericMeasureInfo
        {
            Property = name,
            Count = values.Count,
            Sum = Sum ? numbers.Sum() : null,
            Average = Average && numbers.Count > 0 ? numbers.Average() : null,
            Maximum = Maximum ? Extreme(values, 1) : null,
            Minimum = Minimum ? Extreme(values, -1) : null,
        };
    }

    private double? Number(object value)
    {
        if (LanguagePrimitives.TryConvertTo(value, CultureInfo.CurrentCulture, out double number))
        {
            return number;
        }

        WriteError(new ErrorRecord(new InvalidOperationException($"Input object \"{value}\" is not numeric."),
            "NonNumericInputObject", ErrorCategory.InvalidType, value));
        return null;
    }

    /// <summary>Numbers are answered as double, other values as they are.</summary>
    private static object? Extreme(List<object> values, int sign)
    {
        object? best = null;
        foreach (var value in values)
        {
            if (best is null || Math.Sign(ValueComparer.Instance.Compare(value, best)) == sign)
            {
                best = value;
            }
        }

        var bare = best is PSObject wrapper ? wrapper.BaseObject : best;
        return bare is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal
            ? Convert.ToDouble(bare, CultureInfo.InvariantCulture)
            : best;
    }
}
