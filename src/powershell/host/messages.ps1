# Writing frames and turning errors into plain values. Runs in every runspace of the session; all hold a $SessionContext.

# Characters of text in one frame; frames.ts reads lines of as many.
$SessionFrameLimit = 1048576

# JSON allows an escape for every UTF-16 unit.
function ConvertTo-SessionAscii {
    param([string]$Text)
    $escaped = [System.Text.StringBuilder]::new($Text.Length)
    foreach ($unit in $Text.ToCharArray()) {
        if ([int]$unit -lt 128) { [void]$escaped.Append($unit) }
        else { [void]$escaped.Append('\u' + ([int]$unit).ToString('x4')) }
    }
    return $escaped.ToString()
}

# A frame is written by one call on a synchronized writer: frames of several runspaces never mix. The leading newline
# closes a line which somebody else left open on stdout.
function Write-SessionText {
    param([string]$Text)
    if ($SessionContext.format.ascii -and $Text -match '[^\x00-\x7f]') { $Text = ConvertTo-SessionAscii $Text }
    if ($Text.Length -gt $SessionFrameLimit) { throw 'The message is larger than 1 MiB.' }
    $SessionContext.output.Write("`n" + $SessionContext.prefix + $Text + "`n")
}

function Write-SessionMessage {
    param([hashtable]$Message)
    Write-SessionText (ConvertTo-Json -Compress -Depth 6 -InputObject $Message)
}

# Code is one of JSON-RPC's or of errorCodes.ts.
function Write-SessionError {
    param($Id, [int]$Code, [string]$Message, [hashtable]$Data)
    Write-SessionMessage @{ jsonrpc = '2.0'; id = $Id; error = @{ code = $Code; message = $Message; data = $Data } }
}

# The hashtable a function put into the Data of the exception it threw, or of one inside it.
function Get-SessionErrorDetail {
    param($Exception)
    for ($current = $Exception; $null -ne $current; $current = $current.InnerException) {
        if ($null -ne $current.Data -and $current.Data.Contains('detail')) { return $current.Data['detail'] }
    }
    return @{}
}

# An ErrorRecord as plain values. Live objects are never serialised: they may be large, lazy or endless.
function ConvertTo-SessionErrorData {
    param($Record)
    $innermost = $Record.Exception
    while ($null -ne $innermost.InnerException) { $innermost = $innermost.InnerException }
    $hresult = [int64]$innermost.HResult
    if ($hresult -lt 0) { $hresult += 4294967296 }
    $target = $null
    if ($null -ne $Record.TargetObject) {
        try { $target = [string]$Record.TargetObject } catch { $target = $null }
        if ($null -ne $target -and $target.Length -gt 1000) { $target = $target.Substring(0, 1000) }
    }
    return @{
        fqid     = [string]$Record.FullyQualifiedErrorId
        category = [string]$Record.CategoryInfo.Category
        hresult  = $hresult
        target   = $target
        detail   = Get-SessionErrorDetail $Record.Exception
        outcome  = 'none'
    }
}
