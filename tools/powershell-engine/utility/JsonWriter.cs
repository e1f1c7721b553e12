using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;
using System.Reflection;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Turns a value into JSON text in one pass. The rules are those of real ConvertTo-Json (JsonObject.cs, ProcessValue) and the text is
/// Newtonsoft's: two blanks of indentation, ISO dates, the shortest round-trip form of a double.
/// </summary>
internal sealed class JsonWriter(int maxDepth, bool compress, Func<bool> isStopping)
{
    private const string Hex = "0123456789abcdef";

    private readonly StringBuilder text = new(1024);

    /// <summary>True when something lay deeper than the depth allowed and was written as a string.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Returns the JSON text of <paramref name="value"/>.</summary>
    public string Write(object? value)
    {
        text.Clear();
        WriteValue(value, 0);
        return text.ToString();
    }

    private void WriteValue(object? value, int depth)
    {
        var wrapper = value as PSObject;
        var obj = wrapper is null ? value : wrapper.BaseObject;
        switch (obj)
        {
            case null or DBNull or System.Management.Automation.Language.NullString:
                text.Append("null");
                return;
            case string s:
                WriteString(s);
                return;
            case bool b:
                text.Append(b ? "true" : "false");
                return;
            case int i:
                text.Append(i);
                return;
            case long l:
                text.Append(l);
                return;
            case PSCustomObject when wrapper is not null && depth <= maxDepth:
                WriteProperties(wrapper, depth);
                return;
        }

        if (obj == System.Management.Automation.Internal.AutomationNull.Value)
        {
            text.Append("null");
            return;
        }

        if (WriteSimple(obj))
        {
            return;
        }

        if (depth > maxDepth)
        {
            Truncated = true;
            WriteString((string)LanguagePrimitives.ConvertTo(wrapper ?? obj, typeof(string), CultureInfo.InvariantCulture));
            return;
        }

        switch (obj)
        {
            case IDictionary dictionary:
                WriteDictionary(dictionary, depth);
                return;
            case IEnumerable items:
                WriteArray(items, depth);
                return;
            default:
                WriteObject(obj, wrapper, depth);
                return;
        }
    }

    /// <summary>Writes numbers, dates and other values without inside; false when <paramref name="obj"/> is something else.</summary>
    private bool WriteSimple(object obj)
    {
        switch (obj)
        {
            case Enum e:
                WriteEnum(e);
                return true;
            case byte or sbyte or short or ushort or uint or ulong or decimal or BigInteger:
                var number = ((IFormattable)obj).ToString(null, CultureInfo.InvariantCulture);
                // Newtonsoft always gives a decimal a fraction.
                text.Append(obj is decimal && !number.Contains('.', StringComparison.Ordinal) ? number + ".0" : number);
                return true;
            case double d:
                WriteFloat(d, d.ToString("R", CultureInfo.InvariantCulture));
                return true;
            case float f:
                WriteFloat(f, f.ToString("R", CultureInfo.InvariantCulture));
                return true;
            case char c:
                WriteString(c.ToString());
                return true;
            case DateTime date:
                text.Append('"').Append(IsoDate(date)).Append('"');
                return true;
            case DateTimeOffset date:
                text.Append('"').Append(date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)).Append('"');
                return true;
            case Guid guid:
                text.Append('"').Append(guid.ToString()).Append('"');
                return true;
            case Uri uri:
                WriteString(uri.OriginalString);
                return true;
            case nint or nuint:
                text.Append(obj);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Enums are numbers, those of 64 bits strings (ConvertTo-Json, notes).</summary>
    private void WriteEnum(Enum value)
    {
        var type = Enum.GetUnderlyingType(value.GetType());
        var number = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        if (type == typeof(long) || type == typeof(ulong))
        {
            WriteString(number.ToString() ?? "");
        }
        else
        {
            text.Append(number);
        }
    }

    /// <summary>Newtonsoft: infinities and NaN as strings, and ".0" after a whole number.</summary>
    private void WriteFloat(double value, string round)
    {
        if (!double.IsFinite(value))
        {
            text.Append('"').Append(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity").Append('"');
        }
        else
        {
            text.Append(round);
            if (round.AsSpan().IndexOfAny('.', 'E', 'e') < 0)
            {
                text.Append(".0");
            }
        }
    }

    private static string IsoDate(DateTime date) => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private void WriteProperties(PSObject source, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var property in source.Properties)
        {
            WriteName(property.Name, ref first, depth);
            WriteValue(ValueOf(property), depth + 1);
        }

        End('}', first, depth);
    }

    private void WriteDictionary(IDictionary dictionary, int depth)
    {
        text.Append('{');
        var first = true;
        var entries = dictionary.GetEnumerator();
        while (entries.MoveNext())
        {
            WriteName(entries.Key as string ?? (string)LanguagePrimitives.ConvertTo(entries.Key, typeof(string), CultureInfo.InvariantCulture), ref first, depth);
            WriteValue(entries.Value, depth + 1);
        }

        End('}', first, depth);
    }

    private void WriteArray(IEnumerable items, int depth)
    {
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            if (isStopping())
            {
                throw new PipelineStoppedException();
            }

            Separate(ref first, depth);
            WriteValue(item, depth + 1);
        }

        End(']', first, depth);
    }

