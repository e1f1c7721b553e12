# The picture of a VM's console, as Hyper-V Manager shows it. Asked for one VM at a time, when somebody points at it.

function Get-HvScreenFit {
    # .SYNOPSIS
    # Width and height of a picture that fits into a box with the proportions of the guest's screen (Msvm_VideoHead), and is
    # not larger than it. Where the host does not say how large the screen is, the box itself. Both are even: some readers of
    # such pictures pad rows to four bytes, and then there is nothing to pad.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name, [int64]$Width, [int64]$Height)
    $fit = @{ Width = $Width; Height = $Height }
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName 'Msvm_VideoHead' -Property 'CurrentHorizontalResolution', 'CurrentVerticalResolution' -Filter "SystemName='$Name'") {
        $p = $instance.CimInstanceProperties
        $across = [int64]$p['CurrentHorizontalResolution'].Value
        $down = [int64]$p['CurrentVerticalResolution'].Value
        if ($across -le 0 -or $down -le 0) { continue }
        $scale = [System.Math]::Min(1.0, [System.Math]::Min($Width / $across, $Height / $down))
        $fit['Width'] = [int64][System.Math]::Max(2, 2 * [System.Math]::Floor($across * $scale / 2))
        $fit['Height'] = [int64][System.Math]::Max(2, 2 * [System.Math]::Floor($down * $scale / 2))
        break
    }
    return $fit
}

function Get-HvThumbnail {
    # .SYNOPSIS
    # state: EnabledState. rgb565: the picture as Base64, two bytes a pixel, row after row; null unless the VM runs (2).
    # The largest picture is 614,400 bytes, 819,200 characters of Base64: a frame holds 1 MiB.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [ValidateRange(32, 640)] [int64]$Width,
        [Parameter(Mandatory = $true)] [ValidateRange(24, 480)] [int64]$Height
    )
    $counter = New-HvCounter
    $name = ConvertTo-HvFilterId -Id $Id
    $vms = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_ComputerSystem' -Property 'EnabledState' -Filter "Name='$name'")
    if ($vms.Length -eq 0) {
        Assert-HvHostReadable -Counter $counter
        Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $name."
    }
    $answer = @{ state = $vms[0].CimInstanceProperties['EnabledState'].Value; width = $null; height = $null; rgb565 = $null }
    if ($answer['state'] -eq 2) {
        $settings = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_VirtualSystemSettingData' -Filter "VirtualSystemType='Microsoft:Hyper-V:System:Realized' AND InstanceID='Microsoft:$name'")
        $service = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_VirtualSystemManagementService')
        if ($settings.Length -eq 0 -or $service.Length -eq 0) {
            Assert-HvHostReadable -Counter $counter
            Stop-HvFunction -Reason 'vmNotFound' -Message "The virtual machine $name has no settings."
        }
        $fit = Get-HvScreenFit -Counter $counter -Name $name -Width $Width -Height $Height
        $result = Invoke-HvCimMethod -Counter $counter -InputObject $service[0] -MethodName 'GetVirtualSystemThumbnailImage' -Arguments @{ TargetSystem = $settings[0]; WidthPixels = [uint16]$fit['Width']; HeightPixels = [uint16]$fit['Height'] }
        $bytes = [byte[]]$result.ImageData
        # Some hosts return more bytes than pixels; what is too short is left for the reader to refuse.
        if ($null -ne $bytes -and $bytes.Length -gt 0) {
            $count = [System.Math]::Min($bytes.Length, 2 * $fit['Width'] * $fit['Height'])
            $answer['width'] = $fit['Width']
            $answer['height'] = $fit['Height']
            $answer['rgb565'] = [System.Convert]::ToBase64String($bytes, 0, $count)
        }
    }
    $answer['cimQueries'] = $counter['Queries']
    return $answer
}
