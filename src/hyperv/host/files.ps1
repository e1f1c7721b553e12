# Files of the host into a guest, one at a time. The service Msvm_GuestFileService of a VM is there while the VM runs and its
# guest service interface is enabled; its job is a Msvm_CopyFileToGuestJob.
# By CIM and not by Copy-VMFile: the cmdlet says how far it is only as it draws it, and its job of PowerShell cannot be
# looked at from another runspace, while the host's own job can be counted and ended.

function Get-HvFileJobClass {
    # .SYNOPSIS
    # Where the job of a copy is found: the documented class first.
    [CmdletBinding()]
    param()
    return 'Msvm_CopyFileToGuestJob', 'Msvm_ConcreteJob'
}

function Get-HvGuestFileService {
    # .SYNOPSIS
    # The service of one VM that copies files; stops with what keeps it away when there is none.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid]$Id)
    $name = ConvertTo-HvFilterId -Id $Id
    $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_GuestFileService' -Filter "SystemName='$name'")
    if ($found.Length -gt 0) { return $found[0] }
    $vm = Get-HvComputerSystem -Counter $Counter -Id $Id
    # 2 = Enabled, which is running.
    if ([int64]$vm.CimInstanceProperties['EnabledState'].Value -ne 2) { Stop-HvFunction -Reason 'invalidState' -Message 'The virtual machine does not run.' }
    $settings = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_GuestServiceInterfaceComponentSettingData' -Property 'EnabledState' -Filter (Get-HvServiceSettingFilter -Id $Id -Service 'guestServiceInterface'))
    if ($settings.Length -gt 0 -and [int64]$settings[0].CimInstanceProperties['EnabledState'].Value -eq 3) {
        Stop-HvFunction -Reason 'serviceDisabled' -Message 'The guest service interface is disabled.' -Detail @{ service = 'guestServiceInterface' }
    }
    Stop-HvFunction -Reason 'notAvailable' -Message 'The virtual machine has no service that copies files.'
}

function Copy-HvFile {
    # .SYNOPSIS
    # Copies one file of the host to a whole path in the guest, whose folders are made where they are missing. Returns the id
    # of the host's job when that goes on; stops with 'job' and its numbers when it has failed by then.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [string]$Source,
        [Parameter(Mandatory = $true)] [string]$Destination,
        [Parameter(Mandatory = $true)] [bool]$Overwrite
    )
    try {
        $settings = ConvertTo-HvEmbeddedInstance -ClassName 'Msvm_CopyFileToGuestSettingData' -Property @(@('SourcePath', 'string', $Source), @('DestinationPath', 'string', $Destination), @('OverwriteExisting', 'boolean', ([string]$Overwrite).ToUpperInvariant()), @('CreateFullPath', 'boolean', 'TRUE'))
    }
    catch {
        Stop-HvFunction -Reason 'badRequest' -Message 'A path holds a character that cannot be sent.'
    }
    $counter = New-HvCounter
    $service = Get-HvGuestFileService -Counter $counter -Id $Id
    $result = Invoke-HvCimMethod -Counter $counter -InputObject $service -MethodName 'CopyFilesToGuest' -Arguments @{ CopyFileToGuestSettings = [string[]]@($settings) }
    $answer = @{ cimQueries = 0 }
    $jobId = Get-HvJobId -Result $result
    if ($null -ne $jobId -and -not (Wait-HvJob -Counter $counter -JobId $jobId -ClassName (Get-HvFileJobClass))) { $answer['job'] = $jobId }
    # Nothing can be read back: without the job nobody knows what became of it.
    $answer['gone'] = ($null -eq $jobId -and [int64]$result.ReturnValue -ne 0) -or $counter['JobGone'] -eq $true
    $answer['cimQueries'] = $counter['Queries']
    return $answer
}

function Read-HvFileCopy {
    # .SYNOPSIS
    # One look at a copy whose job went on: its id and how far it is while it runs.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$JobId)
    $counter = New-HvCounter
    if (Test-HvJobEnded -Counter $counter -JobId $JobId -ClassName (Get-HvFileJobClass)) {
        return @{ gone = $counter['JobGone'] -eq $true; cimQueries = $counter['Queries'] }
    }
    return @{ job = $JobId.ToString('D'); percent = $counter['JobPercent']; cimQueries = $counter['Queries'] }
}
