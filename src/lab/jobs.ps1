# Msvm_ConcreteJob and its kin: the host's own account of a change that takes time.

function New-HvLabJob {
    <# .SYNOPSIS
    Starts a job that ends after so many virtual milliseconds, well (error code 0) or not. #>
    param([hashtable]$Vm, [uint16]$JobType, [string]$TextKey, [long]$Now, [long]$DurationMs, [uint16]$ErrorCode = 0, [string]$ErrorText = '', [string]$Class = 'Msvm_ConcreteJob')
    $state = $global:HvLabState
    $state.JobCount = $state.JobCount + 1
    $fault = Find-HvLabFault 'errorOnce' $Class $Vm $true
    if ($null -ne $fault) {
        $ErrorCode = [uint16]32768
        $ErrorText = Get-HvLabText 'jobFailed' $Vm.Name $Vm.Id
        # ErrorCode has 16 bits; a job says an HRESULT at the end of its text.
        if ($fault.Code -gt 65535) { $ErrorText += ' (0x{0:X8}).' -f $fault.Code }
        elseif ($fault.Code -ne 0) { $ErrorCode = [uint16]$fault.Code }
    }
    $job = @{
        # The job's number makes its GUID, so that the same calls make the same jobs.
        Id = ('{0:X8}-10B5-4000-8000-' -f $state.JobCount) + $Vm.Id.Substring(24); Vm = $Vm; Type = $JobType; Text = Get-HvLabText $TextKey
        StartedAt = $Now; EndsAt = $Now + $DurationMs; ErrorCode = $ErrorCode; ErrorText = $ErrorText; Class = $Class
    }
    [void]$state.Jobs.Add($job)
    $job
}

function Remove-HvLabOldJob {
    <# .SYNOPSIS
    The host forgets finished jobs after five minutes (TimeBeforeRemoval). #>
    param([long]$Now)
    $jobs = $global:HvLabState.Jobs
    foreach ($job in $jobs.ToArray()) { if ($job.EndsAt -lt $Now - 300000) { $jobs.Remove($job) } }
}

function Get-HvLabJobValues {
    <# .SYNOPSIS
    The job at this moment: 4 running, then 7 completed, 8 terminated or 10 exception. #>
    param([hashtable]$Job, [long]$Now)
    $done = $Now -ge $Job.EndsAt
    $code = [uint16]4
    $percent = [uint16]50
    if ($Job['Counts'] -and $Job.EndsAt -gt $Job.StartedAt) {
        $whole = 100.0
        if ($null -ne $Job['Share']) { $whole = 100.0 * $Job['Share'] }
        $percent = [uint16][Math]::Min([long]99, [long][Math]::Floor($whole * ($Now - $Job.StartedAt) / ($Job.EndsAt - $Job.StartedAt)))
    }
    if ($done) { $code = [uint16]7; $percent = [uint16]100 }
    $values = @{
        InstanceID = $Job.Id; Name = $Job.Text; Caption = $Job.Text; Description = $Job.Text; ElementName = $Job.Text; JobType = [uint16]$Job.Type
        JobState = $code; PercentComplete = $percent; HealthState = [uint16]5; OperationalStatus = [uint16[]]@(2); Cancellable = ($Job['Cancellable'] -eq $true -and -not $done)
        VirtualSystemName = $Job.Vm.Id; DeleteOnCompletion = $false; ErrorCode = [uint16]0; ErrorDescription = ''; StartTime = ConvertTo-HvLabDate $Job.StartedAt; JobStatus = 'OK'
        TimeSubmitted = ConvertTo-HvLabDate $Job.StartedAt; TimeOfLastStateChange = ConvertTo-HvLabDate ([Math]::Min([long]$Now, [long]$Job.EndsAt))
    }
    if ($done -and $Job.ErrorCode -ne 0) {
        $values['JobState'] = [uint16]10
        if ($Job['Terminated']) { $values['JobState'] = [uint16]8 }
        $values['ErrorCode'] = [uint16]$Job.ErrorCode
        $values['ErrorDescription'] = $Job.ErrorText
        $values['ErrorSummaryDescription'] = $Job.ErrorText
        $values['JobStatus'] = $Job.ErrorText
        $values['OperationalStatus'] = [uint16[]]@(2, 10)
    }
    $values
}

function New-HvLabJobReference {
    <# .SYNOPSIS
    What a method returns as Job: an instance that holds only its keys. #>
    param([hashtable]$Job)
    $class = Get-HvLabClass $Job.Class
    New-HvLabRow (Get-HvLabPlan $class @() $true) @{ InstanceID = $Job.Id; Name = $Job.Text }
}
