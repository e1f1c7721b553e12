# What a client has of the inventory already does not travel again. For a client that keeps rows, the text of each row it
# was sent is remembered under a token; who comes back with that token gets the rows that differ, and the keys of those
# that went. Any other token, or none, gets all rows: after a restart, in another runspace, or when the last answer was
# cancelled on its way. Whole texts and no hashes, so that no change can hide behind an equal hash: some 7 KB a VM.

# What was sent last in this runspace: its token, and the texts by group and key. Replaced as a whole at the end of an
# inventory, so that one which is stopped leaves the older one.
$HvSent = @{ Last = $null; Clock = [System.Diagnostics.Stopwatch]::StartNew() }

function New-HvMemory {
    # .SYNOPSIS
    # What one inventory compares with and remembers. Old is missing when everything must travel.
    [CmdletBinding()]
    param([string]$Since)
    $last = $HvSent['Last']
    $old = $null
    if ($null -ne $last -and $Since -ne '' -and $last['Token'] -eq $Since) { $old = $last['Groups'] }
    return @{ Token = [guid]::NewGuid().ToString('N'); Old = $old; New = @{}; Rows = 0; Began = $HvSent['Clock'].ElapsedMilliseconds }
}

function Send-HvBase {
    # .SYNOPSIS
    # Row 'base', before all others: the rows that follow are differences to those of this token, or everything ('').
    [CmdletBinding()]
    param([hashtable]$Memory, [string]$Since)
    if ($null -eq $Memory) { return }
    if ($null -eq $Memory['Old']) { $Since = '' }
    Send-SessionBatch -Records @(, @('base', $Since))
    $Memory['Rows'] += 1
}

function Get-HvVmText {
    # .SYNOPSIS
    # Rows 'vm' as texts. The uptime of a VM that runs is no news while it goes on like the clock: in its place is when the
    # VM was started, between two moments as the query takes a while. The same start is one that may be within 2 s of it
    # (vmParts.ts counts on them). All rows in one call, as a call for each would take longer than the rest.
    [CmdletBinding()]
    param([object[]]$Rows, [hashtable]$Old, [long]$Began, [long]$Ended)
    $separator = [string][char]1
    $first = [long]0
    $last = [long]0
    $texts = [System.Collections.Generic.List[string]]::new($Rows.Length)
    foreach ($row in $Rows) {
        if ($row[0] -ne 'vm' -or $row[3] -ne 2 -or $null -eq $row[4]) {
            $texts.Add($row -join $separator)
            continue
        }
        $rest = ($row[0..3] -join $separator) + $separator + 'started at '
        $low = $Began - [long]$row[4]
        $high = $Ended - [long]$row[4]
        $text = $rest + $low + ' ' + $high
        $before = $Old[$row[1]]
        if ($null -ne $before -and $before.StartsWith($rest, [System.StringComparison]::Ordinal)) {
            $known = $before.Substring($rest.Length).Split(' ')
            $isKnown = [long]::TryParse($known[0], [ref]$first) -and [long]::TryParse($known[-1], [ref]$last)
            if ($isKnown -and $high -ge $first - 2000 -and $low -le $last + 2000) { $text = $before }
        }
        $texts.Add($text)
    }
    return , $texts.ToArray()
}

function Send-HvRow {
    # .SYNOPSIS
    # Sends the rows of one class, or those which the client does not have. KeyAt is the column of the key; the columns up
    # to it name the row. A row 'gone' with these columns goes before the others.
    [CmdletBinding()]
    param([hashtable]$Memory, [string]$Group, [object[]]$Rows, [int]$KeyAt = 1)
    if ($null -eq $Memory) {
        Send-SessionBatch -Records $Rows
        return
    }
    $old = @{}
    if ($null -ne $Memory['Old'] -and $Memory['Old'].ContainsKey($Group)) { $old = $Memory['Old'][$Group] }
    # A GUID stays the same in another letter case.
    $new = [hashtable]::new($Rows.Length, [System.StringComparer]::OrdinalIgnoreCase)
    $changed = [System.Collections.Generic.List[object]]::new()
    $gone = [System.Collections.Generic.List[string]]::new()
    $met = 0
    $ofVms = $null
    if ($Group -eq 'vm') { $ofVms = Get-HvVmText -Rows $Rows -Old $old -Began $Memory['Began'] -Ended $HvSent['Clock'].ElapsedMilliseconds }
    # Between columns, and between the items of an array: neither is text that people or XML can write.
    $separator = [string][char]1
    $inner = [string][char]2
    $texts = [System.Collections.Generic.List[string]]::new()
    for ($i = 0; $i -lt $Rows.Length; $i++) {
        $row = $Rows[$i]
        $tag = $row[0]
        if ($tag -eq 'problem') {
            $changed.Add($row)
            continue
        }
        # An InstanceID begins with the part that names the VM. What a guest reports comes with its component.
        if ($tag -eq 'kvp') { $key = 'kvp ' + $row[1] }
        else { $key = ([string]$row[$KeyAt]).Split('\')[0] }
        $before = $old[$key]
        if ($null -ne $ofVms) { $text = $ofVms[$i] }
        else {
            $texts.Clear()
            foreach ($value in $row) {
                if ($value -is [array]) { $value = $value -join $inner }
                $texts.Add($value)
            }
            $text = [string]::Join($separator, $texts)
        }
        # The last of several rows with one key counts, so the client needs all of them.
        $isFirst = -not $new.ContainsKey($key)
        if ($isFirst -and $null -ne $before) { $met++ }
        if ($text.Length -gt 200000) {
            # It may not fit a frame, and what the client has is no longer true.
            if ($null -ne $before) { $gone.Add($key) }
            $new[$key] = ''
            $changed.Add($row)
        }
        elseif ($isFirst -and [string]::Equals($before, $text)) { $new[$key] = $before }
        else {
            $new[$key] = $text
            $changed.Add($row)
        }
    }
    if ($met -lt $old.Count) {
        foreach ($key in $old.Keys) {
            if (-not $new.ContainsKey($key)) { $gone.Add($key) }
        }
    }
    # A hashtable has another order in each process.
    $gone.Sort([System.StringComparer]::Ordinal)
    $Memory['New'][$Group] = $new
    $records = [System.Collections.Generic.List[object]]::new()
    foreach ($key in $gone) {
        if ($key.StartsWith('kvp ')) { $records.Add(@('gone', 'kvp', $key.Substring(4))) }
        else { $records.Add(@('gone') + $Group.Split(' ') + $key) }
    }
    $records.AddRange($changed)
    $Memory['Rows'] += $records.Count
    Send-SessionBatch -Records $records.ToArray()
}

function Complete-HvMemory {
    # .SYNOPSIS
    # From now on the client may come back with the token. What travels with the answer: the token, and how many rows were
    # sent, as a client which missed one has not what is remembered here.
    [CmdletBinding()]
    param([hashtable]$Memory, [hashtable]$Answer)
    if ($null -ne $Memory) {
        $HvSent['Last'] = @{ Token = $Memory['Token']; Groups = $Memory['New'] }
        $Answer['token'] = $Memory['Token']
        $Answer['rows'] = $Memory['Rows']
    }
    return $Answer
}
