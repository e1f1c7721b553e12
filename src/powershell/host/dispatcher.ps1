# The pump's side of the calls: reads frames, checks them against the method table, hands them to the runspaces.

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
                # The end of stdin comes next; the reader then closes the session on another computer first.
                if ($null -eq $Session.remote) { [System.Environment]::Exit(0) }
            }
            'session.open' { Open-Session $id $parameters }
            '$/cancelRequest' { Stop-SessionCall $parameters.id }
            default { if ($null -ne $id) { Add-SessionCall $id $message.method $parameters } }
        }
    } catch {
        if ($_.Exception.GetBaseException() -is [System.IO.IOException]) { throw }
        [Console]::Error.WriteLine('Session pump: ' + $_.Exception.Message)
        if ($Line -match '^\{"jsonrpc":"2\.0","id":(\d+),') {
            Write-SessionError ([int64]$Matches[1]) -32603 'The request could not be read.' @{ outcome = 'none' }
        }
    }
}

# The first request: what to watch, the method table, and the data of the prelude, if there is one.
function Open-Session {
    param($Id, $Parameters)
    try {
        $parameters = Remove-SessionMark $Parameters
        $SessionContext.ascii = $parameters.ascii
        $Session.watch.tickMs = [int]$parameters.watch.tickMs
        $Session.watch.next = $Session.clock.ElapsedMilliseconds + $Session.watch.tickMs
        $Session.watch.parent = [int]$parameters.watch.parent
        foreach ($entry in $parameters.methods) { $Session.methods[$entry.name] = $entry }
        if ($null -ne $Session.prelude) {
            . $Session.prelude
            $Session.preludeState = New-SessionPreludeState -Data (Get-SessionMember $parameters 'prelude')
        }
        if ($null -ne $Session.remote) { Open-SessionRemotely $Id (Get-SessionMember $parameters 'remote') }
        else { Write-SessionMessage @{ jsonrpc = '2.0'; id = $Id; result = $null } }
    } catch {
        Write-SessionError $Id -32000 $_.Exception.Message (ConvertTo-SessionErrorData $_)
    }
}

# Only what the table lists is ever bound: no common parameter can be smuggled in.
function Add-SessionCall {
    param($Id, [string]$Method, $Parameters)
    if (-not $Session.methods.ContainsKey($Method)) {
        Write-SessionError $Id -32601 'Unknown method.' @{ outcome = 'none' }
        return
    }
    $entry = $Session.methods[$Method]
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
    $call = @{
        id = $Id; function = $entry.function; arguments = $arguments; slot = $slot
        answered = $false; cancelled = $false; deadline = [int64]0
    }
    $slot.queue.Add($call)
    Start-SessionCall $slot
}

function Stop-SessionCall {
    param($Id)
    foreach ($slot in $Session.slots.Values) {
        foreach ($call in $slot.queue.ToArray()) {
            if ($call.id -ne $Id) { continue }
            [void]$slot.queue.Remove($call)
            Write-SessionError $Id -32800 'Cancelled before it ran.' @{ outcome = 'none' }
            return
        }
        $call = $slot.call
        if ($null -ne $call -and $call.id -eq $Id -and -not $call.cancelled -and -not $call.answered) {
            $call.cancelled = $true
            $call.deadline = $Session.clock.ElapsedMilliseconds + 10000
            [void]$slot.shell.BeginStop($null, $null)
            return
        }
    }
}

function Get-SessionHealth {
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $queued = 0
    $running = 0
    foreach ($class in $Session.slots.Keys) {
        $slot = $Session.slots[$class]
        $queued += $slot.queue.Count
        # Waiting for something to happen is no work.
        if ($null -ne $slot.call -and $class -ne 'watch') { $running++ }
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
