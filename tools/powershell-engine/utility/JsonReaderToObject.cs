using System;
using System.Collections.Generic;
using System.Management.Automation;
using Newtonsoft.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>What ConvertFrom-Json makes of texts that look like dates (its parameter -DateKind, PowerShell 7.5 and later).</summary>
public enum JsonDateKind
{
    Default,
    Local,
    Utc,
    Offset,
    String,
}

/// <summary>A rule of ConvertFrom-Json was broken; carries the id of the error.</summary>
internal sealed class JsonRuleException(string id, string message) : Exception(message)
{
    public string Id { get; } = id;
}

/// <summary>Builds PowerShell objects from JSON text in one pass, by the rules of real ConvertFrom-Json (JsonObject.cs).</summary>
internal sealed class JsonReaderToObject(JsonTextReader reader, bool asHashtable, JsonDateKind dateKind)
{
    /// <summary>Reads the whole text; null for a blank one. Throws JsonException or <see cref="JsonRuleException"/>.</summary>
    public object? Read()
    {
        while (reader.TokenType is JsonToken.None or JsonToken.Comment)
        {
            if (!reader.Read())
            {
                return null;
            }
        }

        var value = Value();
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException("Additional text encountered after finished reading JSON content: "
                    + $"{reader.Value ?? reader.TokenType}. Path '{reader.Path}', line {reader.LineNumber}, position {reader.LinePosition}.");
            }
        }

        return value;
    }

    private object? Value() => reader.TokenType switch
    {
        JsonToken.StartObject => asHashtable ? Hashtable() : Object(),
        JsonToken.StartArray => Array(),
        JsonToken.Date => Date(reader.Value!),
        JsonToken.Integer or JsonToken.Float or JsonToken.String or JsonToken.Boolean => reader.Value,
        JsonToken.Null or JsonToken.Undefined => null,
        _ => throw new JsonReaderException($"Unexpected {reader.TokenType}. Path '{reader.Path}', line {reader.LineNumber}, position {reader.LinePosition}."),
    };

    private object Date(object value) => (dateKind, value) switch
    {
        (JsonDateKind.Local, DateTime date) => date.ToLocalTime(),
        (JsonDateKind.Utc, DateTime date) => date.ToUniversalTime(),
        _ => value,
    };

    private object?[] Array()
    {
        var items = new List<object?>();
        while (Next() != JsonToken.EndArray)
        {
            items.Add(Value());
        }

        return items.ToArray();
    }

    /// <summary>Keys that differ in case only are an error; of equal keys the last one wins (JsonObject.cs, PopulateFromJDictionary).</summary>
    private PSObject Object()
    {
        var result = new PSObject();
        var members = new Dictionary<string, PSNoteProperty>(StringComparer.OrdinalIgnoreCase);
        while (Next() != JsonToken.EndObject)
        {
            var name = (string)reader.Value!;
            if (name.Length == 0)
            {
                throw new JsonRuleException("EmptyKeyInJsonString",
                    "The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.");
            }

            Next();
            var value = Value();
            if (!members.TryGetValue(name, out var known))
            {
                members[name] = known = new PSNoteProperty(name, value);
                result.Properties.Add(known, preValidated: true);
            }
            else if (known.Name == name)
            {
                known.Value = value;
            }
            else
            {
                throw new JsonRuleException("KeysWithDifferentCasingInJsonString",
                    "Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. "
                    + $"The key that was attempted to be added to the existing key '{known.Name}' was '{name}'.");
            }
        }

        return result;
    }

    /// <summary>Ordered and case-sensitive since PowerShell 7.3.</summary>
    private OrderedHashtable Hashtable()
    {
        var result = new OrderedHashtable();
        while (Next() != JsonToken.EndObject)
        {
            var name = (string)reader.Value!;
            Next();
            result[name] = Value();
        }

        return result;
    }

    private JsonToken Next()
    {
        do
        {
            if (!reader.Read())
            {
                throw new JsonReaderException($"Unexpected end when reading JSON. Path '{reader.Path}', line {reader.LineNumber}, position {reader.LinePosition}.");
            }
        }
        while (reader.TokenType == JsonToken.Comment);
        return reader.TokenType;
    }
}
