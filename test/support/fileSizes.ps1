# Reads sizes of real files with the functions of the file that HV_SCRIPT names. HV_CALL: paths, waitMs, and paths that nobody
# answers for until the second reading is over. Prints what became of each in three readings, and how often those were looked at.
$ErrorActionPreference = 'Stop'
. $env:HV_SCRIPT
Set-StrictMode -Version 2
$call = [System.IO.File]::ReadAllText($env:HV_CALL) | ConvertFrom-Json
$global:quiet = @($call.silent)
$global:looks = 0
$global:awake = [System.Threading.ManualResetEvent]::new($false)
$real = ${function:New-HvFileTask}
function New-HvFileTask {
    param([string]$Kind, [string]$Path)
    if ($global:quiet -notcontains $Path) { return & $real -Kind $Kind -Path $Path }
    $global:looks++
    # A share that does not answer: a thread that comes back when the event says so.
    $never = [System.Delegate]::CreateDelegate([System.Func[bool]], $global:awake, [System.Threading.WaitHandle].GetMethod('WaitOne', [type[]]@()))
    $task = [System.Threading.Tasks.Task[bool]]::new($never, [System.Threading.Tasks.TaskCreationOptions]::LongRunning)
    $task.Start()
    return $task
}
$readings = @(foreach ($turn in 1, 2, 3) {
        $sizes = Read-HvFileSize -Path ([string[]]@($call.paths)) -WaitMs $call.waitMs
        $found = @(foreach ($path in $call.paths) { , @($sizes[$path]['Bytes'], $sizes[$path]['Gap']) })
        @{ found = $found; looks = $global:looks }
        if ($turn -eq 2) {
            $global:quiet = @()
            $null = $global:awake.Set()
            # The thread that was waiting comes back a moment later.
            foreach ($look in @($HvSilentFolders.Values)) { $null = $look.Wait(10000) }
        }
    })
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 5 -InputObject @{ readings = $readings }))
[System.Environment]::Exit(0)
