using System;
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Makes a .NET object (https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/new-object). COM is left out.
/// </summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateTrustedData]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateTrustedData]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    [Parameter]
    [ValidateTrustedData]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type? type) || type is null)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
                "TypeNotFound", ErrorCategory.InvalidType, null));
            return;
        }

        var made = Construct(type);
        if (Property is not null)
        {
            SetProperties(made);
        }

        WriteObject(made);
    }

    /// <summary>The engine's own choice of the constructor, with its conversions.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ConstructorInvokeDotNet")]
    private static extern object ConstructorInvokeDotNet(
        [UnsafeAccessorType("System.Management.Automation.DotNetAdapter, System.Management.Automation")] object? adapter,
        Type type, ConstructorInfo[] constructors, object?[] arguments);

    private object Construct(Type type)
    {
        try
        {
            var constructors = type.GetConstructors();
            if (type.IsValueType && (ArgumentList is null || ArgumentList.Length == 0))
            {
                return Activator.CreateInstance(type)!;
            }

            if (constructors.Length == 0)
            {
                throw new PSArgumentException($"A constructor was not found. Cannot find an appropriate constructor for type {TypeName}.");
            }

            return ConstructorInvokeDotNet(null, type, constructors, ArgumentList ?? []);
        }
        catch (MethodInvocationException failure)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation, null));
        }
        catch (Exception failure) when (failure is MethodException or PSArgumentException)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"A constructor was not found. Cannot find an appropriate constructor for type {TypeName}.", failure),
                "CannotFindAppropriateCtor", ErrorCategory.ObjectNotFound, null));
        }

        throw new InvalidOperationException("unreachable");
    }

    private void SetProperties(object made)
    {
        var target = PSObject.AsPSObject(made);
        foreach (DictionaryEntry entry in Property!)
        {
            var name = entry.Key.ToString() ?? "";
            try
            {
                if (target.Properties[name] is { } property)
                {
                    property.Value = entry.Value;
                }
                else if (target.BaseObject is PSCustomObject)
                {
                    target.Properties.Add(new PSNoteProperty(name, entry.Value));
                }
                else
                {
                    WriteError(new ErrorRecord(
                        new InvalidOperationException($"The member \"{name}\" was not found for the specified {target.BaseObject.GetType().FullName} object."),
                        "InvalidOperationException", ErrorCategory.InvalidOperation, made));
                }
            }
            catch (SetValueException failure)
            {
                WriteError(new ErrorRecord(failure, "SetValueException", ErrorCategory.InvalidData, made));
            }
        }
    }
}
