using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// PowerShell's order of values: case ignored, null before everything, values of different kinds by their text
/// (Sort-Object, ObjectCommandComparer.cs).
/// </summary>
internal sealed class ValueComparer : IComparer<object?>
{
    public static ValueComparer Instance { get; } = new();

    public int Compare(object? x, object? y)
    {
        var (a, b) = (Unwrap(x), Unwrap(y));
        if (a is null || b is null)
        {
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        }

        return LanguagePrimitives.TryCompare(a, b, ignoreCase: true, CultureInfo.CurrentCulture, out var order)
            ? order
            : string.Compare(Text(a), Text(b), CultureInfo.CurrentCulture, CompareOptions.IgnoreCase);
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapper ? wrapper.BaseObject : value;

    private static string Text(object value) => PSObject.AsPSObject(value).ToString();
}
