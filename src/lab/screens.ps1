# What the guests of the lab show on their consoles: drawn, so that one sees which kind of guest it is and what it does.
# RGB565, two bytes a pixel, the low one first, row after row. Filled row by row, as PowerShell is slow with single pixels.

function Get-HvLabVideoValues {
    <# .SYNOPSIS
    Msvm_VideoHead: how large the screen of each VM is that holds memory. #>
    param([object]$Vms)
    foreach ($vm in $Vms) {
        if (-not (Test-HvLabInMemory $vm)) { continue }
        $size = @(1024, 768)
        if ((Get-HvLabScreenKind $vm 0) -ne 'console') { $size = @(1920, 1080) }
        @{
            '/vm' = $vm; DeviceID = 'Microsoft:' + $vm.Id + '\VideoHead'; SystemName = $vm.Id; SystemCreationClassName = 'Msvm_ComputerSystem'
            CurrentHorizontalResolution = [uint32]$size[0]; CurrentVerticalResolution = [uint32]$size[1]; CurrentBitsPerPixel = [uint32]32
        }
    }
}

function Get-HvLabScreenKind {
    <# .SYNOPSIS
    console (text), or what Windows shows: signIn, or locked while somebody is signed in; starting before either is there. #>
    param([hashtable]$Vm, [long]$Now)
    if (-not ([string]$Vm.Guest.osName).StartsWith('Windows')) { return 'console' }
    if ($Now -lt (Get-HvLabReadyAt $Vm 3)) { return 'starting' }
    if ([string]$Vm.Guest.shutdown -eq 'locked') { return 'locked' }
    'signIn'
}

function Get-HvLabColor {
    <# .SYNOPSIS
    The two bytes of a colour; red, green and blue from 0 to 255. #>
    param([int]$Red, [int]$Green, [int]$Blue)
    $value = (($Red -shr 3) -shl 11) -bor (($Green -shr 2) -shl 5) -bor ($Blue -shr 3)
    , [byte[]]@(($value -band 255), ($value -shr 8))
}

function Set-HvLabBox {
    <# .SYNOPSIS
    Fills a rectangle; edges in thousandths of the picture. #>
    param([hashtable]$Picture, [int]$Left, [int]$Top, [int]$Right, [int]$Bottom, [byte[]]$Color)
    $from = [int][Math]::Floor($Picture.Width * $Left / 1000)
    $count = [int][Math]::Max(1, [Math]::Round($Picture.Width * ($Right - $Left) / 1000))
    $first = [int][Math]::Floor($Picture.Height * $Top / 1000)
    $last = [int][Math]::Max($first + 1, [Math]::Round($Picture.Height * $Bottom / 1000))
    $count = [Math]::Min($count, $Picture.Width - $from)
    $last = [Math]::Min($last, $Picture.Height)
    if ($count -le 0) { return }
    $row = [byte[]]::new(2 * $count)
    $row[0] = $Color[0]
    $row[1] = $Color[1]
    # Twice as much with each copy.
    for ($done = 2; $done -lt $row.Length; $done *= 2) { [System.Buffer]::BlockCopy($row, 0, $row, $done, [Math]::Min($done, $row.Length - $done)) }
    for ($y = $first; $y -lt $last; $y++) { [System.Buffer]::BlockCopy($row, 0, $Picture.Bytes, 2 * ($y * $Picture.Width + $from), $row.Length) }
}

function Set-HvLabDisc {
    <# .SYNOPSIS
    Fills a disc; centre and radius in thousandths, the radius of the height. #>
    param([hashtable]$Picture, [int]$X, [int]$Y, [int]$Radius, [byte[]]$Color)
    $steps = [int][Math]::Max(4, $Picture.Height * $Radius / 1000)
    for ($i = -$steps; $i -lt $steps; $i++) {
        $half = [Math]::Sqrt(1 - ($i / $steps) * ($i / $steps)) * $Radius * $Picture.Height / $Picture.Width
        $top = $Y + [int]($Radius * $i / $steps)
        Set-HvLabBox $Picture ([int]($X - $half)) $top ([int]($X + $half)) ($top + [int]($Radius / $steps)) $Color
    }
}

function Set-HvLabGradient {
    <# .SYNOPSIS
    Fills the picture from one colour at the top to another at the bottom. #>
    param([hashtable]$Picture, [int[]]$From, [int[]]$To)
    $bands = [Math]::Min(100, $Picture.Height)
    for ($i = 0; $i -lt $bands; $i++) {
        $part = @(for ($c = 0; $c -lt 3; $c++) { [int]($From[$c] + ($To[$c] - $From[$c]) * $i / $bands) })
        Set-HvLabBox $Picture 0 ([int](1000 * $i / $bands)) 1000 ([int](1000 * ($i + 1) / $bands)) (Get-HvLabColor $part[0] $part[1] $part[2])
    }
}

function Set-HvLabWindows {
    <# .SYNOPSIS
    The sign-in screen of Windows, or its lock screen with the time. #>
    param([hashtable]$Picture, [hashtable]$Vm, [bool]$IsLocked)
    # Each VM has a tint of its own.
    $tint = ($Vm.Index * 37) % 90
    Set-HvLabGradient $Picture @(16, (40 + $tint / 3), (96 + $tint)) @((40 + $tint / 2), (120 + $tint / 2), 200)
    $white = Get-HvLabColor 248 248 248
    if ($IsLocked) {
        Set-HvLabTime $Picture '10:24' $white
        Set-HvLabBox $Picture 60 840 200 856 $white
        return
    }
    Set-HvLabDisc $Picture 500 350 130 (Get-HvLabColor 210 220 232)
    Set-HvLabDisc $Picture 500 315 45 (Get-HvLabColor 110 128 152)
    Set-HvLabBox $Picture 455 380 545 440 (Get-HvLabColor 110 128 152)
    Set-HvLabBox $Picture 420 530 580 560 $white
    Set-HvLabBox $Picture 380 610 620 670 $white
    Set-HvLabBox $Picture 383 616 585 664 (Get-HvLabColor 32 48 80)
}

