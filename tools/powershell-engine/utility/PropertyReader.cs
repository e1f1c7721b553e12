using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// A -Property argument as the object cmdlets take it: a name (wildcards allowed), a script block, or a hashtable with a Name or Label
/// and an Expression (about_Calculated_Properties).
/// </summary>
internal sealed class PropertyReader
{
    private readonly PSPropertyExpression expression;

    private PropertyReader(string? label, PSPropertyExpression expression, bool? descending)
    {
        Label = label;
        this.expression = expression;
        Descending = descending;
    }

    /// <summary>The name given in a hashtable; null when there was none.</summary>
    public string? Label { get; }

    /// <summary>The Ascending or Descending entry of a hashtable; null when there was none.</summary>
    public bool? Descending { get; }

    /// <summary>Reads the arguments; throws PSArgumentException when one is of another kind.</summary>
    public static List<PropertyReader> FromArguments(IEnumerable<object> arguments) => arguments.Select(FromArgument).ToList();

    /// <summary>The property names that fit, or the script block, for <paramref name="item"/>.</summary>
    public List<PSPropertyExpression> Resolve(PSObject item) => expression.HasWildCardCharacters ? expression.ResolveNames(item) : [expression];

    /// <summary>The value for <paramref name="item"/>; null when there is none or reading it fails.</summary>
    public object? Value(PSObject item) => Value(expression, item);

    /// <summary>Several values, which only a script block can give, become one array.</summary>
    public static object? Value(PSPropertyExpression expression, PSObject item)
    {
        var results = expression.GetValues(item);
        return results.Count switch
        {
            0 => null,
            1 => results[0].Exception is null ? results[0].Result : null,
            _ => results.Select(result => result.Result).ToArray(),
        };
    }

    private static PropertyReader FromArgument(object argument)
    {
        var value = argument is PSObject wrapper ? wrapper.BaseObject : argument;
        if (value is not IDictionary table)
        {
            return new PropertyReader(null, Expression(value), null);
        }

        string? label = null;
        object? expression = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var key = entry.Key.ToString() ?? "";
            if (IsShortFor(key, "Name") || IsShortFor(key, "Label"))
            {
                label = entry.Value?.ToString();
            }
            else if (IsShortFor(key, "Expression"))
            {
                expression = entry.Value is PSObject inner ? inner.BaseObject : entry.Value;
            }
            else if (IsShortFor(key, "Descending"))
            {
                descending = LanguagePrimitives.IsTrue(entry.Value);
            }
            else if (IsShortFor(key, "Ascending"))
            {
                descending = !LanguagePrimitives.IsTrue(entry.Value);
            }
            else
            {
                throw new PSArgumentException($"The key '{key}' is not valid in a calculated property.");
            }
        }

        return new PropertyReader(label, Expression(expression ?? label ?? throw new PSArgumentException("A calculated property needs an Expression.")), descending);
    }

    private static bool IsShortFor(string key, string name) => key.Length > 0 && name.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static PSPropertyExpression Expression(object value) => value switch
    {
        ScriptBlock block => new PSPropertyExpression(block),
        string name => new PSPropertyExpression(name),
        _ => new PSPropertyExpression(value.ToString() ?? ""),
    };
}
