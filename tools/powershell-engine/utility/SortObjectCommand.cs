using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sorts, keeping equal objects in order (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/sort-object).</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : ItemCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void EndProcessing()
    {
        var readers = PropertyReader.FromArguments(Property);
        var keyed = Items.Select(item => (item, keys: readers.Count == 0 ? [item] : readers.Select(reader => reader.Value(item)).ToArray())).ToList();
        var order = Comparer<object?[]>.Create((a, b) => Compare(a, b, readers));
        var sorted = keyed.OrderBy(pair => pair.keys, order).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            if (!Unique || i == 0 || order.Compare(sorted[i - 1].keys, sorted[i].keys) != 0)
            {
                WriteObject(sorted[i].item);
            }
        }
    }

    private int Compare(object?[] a, object?[] b, List<PropertyReader> readers)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var order = ValueComparer.Instance.Compare(a[i], b[i]);
            if (order != 0)
            {
                var descending = (i < readers.Count ? readers[i].Descending : null) ?? Descending.ToBool();
                return descending ? -order : order;
            }
        }

        return 0;
    }
}
