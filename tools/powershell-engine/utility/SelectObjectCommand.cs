using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Picks objects or properties (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/select-object). All input is
/// read: unlike the real one, -First does not stop the commands before it.
/// </summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : ItemCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void EndProcessing()
    {
        var readers = PropertyReader.FromArguments(Property);
        var results = Chosen().SelectMany(item => ExpandProperty is null ? [Project(item, readers)] : Expand(item, readers));
        foreach (var result in Unique ? Distinct(results) : results)
        {
            WriteObject(result);
        }
    }

    /// <summary>-Skip counts from the end when only -Last is given (documented under -Skip).</summary>
    private IEnumerable<PSObject> Chosen()
    {
        if (First < 0 && Last >= 0)
        {
            return Items.SkipLast(Skip).TakeLast(Last);
        }

        var rest = Items.Skip(Skip).ToList();
        if (First < 0)
        {
            return rest;
        }

        return Last < 0 ? rest.Take(First) : rest.Take(First).Concat(rest.Skip(First).TakeLast(Last));
    }

    private static PSObject Project(PSObject item, List<PropertyReader> readers)
    {
        if (readers.Count == 0)
        {
            return item;
        }

        var result = new PSObject();
        result.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType());
        foreach (var reader in readers)
        {
            foreach (var property in reader.Resolve(item))
            {
                var name = reader.Label ?? property.ToString();
                if (result.Properties[name] is null)
                {
                    // A name is written as the object spells it.
                    name = reader.Label is null && item.Properties[name] is { } known ? known.Name : name;
                    result.Properties.Add(new PSNoteProperty(name, PropertyReader.Value(property, item)));
                }
            }
        }

        return result;
    }

    private IEnumerable<PSObject> Expand(PSObject item, List<PropertyReader> readers)
    {
        var found = new PSPropertyExpression(ExpandProperty).ResolveNames(item);
        if (found.Count == 0)
        {
            WriteError(new ErrorRecord(new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
                "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            yield break;
        }

        var value = PropertyReader.Value(found[0], item);
        var values = LanguagePrimitives.GetEnumerable(value) ?? (value is null ? System.Array.Empty<object>() : new[] { value });
        foreach (var one in values)
        {
            var result = PSObject.AsPSObject(one);
            foreach (var reader in readers)
            {
                foreach (var property in reader.Resolve(item))
                {
                    result.Properties.Add(new PSNoteProperty(reader.Label ?? property.ToString(), PropertyReader.Value(property, item)));
                }
            }

            yield return result;
        }
    }

    /// <summary>Two objects are the same when all properties are; texts are compared with case here.</summary>
    private static IEnumerable<PSObject> Distinct(IEnumerable<PSObject> items)
    {
        var seen = new List<PSObject>();
        foreach (var item in items)
        {
            if (!seen.Exists(other => Same(other, item)))
            {
                seen.Add(item);
                yield return item;
            }
        }
    }

    private static bool Same(PSObject one, PSObject other)
    {
        if (one.BaseObject is not PSCustomObject || other.BaseObject is not PSCustomObject)
        {
            return LanguagePrimitives.Equals(one, other, ignoreCase: false);
        }

        return one.Properties.Count() == other.Properties.Count()
            && one.Properties.All(property => other.Properties[property.Name] is { } twin && LanguagePrimitives.Equals(property.Value, twin.Value, ignoreCase: false));
    }
}
