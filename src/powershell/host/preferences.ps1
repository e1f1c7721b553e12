# Runs once in each runspace that works, before everything else there.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
Set-StrictMode -Version 2
Import-SessionUtility
