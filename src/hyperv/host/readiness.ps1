# Why Hyper-V on this host cannot be read. Asked only after a read has failed; changes nothing, needs no elevation.
#
# Membership is read by CIM: Get-LocalGroupMember is missing from 32-bit Windows PowerShell and fails as a whole for one
# member whose account is gone, `net localgroup` wants and prints localised names, and a search through Win32_GroupUser
# would list every group of the domain.

function Get-HvReadiness {
    # .SYNOPSIS
    # What can be seen of Hyper-V and of the rights of this sign-in; $null for all that cannot be found out.
    [CmdletBinding()]
    param()
    $counter = New-HvCounter
    $identity = Get-HvIdentity
    $inGroup = $null
    # Needed only to tell a sign-in that is too old from a missing membership.
    if ($identity['HasGroup'] -eq $true) { $inGroup = $true }
    elseif ($identity['HasGroup'] -eq $false -and $identity['Elevated'] -eq $false) {
        $inGroup = Test-HvGroupMember -Counter $counter -AccountSid $identity['Sid']
    }
    $module = Get-HvModuleFact
    $reading = Get-HvReading -Counter $counter
    return @{
        moduleFound    = $module['Found']
        moduleVersion  = $module['Version']
        serviceState   = ConvertTo-HvServiceState -State (Get-HvManagementServiceState -Counter $counter)
        tokenHasGroup  = $identity['HasGroup']
        accountInGroup = $inGroup
        elevated       = $identity['Elevated']
        canRead        = $reading -eq 'something'
        sawNothing     = $reading -eq 'nothing'
        accountSid     = $identity['Sid']
        cimQueries     = [int64]$counter['Queries']
    }
}

function Get-HvReading {
    # .SYNOPSIS
    # Whether the management service is shown to this user, which is what every read begins with: 'something', 'nothing',
    # or 'failed'. Without rights CIM answers with nothing, and with no error.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable]$Counter)
    try {
        $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_VirtualSystemManagementService' -Property 'Name')
        if ($found.Length -gt 0) { return 'something' }
        return 'nothing'
    }
    catch {
        return 'failed'
    }
}

function Get-HvClock {
    # .SYNOPSIS
    # The time of this host in milliseconds since 1970, UTC.
    [CmdletBinding()]
    param()
    $epoch = [datetime]::new(1970, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc)
    return @{ utcMs = [int64]([datetime]::UtcNow - $epoch).TotalMilliseconds }
}

function ConvertTo-HvServiceState {
    # .SYNOPSIS
    # The three states that matter; a service that is starting or stopping does not answer either.
    [CmdletBinding()]
    param([string]$State)
    switch ($State) {
        '' { return $null }
        'Missing' { return 'missing' }
        'Running' { return 'running' }
        default { return 'stopped' }
    }
}

function Get-HvModuleFact {
    # .SYNOPSIS
    # Whether a folder on the module path has the module's name, and the newest version in it; loading the module to find
    # out would take seconds.
    [CmdletBinding()]
    param()
    $fact = @{ Found = $null; Version = $null }
    try {
        $newest = $null
        $found = $false
        foreach ($folder in ([string]$env:PSModulePath).Split([System.IO.Path]::PathSeparator)) {
            if ($folder -eq '') { continue }
            # Not Path.Combine: .NET Framework's throws for a quoted entry.
            $path = $folder.Trim('"') + '/Hyper-V'
            if (-not [System.IO.Directory]::Exists($path)) { continue }
            $found = $true
            foreach ($inner in [System.IO.Directory]::GetDirectories($path)) {
                $version = $null
                if (-not [version]::TryParse([System.IO.Path]::GetFileName($inner), [ref]$version)) { continue }
                if ($null -eq $newest -or $version -gt $newest) { $newest = $version }
            }
        }
        $fact['Found'] = $found
        if ($null -ne $newest) { $fact['Version'] = [string]$newest }
    }
    catch {
        return $fact
    }
    return $fact
}

function Get-HvIdentity {
    # .SYNOPSIS
    # The account of this process, and which rights its token carries: asked of Windows, so groups in groups count.
    [CmdletBinding()]
    param()
    $identity = @{ Sid = $null; HasGroup = $null; Elevated = $null }
    if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') { return $identity }
    try {
        $current = [System.Security.Principal.WindowsIdentity]::GetCurrent()
        $principal = [System.Security.Principal.WindowsPrincipal]::new($current)
        $identity['Sid'] = [string]$current.User.Value
        $identity['Elevated'] = $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
        $identity['HasGroup'] = $principal.IsInRole([System.Security.Principal.SecurityIdentifier]::new('S-1-5-32-578'))
    }
    catch {
        return $identity
    }
    return $identity
}

function Test-HvGroupMember {
    # .SYNOPSIS
    # Whether the account is a member of Hyper-V Administrators; $null when it may be one through another group.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [string]$AccountSid
    )
    try {
        $group = @(Get-HvInstance -Counter $Counter -Namespace 'root\cimv2' -ClassName 'Win32_Group' -Property 'Domain', 'Name', 'SID' -Filter "LocalAccount=TRUE AND SID='S-1-5-32-578'")
        if ($group.Length -eq 0) { return $null }
        $Counter['Queries'] += 1
        # A member of a domain that does not answer must not hold up the explanation.
        $members = @(CimCmdlets\Get-CimAssociatedInstance -InputObject $group[0] -Association 'Win32_GroupUser' -OperationTimeoutSec 5 -ErrorAction Stop)
        $certain = $true
        foreach ($member in $members) {
            $values = $member.CimInstanceProperties
            if ([string]$values['SID'].Value -eq $AccountSid) { return $true }
            # SidTypeUser; all others can have members of their own.
            if ([int]$values['SIDType'].Value -ne 1) { $certain = $false }
        }
        if ($certain) { return $false }
        return $null
    }
    catch {
        return $null
    }
}
