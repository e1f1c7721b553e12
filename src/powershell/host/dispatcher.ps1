# Reads frames, checks them against the method table and hands them to the runspaces.

# Every string of a request carries a leading '=', since ConvertFrom-Json of 7.x turns text that looks like a date into one.
# Takes it off in place. Strings are handled where they are found: a function call costs more than all the rest.
function Remove-SessionMark {
    param($Value)
    if ($Value -is [string]) { return $Value.Substring(1) }
    if ($Value -is [array]) {
        for ($i = 0; $i -lt $Value.Length; $i++) {
            $item = $Value[$i]
            if ($item -is [string]) { $Value[$i] = $item.Substring(1) }
            elseif ($item -is [array] -or $item -is [System.Management.Automation.PSCustomObject]) {
                $Value[$i] = Remove-SessionMark $item
            }
        }
        return , $Value
    }
    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        foreach ($property in $Value.PSObject.Properties) {
            $item = $property.Value
            if ($item -is [string]) { $property.Value = $item.Substring(1) }
            elseif ($item -is [array] -or $item -is [System.Management.Automation.PSCustomObject]) {
                $property.Value = Remove-SessionMark $item
            }
        }
    }
    return $Value
}

function Get-SessionMember {
    param($Object, [string]$Name)
    $property = $Object.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return , $property.Value
}

# Every request is answered, even one that cannot be read (two names that differ in letter case only, for example).
# Reads its members without a function of its own, for the same reason as above.
function Receive-SessionMessage {
    param([string]$Line)
    try {
        $message = ConvertFrom-Json -InputObject $Line
        $id = $null
        $parameters = $null
        foreach ($property in $message.PSObject.Properties) {
            if ($property.Name -ceq 'id') { $id = $property.Value }
            elseif ($property.Name -ceq 'params') { $parameters = $property.Value }
        }
        switch -CaseSensitive ([string]$message.method) {
            'ping' { Write-SessionMessage @{ jsonrpc = '2.0'; id = $id; result = Get-SessionHealth } }
            'shutdown' {
                Write-SessionMessage @{ jsonrpc = '2.0'; id = $id; result = $null }
                # The end of stdin comes next, at which the session on another computer is closed first.
                if ($null -eq $Session.remote) { [System.Environment]::Exit(0) }
            }
            'session.ascii' { $SessionContext.format.ascii = $true }
            'session.open' { Open-Session $id $parameters }
            '$/cancelRequest' { $Session.chores.Add(@{ kind = 'cancel'; id = $parameters.id }) }
            default { if ($null -ne $id) { Add-SessionCall $id $message.method $parameters } }
        }
    } catch {
        if ($_.Exception.GetBaseException() -is [System.IO.IOException]) { throw }
        [Console]::Error.WriteLine('Session: ' + $_.Exception.Message)
        if ($Line -match '^\{"jsonrpc":"2\.0","id":(\d+),') {
            Write-SessionError ([int64]$Matches[1]) -32603 'The request could not be read.' @{ outcome = 'none' }
        }
    }
}

# Only what the table lists is ever bound: no common parameter can be smuggled in.
function Add-SessionCall {
    param($Id, [string]$Method, $Parameters)
    $entry = $Session.methods[$Method]
    # The table takes no notice of case.
    if ($null -eq $entry -or $entry.name -cne $Method) {
        Write-SessionError $Id -32601 'Unknown method.' @{ outcome = 'none' }
        return
    }
    $arguments = @{}
    if ($null -ne $Parameters) {
        foreach ($property in $Parameters.PSObject.Properties) {
            if ($entry.parameters -cnotcontains $property.Name) {
                Write-SessionError $Id -32602 'Unknown parameter.' @{ outcome = 'none' }
                return
            }
            $value = $property.Value
            if ($value -is [string]) { $value = $value.Substring(1) } else { $value = Remove-SessionMark $value }
            $arguments[$property.Name] = $value
        }
    }
    $slot = $Session.slots[$entry.class]
    $slot.inbox.Add(@{
            id = $Id; function = $entry.function; arguments = $arguments; claim = [System.Threading.SemaphoreSlim]::new(1)
            answered = $false; cancelled = $false; deadline = [int64]0
        })
    if (-not $slot.asked) { Start-SessionSetup $slot }
}

function Get-SessionHealth {
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $queued = 0
    $running = 0
    foreach ($class in $Session.slots.Keys) {
        $slot = $Session.slots[$class]
        $queued += $slot.inbox.Count
        # Waiting for something to happen is no work.
        if ($class -ne 'watch' -and $null -ne $slot.context -and $null -ne $slot.context.call) { $running++ }
    }
    $health = @{
        queue     = $queued
        running   = $running
        abandoned = $Session.abandoned
        privateMB = [int64]($process.PrivateMemorySize64 / 1MB)
        handles   = $process.HandleCount
        uptimeMs  = $Session.clock.ElapsedMilliseconds
    }
    $process.Dispose()
    return $health
}
