# The commands that tools/powershell-engine/utility implements. Explicit names keep auto-loading fast: no assembly is opened to look for them.
@{
    GUID = '1DA87E53-152B-403E-98DC-74D7B4D63D59'
    Author = 'Hyper-V Lab'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    NestedModules = 'Microsoft.PowerShell.Commands.Utility.dll'
    CmdletsToExport = @(
        'Add-Member', 'ConvertFrom-Json', 'ConvertTo-Json', 'Get-Date', 'Get-Member', 'Get-Random', 'Get-Variable', 'Group-Object',
        'Measure-Object', 'New-Object', 'New-Variable', 'Out-String', 'Read-Host', 'Remove-Variable', 'Select-Object', 'Set-Variable', 'Sort-Object',
        'Start-Sleep', 'Write-Debug', 'Write-Error', 'Write-Host', 'Write-Information', 'Write-Output', 'Write-Progress',
        'Write-Verbose', 'Write-Warning'
    )
    FunctionsToExport = @()
    AliasesToExport = @()
}
