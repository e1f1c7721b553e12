# Runs on the other computer, after the texts it shares with a worker of a local session and before the functions.

# As in a local worker, but frames are collected.
$SessionContext = @{ prefix = ''; format = @{ ascii = $false }; output = $null; call = $null; module = ''; functions = $null }

function Initialize-SessionFar {
    param([string]$Prefix, [bool]$Ascii, [string]$Module, [string[]]$Functions)
    $SessionContext.prefix = $Prefix
    $SessionContext.format.ascii = $Ascii
    $SessionContext.module = $Module
    $SessionContext.functions = [System.Collections.Generic.HashSet[string]]::new($Functions)
}

function Get-SessionFarFacts {
    return Get-SessionFacts -Module $SessionContext.module
}

# Runs one call; returns its frames, the batches first, as they go to Node.
function Invoke-SessionFarCall {
    param($Id, [string]$Function, $Arguments)
    if (-not $SessionContext.functions.Contains($Function)) { throw 'Not a function of this session.' }
    $SessionContext.output = [System.IO.StringWriter]::new()
    $values = @{}
    # A list arrives as another kind of list than a local function gets.
    foreach ($entry in $Arguments.GetEnumerator()) {
        $value = $entry.Value
        if ($value -is [System.Collections.ArrayList]) { $value = $value.ToArray() }
        $values[$entry.Key] = $value
    }
    $null = Invoke-SessionCall @{ id = $Id; function = $Function; arguments = $values; cancelled = $false; answered = $false }
    return $SessionContext.output.ToString()
}
