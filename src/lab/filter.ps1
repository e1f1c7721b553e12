# The part of WQL that CIM callers use: conditions joined by AND, with =, <>, comparison, LIKE and IS NULL. One of several
# values of a property, (a='1' OR a='2'), is one condition: IN; one of several patterns, (a LIKE '1%' OR a LIKE '2%'): ANY LIKE.

function ConvertFrom-HvLabFilter {
    <# .SYNOPSIS
    A list of conditions (property, operator, value); throws the real "Invalid query" for anything else. #>
    param([string]$Filter)
    $conditions = [System.Collections.ArrayList]::new()
    $rest = $Filter.Trim()
    $shape = [regex]'^(?<name>[A-Za-z_]\w*)\s*(?<op>=|<>|!=|<=|>=|<|>|\bLIKE\b|\bIS\s+NOT\b|\bIS\b)\s*(?<value>''(?:[^''\\]|\\.)*''|"(?:[^"\\]|\\.)*"|-?\d+|TRUE|FALSE|NULL)\s*(?:(?<and>AND)\s+|$)'
    $shape = [regex]::new($shape.ToString(), 'IgnoreCase, CultureInvariant')
    $choice = [regex]::new('^\(\s*(?<name>[A-Za-z_]\w*)\s*(?<op>=|\bLIKE\b)\s*''(?<value>(?:[^''\\]|\\.)*)''(?:\s+OR\s+\k<name>\s*\k<op>\s*''(?<value>(?:[^''\\]|\\.)*)'')*\s*\)\s*(?:(?<and>AND)\s+|$)', 'IgnoreCase, CultureInvariant')
    while ($true) {
        $match = $choice.Match($rest)
        if ($match.Success) {
            $values = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::OrdinalIgnoreCase)
            foreach ($capture in $match.Groups['value'].Captures) { [void]$values.Add([regex]::Replace($capture.Value, '\\(.)', '$1')) }
            $operator = 'ANY LIKE'
            if ($match.Groups['op'].Value -eq '=') { $operator = 'IN' }
            [void]$conditions.Add(@{ Name = $match.Groups['name'].Value; Operator = $operator; Value = $values })
            $rest = $rest.Substring($match.Length)
            if (-not $match.Groups['and'].Success) { break }
            continue
        }
        $match = $shape.Match($rest)
        if (-not $match.Success) { throw (New-HvLabCimError '0x80041017' 'InvalidArgument' 'invalidQuery' $Filter) }
        $word = $match.Groups['value'].Value
        $value = $word
        if ($word[0] -eq "'" -or $word[0] -eq '"') { $value = [regex]::Replace($word.Substring(1, $word.Length - 2), '\\(.)', '$1') }
        elseif ($word -eq 'NULL') { $value = $null }
        elseif ($word -eq 'TRUE') { $value = $true }
        elseif ($word -eq 'FALSE') { $value = $false }
        else { $value = [long]$word }
        $operator = [regex]::Replace($match.Groups['op'].Value.ToUpperInvariant(), '\s+', ' ')
        [void]$conditions.Add(@{ Name = $match.Groups['name'].Value; Operator = $operator; Value = $value })
        $rest = $rest.Substring($match.Length)
        if (-not $match.Groups['and'].Success) { break }
    }
    , $conditions.ToArray()
}

function Test-HvLabCondition {
    <# .SYNOPSIS
    Whether the values of an instance fulfil every condition. Text is compared without regard to case, as WMI does. #>
    param([hashtable]$Values, [hashtable]$Constants, [object[]]$Conditions)
    foreach ($condition in $Conditions) {
        $actual = $Values[$condition.Name]
        if ($null -eq $actual) { $actual = $Constants[$condition.Name] }
        $wanted = $condition.Value
        $holds = switch ($condition.Operator) {
            '=' { $null -ne $actual -and $actual -eq $wanted }
            'IN' { $null -ne $actual -and $wanted.Contains([string]$actual) }
            '<>' { $null -ne $actual -and $actual -ne $wanted }
            '!=' { $null -ne $actual -and $actual -ne $wanted }
            '<' { $null -ne $actual -and $actual -lt $wanted }
            '>' { $null -ne $actual -and $actual -gt $wanted }
            '<=' { $null -ne $actual -and $actual -le $wanted }
            '>=' { $null -ne $actual -and $actual -ge $wanted }
            'IS' { $null -eq $actual }
            'IS NOT' { $null -ne $actual }
            'ANY LIKE' { $null -ne $actual -and (Test-HvLabLikeAny ([string]$actual) $wanted) }
            'LIKE' { $null -ne $actual -and (Test-HvLabLike ([string]$actual) ([string]$wanted)) }
        }
        if (-not $holds) { return $false }
    }
    $true
}

function Test-HvLabLike {
    <# .SYNOPSIS
    WQL's LIKE: % any text, _ one character, [..] a set, [^..] its opposite. #>
    param([string]$Text, [string]$Pattern)
    $regex = [System.Text.StringBuilder]::new('^')
    for ($i = 0; $i -lt $Pattern.Length; $i++) {
        $char = [string]$Pattern[$i]
        $close = -1
        if ($char -eq '[') { $close = $Pattern.IndexOf(']', $i + 1) }
        if ($char -eq '%') { [void]$regex.Append('.*') }
        elseif ($char -eq '_') { [void]$regex.Append('.') }
        elseif ($close -gt 0) {
            [void]$regex.Append($Pattern.Substring($i, $close - $i + 1).Replace('\', '\\'))
            $i = $close
        }
        else { [void]$regex.Append([regex]::Escape($char)) }
    }
    [regex]::IsMatch($Text, $regex.Append('$').ToString(), 'IgnoreCase, CultureInvariant, Singleline')
}

function Test-HvLabLikeAny {
    <# .SYNOPSIS
    Whether a text is like one of the patterns. #>
    param([string]$Text, [System.Collections.Generic.HashSet[string]]$Patterns)
    foreach ($pattern in $Patterns) { if (Test-HvLabLike $Text $pattern) { return $true } }
    $false
}

function Get-HvLabFilterVm {
    <# .SYNOPSIS
    The VMs a filter can only mean, so that a question about some VMs is not asked of all; nothing when it names none. #>
    param([object[]]$Conditions)
    foreach ($condition in $Conditions) {
        if ('=', 'LIKE', 'IN', 'ANY LIKE' -notcontains $condition.Operator) { continue }
        if ('Name', 'SystemName', 'InstanceID', 'VirtualSystemIdentifier' -notcontains $condition.Name) { continue }
        $isEach = $true
        $ids = [System.Collections.Generic.HashSet[string]]::new()
        foreach ($value in @($condition.Value)) {
            $match = [regex]::Match([string]$value, '^(?:Microsoft:)?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?:$|\\|%)')
            $id = $match.Groups[1].Value.ToUpperInvariant()
            if ($id.StartsWith('C4EC')) {
                $found = Find-HvLabCheckpoint $id
                $id = ''
                if ($null -ne $found) { $id = $found.Vm.Id }
            }
            if ($id -eq '') { $isEach = $false; break }
            [void]$ids.Add($id)
        }
        if ($isEach) { return @($ids) }
    }
}
