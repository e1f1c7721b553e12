# Files that the host copies into guests: the service Msvm_GuestFileService, its jobs, and what a guest has by then.

function Set-HvLabFiles {
    <# .SYNOPSIS
    Gives the VM that a row names by its number the files and folders of that row. #>
    param([hashtable]$State, [object]$Row)
    $files = New-HvLabFiles
    foreach ($path in $Row.there) { [void]$files.There.Add((Get-HvLabPathKey ([string]$path))) }
    foreach ($path in $Row.readOnly) { [void]$files.ReadOnly.Add((Get-HvLabPathKey ([string]$path))) }
    $files.Free = [long]([double]$Row.freeMB * 1048576)
    $files.MsPerMB = [double]$Row.msPerMB
    $files.BreaksAt = [int]$Row.breaksAtPercent
    $State['Vms'][[int]$Row.vm].Files = $files
}

function New-HvLabFiles {
    <# .SYNOPSIS
    A guest with 10 GB of free space that takes 50 MB/s. BreaksAt: per cent of a file after which contact is lost; 0: never. #>
    @{
        There = [System.Collections.Generic.HashSet[string]]::new(); ReadOnly = [System.Collections.ArrayList]::new(); Free = [long]10737418240
        MsPerMB = [double]20; BreaksAt = 0; Work = [System.Collections.ArrayList]::new()
    }
}

