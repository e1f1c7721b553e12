# Whom a clock follows: the host's own, and that of a Windows guest. The same blocks run in both, so they are complete in
# themselves; they only read, but for the one named resync. Texts of w32tm are localised and travel as they are.

function Get-HvTimeBlock {
    # .SYNOPSIS
    # The constant block of this name: what it needs is in it, since it may run on another computer.
    [CmdletBinding()]
    param([ValidateSet('clock', 'time', 'resync')] [string]$Name)
    if ($Name -eq 'clock') { return Get-HvClockBlock }
    if ($Name -eq 'resync') { return Get-HvResyncBlock }
    return Get-HvTimeFactBlock
}

function Get-HvClockBlock {
    # .SYNOPSIS
    # Milliseconds since 1970, UTC, with fractions.
    [CmdletBinding()]
    param()
    return { ([datetime]::UtcNow.Ticks - 621355968000000000) / 10000.0 }
}

function Get-HvResyncBlock {
    # .SYNOPSIS
    # Asks Windows' time service to set the clock now; what it said, and its exit code.
    [CmdletBinding()]
    param()
    return {
        $start = [System.Diagnostics.ProcessStartInfo]::new([System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'w32tm.exe'), '/resync')
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $output = $process.StandardOutput.ReadToEndAsync()
        $ended = $process.WaitForExit(60000)
        if (-not $ended) { $process.Kill() }
        $text = ''
        if ($output.Wait(5000)) { $text = $output.Result }
        $code = -1
        if ($ended) { $code = $process.ExitCode }
        $process.Dispose()
        @{ exitCode = $code; text = $text }
    }
}

function Get-HvTimeFactBlock {
    # .SYNOPSIS
    # What is known of a Windows clock; what cannot be found out is $null. Policies win over the registry of the service.
    [CmdletBinding()]
    param()
    return {
        $facts = @{ source = ''; status = ''; type = $null; peers = ''; provider = $null; role = $null; build = $null; wokeMs = $null }
        foreach ($what in 'source', 'status') {
            try {
                $start = [System.Diagnostics.ProcessStartInfo]::new([System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'w32tm.exe'), ('/query /' + $what))
                $start.UseShellExecute = $false
                $start.CreateNoWindow = $true
                $start.RedirectStandardOutput = $true
                # It writes in the code page of consoles, of which a session far away has none.
                try { $start.StandardOutputEncoding = [System.Text.Encoding]::GetEncoding([System.Globalization.CultureInfo]::CurrentCulture.TextInfo.OEMCodePage) } catch { $start.StandardOutputEncoding = $null }
                $process = [System.Diagnostics.Process]::Start($start)
                $output = $process.StandardOutput.ReadToEndAsync()
                if (-not $process.WaitForExit(10000)) { $process.Kill() }
                if ($output.Wait(2000)) { $facts[$what] = [string]$output.Result }
                $process.Dispose()
            } catch { $null = $_ }
        }
        $service = 'HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\W32Time\'
        $policy = 'HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\W32Time\Parameters'
        try {
            $facts.type = [Microsoft.Win32.Registry]::GetValue($policy, 'Type', $null)
            $peers = [Microsoft.Win32.Registry]::GetValue($policy, 'NtpServer', $null)
            if ($null -eq $facts.type) { $facts.type = [Microsoft.Win32.Registry]::GetValue($service + 'Parameters', 'Type', $null) }
            if ($null -eq $peers) { $peers = [Microsoft.Win32.Registry]::GetValue($service + 'Parameters', 'NtpServer', $null) }
            $facts.peers = [string]$peers
            $facts.provider = [Microsoft.Win32.Registry]::GetValue($service + 'TimeProviders\VMICTimeProvider', 'Enabled', $null)
        } catch { $null = $_ }
        try {
            $system = @(CimCmdlets\Get-CimInstance -Query 'SELECT DomainRole FROM Win32_ComputerSystem' -ErrorAction Stop)
            $facts.role = [int]$system[0].DomainRole
        } catch { $null = $_ }
        if ([System.Environment]::OSVersion.Platform -eq 'Win32NT') { $facts.build = [System.Environment]::OSVersion.Version.Build }
        # The event that Windows writes when it comes back from sleep.
        try {
            $query = [System.Diagnostics.Eventing.Reader.EventLogQuery]::new('System', [System.Diagnostics.Eventing.Reader.PathType]::LogName, '*[System[Provider[@Name="Microsoft-Windows-Power-Troubleshooter"] and EventID=1]]')
            $query.ReverseDirection = $true
            $reader = [System.Diagnostics.Eventing.Reader.EventLogReader]::new($query)
            $record = $reader.ReadEvent()
            if ($null -ne $record) { $facts.wokeMs = ($record.TimeCreated.ToUniversalTime().Ticks - 621355968000000000) / 10000.0 }
            $reader.Dispose()
        } catch { $null = $_ }
        $facts
    }
}

