# Functions of a session that the session tests talk to; each does one thing that a real function may do.

function Get-Echo {
    param([string]$Text)
    return @{ text = $Text }
}

function Get-EchoTypes {
    param([guid]$Id, [bool]$Enabled, [int]$Count, [string[]]$Names)
    return @{ id = [string]$Id; enabled = $Enabled; count = $Count; names = $Names; bound = [string[]]@($PSBoundParameters.Keys | ForEach-Object { $_ }) }
}

function Get-Nothing {
}

# Waits until a file exists or is gone: tests order events with files, never with time.
function Wait-File {
    param([string]$Path, [bool]$Present)
    while ([System.IO.File]::Exists($Path) -ne $Present) { Start-Sleep -Milliseconds 5 }
    return @{ path = $Path }
}

# Says that it runs by creating one file, and goes on when another one exists.
function Step-File {
    param([string]$Announce, [string]$Until)
    [System.IO.File]::WriteAllText($Announce, '')
    while (-not [System.IO.File]::Exists($Until)) { Start-Sleep -Milliseconds 5 }
    return @{ announced = $Announce }
}

function Wait-Time {
    param([int]$Ms)
    Start-Sleep -Milliseconds $Ms
    return @{ slept = $Ms }
}

# Cannot be stopped: one method call that blocks.
function Wait-Stubborn {
    param([string]$Announce)
    [System.IO.File]::WriteAllText($Announce, '')
    [System.Threading.Thread]::Sleep(60000)
    return @{}
}

function Add-Line {
    param([string]$Path, [string]$Text)
    [System.IO.File]::AppendAllText($Path, $Text + "`n")
    return @{ text = $Text }
}

function Stop-Process {
    param([string]$Path)
    if ($Path -ne '' -and [System.IO.File]::Exists($Path)) { return @{ repeated = $true } }
    if ($Path -ne '') { [System.IO.File]::WriteAllText($Path, '') }
    [System.Diagnostics.Process]::GetCurrentProcess().Kill()
    Start-Sleep -Seconds 60
}

function Send-Record {
    param([int]$Count, [int]$Size)
    $filler = 'x' * $Size
    $records = for ($i = 0; $i -lt $Count; $i++) { , @('vm', $i, "machine $i", $true, $null, $filler) }
    Send-SessionBatch -Records $records
    return @{ count = $Count }
}

# One record that no frame can hold, among two that are small.
function Send-OversizedRecord {
    param([int]$Size)
    Send-SessionBatch -Records @(@('vm', 'first'), @('notes', 'second', ('x' * $Size)), @('vm', 'third'))
    return @{ sent = 3 }
}

function Send-TwoBatch {
    param([string]$Path)
    Send-SessionBatch -Records @(, @('first', 1))
    while (-not [System.IO.File]::Exists($Path)) { Start-Sleep -Milliseconds 5 }
    Send-SessionBatch -Records @(, @('second', 2))
    return @{ done = $true }
}

function Write-Noise {
    param([string]$Text)
    Write-Host $Text
    Write-Warning $Text
    [Console]::Out.WriteLine($Text)
    [Console]::Error.WriteLine($Text)
    $stream = [Console]::OpenStandardOutput()
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($Text)
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Flush()
    return @{ text = $Text }
}

function Write-ErrorFlood {
    param([int]$Lines)
    $line = 'e' * 1000
    for ($i = 0; $i -lt $Lines; $i++) { [Console]::Error.WriteLine($line) }
    return @{ lines = $Lines }
}

function Stop-WithDetail {
    $exception = [System.ComponentModel.Win32Exception]::new(5)
    $exception.Data['detail'] = @{ reason = 'accessDenied'; returnValue = 32775 }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, 'Hv.accessDenied', 'PermissionDenied', 'the target')
    throw $record
}

function Get-MissingItem {
    Get-DoesNotExist
}

function Get-Large {
    param([int]$Size)
    return @{ text = 'x' * $Size }
}