function Get-HvLabPathKey {
    <# .SYNOPSIS
    What makes two paths of a guest the same: on Windows case and the kind of separator do not count. #>
    param([string]$Path)
    if ($Path.StartsWith('/')) { return $Path }
    $Path.Replace('/', '\').ToLowerInvariant()
}

function Get-HvLabFileServiceValues {
    <# .SYNOPSIS
    Msvm_GuestFileService: one for each VM that runs and whose guest service interface is enabled. #>
    param([object]$Vms)
    foreach ($vm in $Vms) {
        if (-not $vm.Alive -or -not $vm.Enabled[5]) { continue }
        @{
            '/vm' = $vm; SystemName = $vm.Id; Name = 'Microsoft:' + $vm.Id + '\FileCopy'; CreationClassName = 'Msvm_GuestFileService'
            SystemCreationClassName = 'Msvm_ComputerSystem'; Caption = Get-HvLabText 'guestFileService'; Description = Get-HvLabText 'guestFileService'
            Started = $true; StartMode = 'Automatic'; Status = 'OK'
        }
    }
}

function Assert-HvLabFileArguments {
    <# .SYNOPSIS
    What Invoke-CimMethod itself refuses: other methods, other arguments, other types. #>
    param([string]$Method, [System.Collections.IDictionary]$Arguments)
    $command = 'InvokeCimMethodCommand'
    if ($Method -ne 'CopyFilesToGuest') { throw (New-HvLabCimError '0x80041055' 'MetadataError' 'invalidMethod' $Method $command) }
    foreach ($name in $Arguments.Keys) { if ($name -ne 'CopyFileToGuestSettings') { throw (New-HvLabCimError '0x80041008' 'InvalidArgument' 'invalidParameter' $name $command) } }
    if ($Arguments['CopyFileToGuestSettings'] -isnot [string[]]) { throw (New-HvLabCimError '0x80041005' 'InvalidType' 'typeMismatch' $Method $command) }
}

function Start-HvLabCopy {
    <# .SYNOPSIS
    The answer to CopyFilesToGuest: one file, and a job that ends well or not. #>
    param([hashtable]$Vm, [string[]]$Settings, [long]$Now)
    $invalid = @{ Code = 32773; Job = $null }
    if ($Settings.Length -ne 1) { return $invalid }
    $wanted = Read-HvLabEmbedded $Settings[0] 'Msvm_CopyFileToGuestSettingData'
    if ($null -eq $wanted -or [string]$wanted['SourcePath'] -eq '' -or [string]$wanted['DestinationPath'] -eq '') { return $invalid }
    if (-not $Vm.Alive -or -not $Vm.Enabled[5]) { return @{ Code = 32775; Job = $null } }
    if ($null -eq $Vm.Files) { $Vm.Files = New-HvLabFiles }
    $end = Get-HvLabCopyEnd $Vm ([string]$wanted['SourcePath']) (Get-HvLabPathKey ([string]$wanted['DestinationPath'])) ([string]$wanted['OverwriteExisting'] -eq 'TRUE') $Now
    $text = ''
    $code = 0
    if ($end.Reason -ne '') { $code = 32768; $text = Get-HvLabText 'copyFailed' $Vm.Name (Get-HvLabText $end.Reason) }
    $job = New-HvLabJob $Vm 0 'jobCopyFile' $Now $end.Ms ([uint16]$code) $text 'Msvm_CopyFileToGuestJob'
    $job['Cancellable'] = $true
    $job['Counts'] = $true
    # How far a job is when it ends: one that fails half-way has not counted to the end.
    $job['Share'] = $end.Share
    [void]$Vm.Files.Work.Add(@{ At = $Now + $end.Ms; Job = $job; Path = $end.Path; Bytes = $end.Bytes })
    Set-HvLabChanged $Vm $Now
    @{ Code = 4096; Job = $job }
}

function Get-HvLabCopyEnd {
    <# .SYNOPSIS
    How a copy will end: the text key of the reason (none: well), after how many virtual milliseconds, at which share. #>
    param([hashtable]$Vm, [string]$Source, [string]$Path, [bool]$Overwrite, [long]$Now)
    $files = $Vm.Files
    # The host fills in variables of its own (page on Msvm_CopyFileToGuestSettingData).
    $file = [System.IO.FileInfo]::new([System.Environment]::ExpandEnvironmentVariables($Source))
    $end = @{ Reason = ''; Ms = [long]100; Share = 1.0; Path = $Path; Bytes = [long]0 }
    if (-not $file.Exists) { $end.Reason = 'sourceNotFound'; return $end }
    # A guest that does not answer is given time to.
    if ((Get-HvLabStatus $Vm 5 $Now) -ne 2) { $end.Reason = 'deviceNotReady'; $end.Ms = [long]3000; return $end }
    foreach ($folder in $files.ReadOnly) { if ($Path.StartsWith($folder)) { $end.Reason = 'unspecifiedError'; return $end } }
    if ($files.There.Contains($Path) -and -not $Overwrite) { $end.Reason = 'fileExists'; return $end }
    $end.Bytes = $file.Length
    if ($file.Length -gt $files.Free) { $end.Reason = 'diskFull'; $end.Share = $files.Free / $file.Length }
    if ($files.BreaksAt -gt 0 -and $end.Share * 100 -gt $files.BreaksAt) { $end.Reason = 'notConnected'; $end.Share = $files.BreaksAt / 100 }
    $end.Ms = [long](100 + $end.Share * $file.Length / 1048576 * $files.MsPerMB)
    $end
}

function Get-HvLabFilesNext {
    <# .SYNOPSIS
    When a copy into this guest ends next. #>
    param([hashtable]$Vm)
    $next = [long]::MaxValue
    foreach ($work in $Vm.Files.Work) { $next = [Math]::Min($next, [long]$work.At) }
    $next
}

function Step-HvLabFiles {
    <# .SYNOPSIS
    What copies that are over leave in the guest. #>
    param([hashtable]$Vm, [long]$Now)
    foreach ($work in $Vm.Files.Work.ToArray()) {
        if ($work.At -gt $Now) { continue }
        if ($work.Job.ErrorCode -eq 0) {
            [void]$Vm.Files.There.Add($work.Path)
            $Vm.Files.Free -= $work.Bytes
        }
        $Vm.Files.Work.Remove($work)
    }
}

function Stop-HvLabCopies {
    <# .SYNOPSIS
    The guest is gone: copies into it fail. #>
    param([hashtable]$Vm, [long]$At)
    if ($null -eq $Vm.Files) { return }
    foreach ($work in $Vm.Files.Work) {
        $work.Job.ErrorCode = [uint16]32768
        $work.Job.ErrorText = Get-HvLabText 'copyFailed' $Vm.Name (Get-HvLabText 'notConnected')
        $work.Job.EndsAt = $At
    }
    $Vm.Files.Work.Clear()
}