function Set-HvLabTime {
    <# .SYNOPSIS
    A time at the lower left, of the seven bars of a digital clock: top, upper left, upper right, middle, lower left, lower
    right, bottom. #>
    param([hashtable]$Picture, [string]$Time, [byte[]]$Color)
    $bars = @(@(0, 0, 30, 14), @(0, 0, 8, 60), @(22, 0, 30, 60), @(0, 53, 30, 67), @(0, 60, 8, 120), @(22, 60, 30, 120), @(0, 106, 30, 120))
    $digits = @{ '0' = 0, 1, 2, 4, 5, 6; '1' = 2, 5; '2' = 0, 2, 3, 4, 6; '4' = 1, 2, 3, 5 }
    $left = 60
    foreach ($sign in $Time.ToCharArray()) {
        if ($sign -eq ':') {
            foreach ($top in 720, 764) { Set-HvLabBox $Picture $left $top ($left + 8) ($top + 14) $Color }
            $left += 20
            continue
        }
        foreach ($i in $digits[[string]$sign]) { $bar = $bars[$i]; Set-HvLabBox $Picture ($left + $bar[0]) (690 + $bar[1]) ($left + $bar[2]) (690 + $bar[3]) $Color }
        $left += 42
    }
}

function Set-HvLabConsole {
    <# .SYNOPSIS
    Lines of text as bars, and a prompt with its cursor. #>
    param([hashtable]$Picture, [hashtable]$Vm)
    $grey = Get-HvLabColor 168 168 168
    $green = Get-HvLabColor 80 208 96
    for ($line = 0; $line -lt 14; $line++) {
        $left = 20
        for ($word = 0; $word -lt 5; $word++) {
            $width = 20 + (($Vm.Index * 13 + $line * 29 + $word * 47) % 11) * 12
            $color = $grey
            if ($word -eq 0 -and $line -lt 11) { $color = $green }
            if ($left + $width -lt 960 -and ($line + $word + $Vm.Index) % 5 -lt 4) { Set-HvLabBox $Picture $left (40 + $line * 56) ($left + $width) (64 + $line * 56) $color }
            $left += $width + 14
        }
    }
    Set-HvLabBox $Picture 20 836 110 860 $green
    Set-HvLabBox $Picture 124 830 138 866 (Get-HvLabColor 248 248 248)
}

function New-HvLabPicture {
    <# .SYNOPSIS
    What the screen of a VM shows, as bytes. #>
    param([hashtable]$Vm, [int]$Width, [int]$Height, [long]$Now)
    # Black, and some bytes more than pixels, as some hosts return.
    $picture = @{ Width = $Width; Height = $Height; Bytes = [byte[]]::new(2 * $Width * $Height + 4) }
    switch (Get-HvLabScreenKind $Vm $Now) {
        'console' { Set-HvLabConsole $picture $Vm }
        'starting' {
            $blue = Get-HvLabColor 0 120 216
            foreach ($box in @(455, 350, 497, 430), @(503, 350, 545, 430), @(455, 440, 497, 520), @(503, 440, 545, 520)) { Set-HvLabBox $picture $box[0] $box[1] $box[2] $box[3] $blue }
            for ($i = 0; $i -lt 5; $i++) { Set-HvLabDisc $picture (440 + $i * 30) 750 10 (Get-HvLabColor 248 248 248) }
        }
        'locked' { Set-HvLabWindows $picture $Vm $true }
        default { Set-HvLabWindows $picture $Vm $false }
    }
    , $picture.Bytes
}

function Assert-HvLabScreenArguments {
    <# .SYNOPSIS
    What Invoke-CimMethod itself refuses: other arguments, other types. #>
    param([System.Collections.IDictionary]$Arguments)
    $command = 'InvokeCimMethodCommand'
    foreach ($name in $Arguments.Keys) {
        if ('TargetSystem', 'WidthPixels', 'HeightPixels' -notcontains $name) { throw (New-HvLabCimError '0x80041008' 'InvalidArgument' 'invalidParameter' $name $command) }
    }
    $class = $null
    if ($null -ne $Arguments['TargetSystem']) { $class = $Arguments['TargetSystem'].PSObject.Properties['CimClass'] }
    $fits = $null -ne $class -and $class.Value.CimClassName -eq 'Msvm_VirtualSystemSettingData'
    if (-not $fits -or $Arguments['WidthPixels'] -isnot [uint16] -or $Arguments['HeightPixels'] -isnot [uint16]) {
        throw (New-HvLabCimError '0x80041005' 'InvalidType' 'typeMismatch' 'GetVirtualSystemThumbnailImage' $command)
    }
}

function Request-HvLabPicture {
    <# .SYNOPSIS
    The answer to GetVirtualSystemThumbnailImage: a refusal, or the bytes. #>
    param([hashtable]$Vm, [System.Collections.IDictionary]$Arguments, [long]$Now)
    if ($null -eq $Vm) { return @{ Code = 32773; Job = $null } }
    if (-not (Test-HvLabInMemory $Vm)) { return @{ Code = 32775; Job = $null } }
    if ($Vm.Guest.screenError -ne 0) { return @{ Code = [int]$Vm.Guest.screenError; Job = $null } }
    @{ Code = 0; Job = $null; Image = (New-HvLabPicture $Vm ([int]$Arguments['WidthPixels']) ([int]$Arguments['HeightPixels']) $Now) }
}