function ConvertTo-HvTimeFact {
    # .SYNOPSIS
    # The facts as plain values: what comes from another computer carries properties of its own.
    [CmdletBinding()]
    param([object]$Facts)
    $plain = @{ source = [string]$Facts['source']; status = [string]$Facts['status']; type = [string]$Facts['type']; peers = [string]$Facts['peers']; provider = $null; role = $null; build = $null; wokeMs = $null }
    foreach ($name in 'provider', 'role', 'build', 'wokeMs') {
        if ($null -ne $Facts[$name]) { $plain[$name] = [int64]$Facts[$name] }
    }
    return $plain
}

function Get-HvHostTime {
    # .SYNOPSIS
    # Whom the host itself follows, when it came back from sleep, and its time.
    [CmdletBinding()]
    param()
    $facts = ConvertTo-HvTimeFact -Facts (Invoke-HvProbe -Name 'time')
    $facts['nowMs'] = (Get-HvClock)['utcMs']
    return $facts
}

function Get-HvGuestTime {
    # .SYNOPSIS
    # The same of a Windows guest, and how its clock compares: when it was asked and had answered by the host's clock, and
    # what its own said in between, four times, as the first question also pays for the way there.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$KeyId,
        [Parameter(Mandatory = $true)] [string]$User,
        [Parameter(Mandatory = $true)] [string[]]$Sealed
    )
    $credential = Get-HvGuestCredential -KeyId $KeyId -User $User -Sealed $Sealed
    return Use-HvGuest -Id $Id -Credential $credential -Body {
        param($Guest)
        $clock = Get-HvClockBlock
        $samples = [System.Collections.Generic.List[object]]::new()
        for ($i = 0; $i -lt 4; $i++) {
            $sent = & $clock
            $theirs = [double](Invoke-HvProbe -Name 'clock' -Guest $Guest)
            $samples.Add(@($sent, $theirs, (& $clock)))
        }
        $facts = ConvertTo-HvTimeFact -Facts (Invoke-HvProbe -Name 'time' -Guest $Guest)
        $facts['samples'] = $samples.ToArray()
        return $facts
    }
}

function Sync-HvGuestTime {
    # .SYNOPSIS
    # Lets the time service of a Windows guest set its clock now; what it said, in the guest's language, and its exit code.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$KeyId,
        [Parameter(Mandatory = $true)] [string]$User,
        [Parameter(Mandatory = $true)] [string[]]$Sealed
    )
    $credential = Get-HvGuestCredential -KeyId $KeyId -User $User -Sealed $Sealed
    return Use-HvGuest -Id $Id -Credential $credential -Body {
        param($Guest)
        $answer = Invoke-HvProbe -Name 'resync' -Guest $Guest
        return @{ exitCode = [int64]$answer['exitCode']; text = [string]$answer['text'] }
    }
}
