# Makes CIM instances out of plain values: objects with the type name, properties and access paths of the real ones.
# Real CimInstance objects need a native library that PowerShell on Linux and macOS does not have; CimProperty does not.

function Add-HvLabRows {
    <# .SYNOPSIS
    Makes one instance of each table of values that fulfils the conditions, and adds it to a list, or to the list of its VM
    in a table by id. One call for many: calls are what costs. #>
    param([System.Collections.ArrayList]$List, [hashtable]$Plan, [object]$ValuesList, [object]$Conditions, [hashtable]$ByVm)
    $types = $Plan.Types
    $flags = $Plan.Flags
    $shared = $Plan.Shared
    $simple = $null -ne $Conditions -and $Conditions.Count -eq 1 -and $Conditions[0].Operator -eq '='
    if ($simple) { $wantedName = $Conditions[0].Name; $wanted = $Conditions[0].Value }
    foreach ($values in $ValuesList) {
        if ($simple) {
            # One comparison for equality, the usual case, without a call for each row.
            $actual = $values[$wantedName]
            if ($null -eq $actual) { $actual = $Plan.Class.Constants[$wantedName] }
            if ($null -eq $actual -or $actual -ne $wanted) { continue }
        }
        elseif ($null -ne $Conditions -and -not (Test-HvLabCondition $values $Plan.Class.Constants $Conditions)) { continue }
        $notes = $Plan.Notes.Clone()
        $properties = $Plan.Defaults.Clone()
        foreach ($name in $values.Keys) {
            $type = $types[$name]
            if ($null -eq $type) { continue }
            $value = $values[$name]
            $notes[$name] = $value
            $property = $null
            # Small numbers and the few lists of statuses are the same for many VMs: they share one property object.
            $common = $value -is [uint16] -or $value -is [array]
            # get_Item and set_Item: an array in brackets would mean several keys.
            if ($common) { $property = $shared[$name].get_Item($value) }
            if ($null -eq $property) {
                $property = [Microsoft.Management.Infrastructure.CimProperty]::Create($name, $value, $type, $flags)
                if ($common -and $shared[$name].Count -lt 64) { $shared[$name].set_Item($value, $property) }
            }
            $properties[$name] = $property
        }
        $notes['CimInstanceProperties'] = $properties
        $row = [pscustomobject]$notes
        if ($null -eq $ByVm) { [void]$List.Add($row) } else { [void]$ByVm[$values['/vm'].Id].Add($row) }
    }
}

function New-HvLabRow {
    <# .SYNOPSIS
    One instance from its values; what neither they nor the class's constants name is null. #>
    param([hashtable]$Plan, [hashtable]$Values)
    $list = [System.Collections.ArrayList]::new()
    Add-HvLabRows $list $Plan @($Values) $null $null
    $list[0]
}

function New-HvLabCimError {
    <# .SYNOPSIS
    The error record of Get-CimInstance or Invoke-CimMethod for a WBEM status. #>
    param([string]$HResult, [string]$Category, [string]$TextKey, [object]$Target, [string]$Command = 'GetCimInstanceCommand')
    $exception = [Microsoft.Management.Infrastructure.CimException]::new((Get-HvLabText $TextKey))
    $id = 'HRESULT ' + $HResult + ',Microsoft.Management.Infrastructure.CimCmdlets.' + $Command
    [System.Management.Automation.ErrorRecord]::new($exception, $id, $Category, $Target)
}
