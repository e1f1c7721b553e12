# The files of the host which checkpoints keep, and how large they are: the disks that their settings name, and the memory they
# hold. Sizes are those of the file system, no disk is opened. Whatever cannot be read is a file of unknown size, with a reason.

# Looks that have not come back, by folder: until they do, nobody waits there again, and no thread is spent on it.
$HvSilentFolders = [System.Collections.Hashtable]::new([System.StringComparer]::OrdinalIgnoreCase)

function Get-HvFileGap {
    # .SYNOPSIS
    # Why a size is not known, as a word of ours: texts of the system are localised.
    [CmdletBinding()]
    param([System.Exception]$Exception, [bool]$IsLong)
    $cause = $Exception
    while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
    if ($cause -is [System.IO.PathTooLongException]) { return 'tooLong' }
    if ($cause -is [System.IO.FileNotFoundException] -or $cause -is [System.IO.DirectoryNotFoundException]) { return 'missing' }
    if ($cause -is [System.UnauthorizedAccessException] -or $cause -is [System.Security.SecurityException]) { return 'denied' }
    if ($cause -is [System.IO.IOException]) {
        $code = $cause.HResult -band 0xFFFF
        # ERROR_BAD_NETPATH, UNEXP_NET_ERR, NETNAME_DELETED, BAD_NET_NAME, SEM_TIMEOUT, NETWORK_ and HOST_UNREACHABLE.
        if (53, 59, 64, 67, 121, 1231, 1232 -contains $code) { return 'unreachable' }
        # ERROR_NETWORK_ACCESS_DENIED, LOGON_FAILURE, LOGON_TYPE_NOT_GRANTED.
        if (65, 1326, 1385 -contains $code) { return 'denied' }
        return 'failed'
    }
    # An older .NET Framework knows no prefix for long paths.
    if ($IsLong) { return 'tooLong' }
    return 'notAFile'
}

function New-HvFileTask {
    # .SYNOPSIS
    # One look at a folder ('Folder': is it there?) or a file ('File': its size) on a thread of its own, as a share that does
    # not answer holds up whoever asks. By delegates of .NET methods: other threads cannot run script.
    [CmdletBinding()]
    param([string]$Kind, [string]$Path)
    if ($Kind -eq 'Folder') {
        $look = [System.Delegate]::CreateDelegate([System.Func[bool]], [System.IO.DirectoryInfo]::new($Path), 'get_Exists')
        $task = [System.Threading.Tasks.Task[bool]]::new($look, [System.Threading.Tasks.TaskCreationOptions]::LongRunning)
    }
    else {
        $look = [System.Delegate]::CreateDelegate([System.Func[long]], [System.IO.FileInfo]::new($Path), 'get_Length')
        $task = [System.Threading.Tasks.Task[long]]::new($look)
    }
    $task.Start()
    return $task
}

function Wait-HvFileTask {
    # .SYNOPSIS
    # Waits until all of them have ended, or for so long.
    [CmdletBinding()]
    param([System.Collections.Generic.List[System.Threading.Tasks.Task]]$Task, [int64]$Ms)
    try {
        [void][System.Threading.Tasks.Task]::WaitAll($Task.ToArray(), [int][System.Math]::Max(0, $Ms))
    }
    catch {
        # Each task keeps what went wrong with it.
        $null = $_
    }
}

