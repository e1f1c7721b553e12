using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>One group of Group-Object.</summary>
public class GroupInfo
{
    internal GroupInfo(object?[] values, IEnumerable<PSObject> items)
    {
        Values = new ArrayList(values);
        Name = string.Join(", ", values.Select(value => value is null ? "" : PSObject.AsPSObject(value).ToString()));
        Group = new Collection<PSObject>(items.ToList());
        Count = Group.Count;
    }

    public ArrayList Values { get; }

    public string Name { get; }

    public Collection<PSObject> Group { get; }

    public int Count { get; }
}

/// <summary>A group of <c>Group-Object -NoElement</c>.</summary>
public sealed class GroupInfoNoElement
{
    internal GroupInfoNoElement(GroupInfo group) => (Count, Name, Values) = (group.Count, group.Name, group.Values);

    public int Count { get; }

    public string Name { get; }

    public ArrayList Values { get; }
}

/// <summary>Groups by equal values, case ignored (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/group-object).</summary>
[Cmdlet(VerbsData.Group, "Object", DefaultParameterSetName = "Groups")]
public sealed class GroupObjectCommand : ItemCommand
{
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    [Parameter(ParameterSetName = "HashTable", Mandatory = true)]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter(ParameterSetName = "HashTable")]
    public SwitchParameter AsString { get; set; }

    protected override void EndProcessing()
    {
        var readers = PropertyReader.FromArguments(Property);
        var order = Comparer<object?[]>.Create((a, b) => a.Select((value, i) => ValueComparer.Instance.Compare(value, b[i])).FirstOrDefault(result => result != 0));
        // Sorted by the values, as PowerShell 7 does.
        var groups = new SortedDictionary<object?[], List<PSObject>>(order);
        foreach (var item in Items)
        {
            var key = readers.Count == 0 ? [item.BaseObject is PSCustomObject ? item : item.BaseObject] : readers.Select(reader => reader.Value(item)).ToArray();
            if (!groups.TryGetValue(key, out var members))
            {
                groups[key] = members = [];
            }

            members.Add(item);
        }

        var results = groups.Select(group => new GroupInfo(group.Key, group.Value)).ToList();
        if (AsHashTable)
        {
            WriteObject(Table(results));
            return;
        }

        foreach (var result in results)
        {
            WriteObject(NoElement ? new GroupInfoNoElement(result) : result);
        }
    }

    private Hashtable Table(List<GroupInfo> groups)
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var key = AsString || group.Values.Count > 1 ? group.Name : group.Values[0];
            table[(key is PSObject wrapper ? wrapper.BaseObject : key) ?? ""] = group.Group;
        }

        return table;
    }
}
