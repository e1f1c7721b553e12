# Runs once in each runspace that works, before everything else there.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
Set-StrictMode -Version 2
# As in bootstrap.ps1: by name, and before a command of it is looked for.
Import-Module -Name Microsoft.PowerShell.Utility
if ($PSVersionTable.PSVersion.Major -lt 6) { Remove-TypeData -TypeName System.Array -ErrorAction Ignore }