function Read-HvFileSize {
    # .SYNOPSIS
    # Sizes by path: @{ Bytes; Gap }, one of them $null. Ends after WaitMs whatever shares and disks do: folders are looked at
    # first, and files only of those that answered. The demo lab answers in the place of this function.
    [CmdletBinding()]
    param([string[]]$Path, [int]$WaitMs = 5000)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $sizes = [System.Collections.Hashtable]::new([System.StringComparer]::OrdinalIgnoreCase)
    $files = [System.Collections.Generic.List[object]]::new()
    $folders = @{}
    $tasks = [System.Collections.Generic.List[System.Threading.Tasks.Task]]::new()
    foreach ($one in $Path) {
        if ($sizes.ContainsKey($one)) { continue }
        $sizes[$one] = @{ Bytes = $null; Gap = 'noAnswer' }
        # MAX_PATH less a name of 8.3: what Windows takes without a prefix.
        $isLong = $one.Length -ge 248 -and [System.IO.Path]::DirectorySeparatorChar -eq '\'
        try {
            # Devices are no files, and what is relative is meant for another folder than ours.
            if ($one.StartsWith('\\.\') -or -not [System.IO.Path]::IsPathRooted($one)) { $sizes[$one]['Gap'] = 'notAFile'; continue }
            $full = $one
            if ($isLong -and $one.StartsWith('\\') -and -not $one.StartsWith('\\?\')) { $full = '\\?\UNC\' + $one.Substring(2) }
            elseif ($isLong -and -not $one.StartsWith('\\?\')) { $full = '\\?\' + $one }
            $folder = [System.IO.Path]::GetDirectoryName($full)
            if ([string]::IsNullOrEmpty($folder)) { $sizes[$one]['Gap'] = 'notAFile'; continue }
            $silent = $HvSilentFolders[$folder]
            if ($null -ne $silent -and -not $silent.IsCompleted) { continue }
            if (-not $folders.ContainsKey($folder)) {
                $HvSilentFolders.Remove($folder)
                $folders[$folder] = New-HvFileTask -Kind 'Folder' -Path $folder
                $tasks.Add($folders[$folder])
            }
            $files.Add(@{ Path = $one; Full = $full; Folder = $folder; IsLong = $isLong; Task = $null })
        }
        catch {
            $sizes[$one]['Gap'] = Get-HvFileGap -Exception $_.Exception -IsLong $isLong
        }
    }
    Wait-HvFileTask -Task $tasks -Ms $WaitMs
    $tasks.Clear()
    foreach ($file in $files) {
        $look = $folders[$file['Folder']]
        if (-not $look.IsCompleted) { $HvSilentFolders[$file['Folder']] = $look; continue }
        try {
            $file['Task'] = New-HvFileTask -Kind 'File' -Path $file['Full']
            $tasks.Add($file['Task'])
        }
        catch {
            $sizes[$file['Path']]['Gap'] = Get-HvFileGap -Exception $_.Exception -IsLong $file['IsLong']
        }
    }
    # What answered a moment ago gets a moment more when others have used up the time.
    Wait-HvFileTask -Task $tasks -Ms ([System.Math]::Max(1000, $WaitMs - $clock.ElapsedMilliseconds))
    foreach ($file in $files) {
        $task = $file['Task']
        if ($null -eq $task) { continue }
        if (-not $task.IsCompleted) { $HvSilentFolders[$file['Folder']] = $task; continue }
        if ($null -eq $task.Exception) { $sizes[$file['Path']] = @{ Bytes = [int64]$task.Result; Gap = $null } }
        else { $sizes[$file['Path']]['Gap'] = Get-HvFileGap -Exception $task.Exception -IsLong $file['IsLong'] }
    }
    return $sizes
}

function Read-HvCheckpointDisk {
    # .SYNOPSIS
    # The virtual hard disks of some settings, as the text before their InstanceID's first backslash names them, and their
    # paths. $null when the host lacks what would tell, or one of them cannot be read: nobody knows whose that is.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid[]]$Id)
    $class = 'Msvm_StorageAllocationSettingData'
    $disks = [System.Collections.Generic.List[object]]::new()
    # WMI refuses filters with very many conditions. Hyper-V takes 50 checkpoints; those of backups may come on top.
    for ($start = 0; $start -lt $Id.Length; $start += 50) {
        $filters = [System.Collections.Generic.List[string]]::new()
        for ($i = $start; $i -lt $Id.Length -and $i -lt $start + 50; $i++) { $filters.Add("InstanceID LIKE 'Microsoft:" + (ConvertTo-HvFilterId -Id $Id[$i]) + "%'") }
        $before = $Counter['Lacking'].Count
        $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'InstanceID', 'HostResource' -Filter ("ResourceSubType='Microsoft:Hyper-V:Virtual Hard Disk' AND (" + [string]::Join(' OR ', $filters.ToArray()) + ')'))
        $after = $Counter['Lacking'].Count
        if ($after -ne $before) {
            $Counter['Lacking'].RemoveRange($before, $after - $before)
            return $null
        }
        foreach ($instance in $found) {
            try {
                $p = $instance.CimInstanceProperties
                $path = ''
                foreach ($resource in @($p['HostResource'].Value)) { $path = [string]$resource; break }
                $disks.Add(@{ Owner = ([string]$p['InstanceID'].Value).Split('\')[0]; Path = $path })
            }
            catch {
                return $null
            }
        }
    }
    return , $disks.ToArray()
}

function Get-HvMemoryFileName {
    # .SYNOPSIS
    # Where the memory of a checkpoint may be: since Hyper-V of 2016 in one file, before that in two.
    [CmdletBinding()]
    param([string]$Root, [string]$Id)
    $folder = $Root.TrimEnd('\') + '\Snapshots\' + $Id
    return @(($folder + '.vmrs'), ($folder + '\' + $Id + '.bin'), ($folder + '\' + $Id + '.vsv'))
}

function Read-HvCheckpointFile {
    # .SYNOPSIS
    # Rows 'file': the checkpoint's 'Microsoft:' and id ($null: the VM as it is now), 'disk' or 'memory', path, bytes or $null,
    # why not. $null when the host does not tell which files there are.
    # Checkpoint: @{ Id; Root (SnapshotDataRoot); Saved }. Two queries and one reading of the file system, however many.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid]$Id, [object[]]$Checkpoint)
    $rows = [System.Collections.Generic.List[object]]::new()
    if ($Checkpoint.Length -eq 0) { return , $rows.ToArray() }
    $ids = [guid[]]@(foreach ($one in $Checkpoint) { $one['Id'] })
    $now = Read-HvCheckpointDisk -Counter $Counter -Id @($Id)
    $then = Read-HvCheckpointDisk -Counter $Counter -Id $ids
    if ($null -eq $now -or $null -eq $then) { return $null }
    $wanted = [System.Collections.Generic.List[string]]::new()
    foreach ($disk in $now) { $disk['Owner'] = $null; $wanted.Add($disk['Path']) }
    foreach ($disk in $then) { $wanted.Add($disk['Path']) }
    foreach ($one in $Checkpoint) {
        $one['Memory'] = @()
        if ([string]::IsNullOrEmpty($one['Root'])) { continue }
        $one['Memory'] = @(Get-HvMemoryFileName -Root $one['Root'] -Id (ConvertTo-HvFilterId -Id $one['Id']))
        $wanted.AddRange([string[]]$one['Memory'])
    }
    $sizes = Read-HvFileSize -Path $wanted.ToArray()
    foreach ($disk in @($now) + @($then)) {
        $size = $sizes[$disk['Path']]
        $rows.Add(@('file', $disk['Owner'], 'disk', $disk['Path'], $size['Bytes'], $size['Gap']))
    }
    foreach ($one in $Checkpoint) {
        $owner = 'Microsoft:' + (ConvertTo-HvFilterId -Id $one['Id'])
        $known = @(foreach ($path in $one['Memory']) { if ($null -ne $sizes[$path]['Bytes']) { $path } })
        foreach ($path in $known) { $rows.Add(@('file', $owner, 'memory', $path, $sizes[$path]['Bytes'], $null)) }
        if ($known.Length -gt 0) { continue }
        if ($one['Memory'].Length -eq 0) {
            if ($one['Saved'] -ne $false) { $rows.Add(@('file', $owner, 'memory', '', $null, 'notAFile')) }
            continue
        }
        # One of the three stands for all; that a checkpoint without memory has no file for it is as it should be.
        $gap = $sizes[$one['Memory'][0]]['Gap']
        if ($gap -ne 'missing' -or $one['Saved'] -ne $false) { $rows.Add(@('file', $owner, 'memory', $one['Memory'][0], $null, $gap)) }
    }
    return , $rows.ToArray()
}