    /// <summary>A .NET object: its public fields and properties, then what PowerShell's type system adds to a wrapped one.</summary>
    private void WriteObject(object obj, PSObject? wrapper, int depth)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var first = true;
        text.Append('{');
        foreach (var field in obj.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            names.Add(field.Name);
            WriteName(field.Name, ref first, depth);
            WriteValue(field.GetValue(obj), depth + 1);
        }

        foreach (var property in obj.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true } getter && getter.GetParameters().Length == 0 && names.Add(property.Name))
            {
                object? value;
                try
                {
                    value = property.GetValue(obj);
                }
                catch (TargetInvocationException)
                {
                    value = null;
                }

                WriteName(property.Name, ref first, depth);
                WriteValue(value, depth + 1);
            }
        }

        if (wrapper is not null)
        {
            foreach (var property in wrapper.Properties)
            {
                if (names.Add(property.Name))
                {
                    WriteName(property.Name, ref first, depth);
                    WriteValue(ValueOf(property), depth + 1);
                }
            }
        }

        End('}', first, depth);
    }

    /// <summary>A property that cannot be read is null in the JSON, as in real ConvertTo-Json.</summary>
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private void WriteName(string name, ref bool first, int depth)
    {
        Separate(ref first, depth);
        WriteString(name);
        text.Append(compress ? ":" : ": ");
    }

    private void Separate(ref bool first, int depth)
    {
        if (!first)
        {
            text.Append(',');
        }

        first = false;
        NewLine(depth + 1);
    }

    private void End(char bracket, bool empty, int depth)
    {
        if (!empty)
        {
            NewLine(depth);
        }

        text.Append(bracket);
    }

    private void NewLine(int depth)
    {
        if (!compress)
        {
            text.Append(Environment.NewLine).Append(' ', depth * 2);
        }
    }

    /// <summary>
    /// Escapes what Newtonsoft escapes by default (control characters, quote, backslash, U+0085, U+2028, U+2029) and, beyond it, lone
    /// surrogates and U+007F, so that the text survives any encoder.
    /// </summary>
    private void WriteString(string value)
    {
        text.Append('"');
        var done = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is >= ' ' and not ('"' or '\\') and < '\u007f')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
                continue;
            }

            if (c >= ' ' && c is not ('"' or '\\' or '\u007f' or '\u0085' or '\u2028' or '\u2029') && !char.IsSurrogate(c))
            {
                continue;
            }

            text.Append(value, done, i - done);
            done = i + 1;
            WriteEscape(c);
        }

        text.Append(value, done, value.Length - done).Append('"');
    }

    private void WriteEscape(char c)
    {
        text.Append('\\');
        switch (c)
        {
            case '"' or '\\':
                text.Append(c);
                return;
            case '\n':
                text.Append('n');
                return;
            case '\r':
                text.Append('r');
                return;
            case '\t':
                text.Append('t');
                return;
            case '\b':
                text.Append('b');
                return;
            case '\f':
                text.Append('f');
                return;
            default:
                text.Append('u').Append(Hex[c >> 12]).Append(Hex[(c >> 8) & 15]).Append(Hex[(c >> 4) & 15]).Append(Hex[c & 15]);
                return;
        }
    }
}
