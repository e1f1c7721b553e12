# The commands that tools/powershell-engine/management implements. Explicit names keep auto-loading fast: no assembly is opened to look for them.
@{
    GUID = 'EEFCB906-B326-4E99-9F54-8B4BB6EF3C6D'
    Author = 'Hyper-V Lab'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    NestedModules = 'Microsoft.PowerShell.Commands.Management.dll'
    CmdletsToExport = @(
        'Get-Content', 'Get-Item', 'Get-Location', 'Get-Process', 'Join-Path', 'Remove-Item', 'Set-Content', 'Test-Path'
    )
    FunctionsToExport = @()
    AliasesToExport = @()
}
