# What kind of PowerShell this is. Told by hello, and by a PowerShell on another computer when its session opens.

# A folder of that name on the module path; asking Get-Module would analyse every module on the machine.
function Test-SessionModule {
    param([string]$Name)
    foreach ($folder in ([string]$env:PSModulePath).Split([System.IO.Path]::PathSeparator)) {
        # Not Path.Combine: .NET Framework's throws for a quoted entry.
        if ($folder -ne '' -and [System.IO.Directory]::Exists($folder.Trim('"') + '/' + $Name)) { return $true }
    }
    return $false
}

function Test-SessionAdministrator {
    if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') { return $null }
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    return [System.Security.Principal.WindowsPrincipal]::new($identity).IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Get-SessionFacts {
    param([string]$Module)
    $present = $null
    if ($Module -ne '' -and (Test-SessionModule $Module)) { $present = $Module }
    return @{
        ps           = [string]$PSVersionTable.PSVersion
        edition      = [string]$PSVersionTable.PSEdition
        os           = [System.Environment]::OSVersion.VersionString
        culture      = [System.Globalization.CultureInfo]::CurrentUICulture.Name
        languageMode = [string]$ExecutionContext.SessionState.LanguageMode
        module       = $present
        admin        = Test-SessionAdministrator
    }
}
