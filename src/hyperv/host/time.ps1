# Whom a clock follows: the host's own, and that of a Windows guest. The same blocks run in both, so they are complete in
# themselves; they only read, but for the one named resync. Texts of w32tm are localised and travel as they are.

function Get-HvTimeBlock {
    # .SYNOPSIS
    # The constant block for this task; it takes the task as its argument. What it needs is in it, since it may run on another
    # computer.
    [CmdletBinding()]
    param([ValidateSet('clock', 'time', 'resync')] [string]$Name)
    if ($Name -eq 'clock') { return Get-HvClockBlock }
    return Get-HvWindowsTimeBlock
}

function Get-HvClockBlock {
    # .SYNOPSIS
    # Milliseconds since 1970, UTC, with fractions.
    [CmdletBinding()]
    param()
    return { ([datetime]::UtcNow.Ticks - 621355968000000000) / 10000.0 }
}

function Get-HvWindowsTimeBlock {
    # .SYNOPSIS
    # time: what is known of a Windows clock; what cannot be found out is $null. Policies win over the registry of the service.
    # resync: asks Windows' time service to set the clock now; what it said, and its exit code.
    [CmdletBinding()]
    param()
    return {
        param([string]$Task)
        $run = {
            param([string]$Arguments, [int]$WaitMs)
            $start = [System.Diagnostics.ProcessStartInfo]::new([System.IO.Path]::Combine([System.Environment]::SystemDirectory, 'w32tm.exe'), $Arguments)
            $start.UseShellExecute = $false
            # It gets a console of its own, without a window, and writes in the code page that consoles of this computer have.
            $start.CreateNoWindow = $true
            $start.RedirectStandardOutput = $true
            try {
                $page = [int][Microsoft.Win32.Registry]::GetValue('HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Nls\CodePage', 'OEMCP', 0)
                if ($page -gt 0) { $start.StandardOutputEncoding = [System.Text.Encoding]::GetEncoding($page) }
            } catch { $null = $_ }
            $process = [System.Diagnostics.Process]::Start($start)
            $output = $process.StandardOutput.ReadToEndAsync()
            $ended = $process.WaitForExit($WaitMs)
            if (-not $ended) { $process.Kill() }
            $text = ''
            if ($output.Wait(5000)) { $text = [string]$output.Result }
            $code = -1
            if ($ended) { $code = $process.ExitCode }
            $process.Dispose()
            @{ exitCode = $code; text = $text.Substring(0, [System.Math]::Min($text.Length, 4000)) }
        }
        if ($Task -eq 'resync') { return (& $run '/resync' 60000) }
        $facts = @{ source = ''; status = ''; type = $null; peers = ''; provider = $null; role = $null; build = $null; wokeMs = $null }
        foreach ($what in 'source', 'status') {
            try { $facts[$what] = (& $run ('/query /' + $what) 10000)['text'] } catch { $null = $_ }
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

function ConvertTo-HvShortText {
    # .SYNOPSIS
    # A guest may return whatever it likes, and an answer has to fit into one frame.
    [CmdletBinding()]
    param([object]$Value)
    $text = [string]$Value
    return $text.Substring(0, [System.Math]::Min($text.Length, 4000))
}

function ConvertTo-HvNumber {
    # .SYNOPSIS
    # The number, or $null for what is none, or none that fits: -as takes nothing and empty text for 0, and JSON has no word
    # for what is not finite.
    [CmdletBinding()]
    param([object]$Value, [type]$Type = [int64])
    if ($null -eq $Value -or $Value -is [string]) { return $null }
    $number = $Value -as $Type
    if ($number -is [double] -and ([double]::IsNaN($number) -or [double]::IsInfinity($number))) { return $null }
    return $number
}

function ConvertTo-HvTimeFact {
    # .SYNOPSIS
    # The facts as plain values: what comes from another computer carries properties of its own, and may be no facts at all.
    [CmdletBinding()]
    param([object]$Facts)
    if ($Facts -isnot [System.Collections.IDictionary]) { $Facts = @{} }
    $plain = @{}
    foreach ($name in 'source', 'status', 'type', 'peers') { $plain[$name] = ConvertTo-HvShortText -Value $Facts[$name] }
    foreach ($name in 'provider', 'role', 'build', 'wokeMs') { $plain[$name] = ConvertTo-HvNumber -Value $Facts[$name] }
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
    return Use-HvGuest @PSBoundParameters -Body {
        param($Guest)
        $clock = Get-HvClockBlock
        $samples = [System.Collections.Generic.List[object]]::new()
        for ($i = 0; $i -lt 4; $i++) {
            $sent = & $clock
            $theirs = Invoke-HvProbe -Name 'clock' -Guest $Guest
            $received = & $clock
            $theirs = ConvertTo-HvNumber -Value $theirs -Type ([double])
            if ($null -ne $theirs) { $samples.Add(@($sent, $theirs, $received)) }
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
    return Use-HvGuest @PSBoundParameters -Body {
        param($Guest)
        $answer = Invoke-HvProbe -Name 'resync' -Guest $Guest
        if ($answer -isnot [System.Collections.IDictionary]) { $answer = @{} }
        return @{ exitCode = ConvertTo-HvNumber -Value $answer['exitCode']; text = ConvertTo-HvShortText -Value $answer['text'] }
    }
}
