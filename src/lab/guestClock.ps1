# Clocks of the lab's host and guests. Every command that runs in a guest is answered by one function, Get-HvLabGuestAnswer:
# Windows guests are asked through Invoke-HvProbe, in whose place Invoke-HvLabProbe is, and Linux guests by lab.guest.

function Initialize-HvLabClock {
    <# .SYNOPSIS
    Takes the clocks of the description: by the number of the VM or by the system, and how far each is from the host's. #>
    param([hashtable]$State)
    $State['ClockRows'] = @{}
    $State['ClockKinds'] = @{}
    $State['ClockOffsets'] = @{}
    foreach ($row in $State['Data'].clocks) {
        $number = [int]$row.vm
        if ($number -eq -1) { $State['ClockKinds'][[string]$row.osName] = $row } else { $State['ClockRows'][$number] = $row }
        if ($number -ge 0) { $State['ClockOffsets'][$State['Vms'][$number].Id] = [double]$row.offsetMs }
    }
}

function Get-HvLabClockRow {
    <# .SYNOPSIS
    What is said of the clock of this guest, or of all with its system. #>
    param([hashtable]$Vm)
    $rows = $global:HvLabState.ClockRows
    if ($rows.ContainsKey([int]$Vm.Index)) { return $rows[[int]$Vm.Index] }
    $global:HvLabState.ClockKinds[[string]$Vm.Guest.osName]
}

function ConvertTo-HvLabClockFact {
    <# .SYNOPSIS
    The facts of a Windows clock, as the probe returns them. #>
    param([object]$Facts)
    $woke = $null
    if ($Facts.wokeMinutesAgo -ge 0) { $woke = (Get-HvLabUnixMs) - 60000 * [double]$Facts.wokeMinutesAgo }
    @{ source = [string]$Facts.source; status = [string]$Facts.status; type = [string]$Facts.type; peers = [string]$Facts.peers; provider = [int]$Facts.provider; role = [int]$Facts.role; build = [int]$Facts.build; wokeMs = $woke }
}

function Get-HvLabUnixMs {
    <# .SYNOPSIS
    The real time, milliseconds since 1970: clocks of the lab are compared with the one of this computer. #>
    ([datetime]::UtcNow.Ticks - 621355968000000000) / 10000.0
}

function Get-HvLabGuestAnswer {
    <# .SYNOPSIS
    What a guest answers to a command: clock, time or resync. Numbers and facts from Windows, texts from Linux. #>
    param([hashtable]$Vm, [string]$Command)
    $state = $global:HvLabState
    $row = Get-HvLabClockRow $Vm
    $isServed = $Vm.Enabled[1]
    $offset = 0.0
    if ($state.ClockOffsets.ContainsKey($Vm.Id)) { $offset = $state.ClockOffsets[$Vm.Id] }
    if ($Command -eq 'clock') {
        $now = (Get-HvLabUnixMs) + $offset
        if ($row.windows) { return $now }
        return ([long][Math]::Floor($now / 1000)).ToString() + '.' + ([long][Math]::Floor($now % 1000)).ToString('000') + '000000'
    }
    if ($Command -eq 'resync') {
        $state.ClockOffsets[$Vm.Id] = 0.0
        if ($row.windows) { return @{ exitCode = 0; text = 'Sending resync command to local computer' } }
        return "200 OK`n@@ exit 0"
    }
    $facts = $row.alone
    if ($isServed) { $facts = $row.served }
    if ($row.windows) { return ConvertTo-HvLabClockFact $facts }
    [string]$facts
}

function Find-HvLabGuest {
    <# .SYNOPSIS
    The guest that is asked, if it runs and lets this sign-in in; otherwise what PowerShell Direct throws. #>
    param([string]$Id, [object]$Credential)
    $vm = $global:HvLabState.VmById[$Id.ToUpperInvariant()]
    if ($null -eq $vm -or -not $vm.Alive) {
        $exception = [System.InvalidOperationException]::new('The virtual machine is not running.')
        throw [System.Management.Automation.ErrorRecord]::new($exception, 'InvalidVMState', 'InvalidOperation', $null)
    }
    $isWrong = $null -ne $Credential -and $Credential.GetNetworkCredential().Password -ceq 'wrong'
    if ((Get-HvLabClockRow $vm).refuses -or $isWrong) {
        throw [System.Management.Automation.Remoting.PSDirectException]::new('The credential is invalid.')
    }
    $vm
}

function Invoke-HvLabProbe {
    <# .SYNOPSIS
    In the place of Invoke-HvProbe: the host's own clock, or a guest's answer. An alias comes before a function of its name,
    whenever that is defined. #>
    [Alias('Invoke-HvProbe')]
    param([string]$Name, [hashtable]$Guest)
    if ($null -eq $Guest) {
        return Invoke-HvLabLocked { ConvertTo-HvLabClockFact $global:HvLabState.ClockRows[-2].served }
    }
    $key = ([guid]$Guest['Id']).ToString('D')
    $credential = $Guest['Credential']
    Wait-HvLabHang 'Guest' $global:HvLabState.VmById[$key.ToUpperInvariant()]
    Invoke-HvLabLocked { Get-HvLabGuestAnswer (Find-HvLabGuest $key $credential) $Name }
}

function Get-HvLabLinuxAnswer {
    <# .SYNOPSIS
    lab.guest: what a Linux guest answers by ssh. #>
    param([Parameter(Mandatory = $true)] [guid]$Id, [Parameter(Mandatory = $true)] [ValidateSet('clock', 'time', 'resync')] [string]$Command)
    $key = $Id.ToString('D')
    Wait-HvLabHang 'Guest' $global:HvLabState.VmById[$key.ToUpperInvariant()]
    try {
        $text = Invoke-HvLabLocked { Get-HvLabGuestAnswer (Find-HvLabGuest $key $null) $Command }
    } catch [System.Management.Automation.Remoting.PSDirectException] {
        throw [System.Management.Automation.ErrorRecord]::new($_.Exception, 'Hv.signInRefused', 'PermissionDenied', $null)
    }
    @{ text = [string]$text }
}
