# Reads sizes of real files with the functions of the file that HV_SCRIPT names. HV_CALL: paths, waitMs, and paths that nobody
# ever answers for. Prints what became of each as JSON.
$ErrorActionPreference = 'Stop'
. $env:HV_SCRIPT
Set-StrictMode -Version 2
$call = [System.IO.File]::ReadAllText($env:HV_CALL) | ConvertFrom-Json
$silent = @($call.silent)
$real = ${function:New-HvFileTask}
function New-HvFileTask {
    param([string]$Kind, [string]$Path)
    if ($silent -notcontains $Path) { return & $real -Kind $Kind -Path $Path }
    # A share that does not answer: a thread of its own that comes back never.
    $never = [System.Delegate]::CreateDelegate([System.Func[bool]], [System.Threading.ManualResetEvent]::new($false), [System.Threading.WaitHandle].GetMethod('WaitOne', [type[]]@()))
    $task = [System.Threading.Tasks.Task[bool]]::new($never, [System.Threading.Tasks.TaskCreationOptions]::LongRunning)
    $task.Start()
    return $task
}
$sizes = Read-HvFileSize -Path ([string[]]@($call.paths)) -WaitMs $call.waitMs
$found = @(foreach ($path in $call.paths) { , @($sizes[$path]['Bytes'], $sizes[$path]['Gap']) })
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 4 -InputObject @{ found = $found }))
[System.Environment]::Exit(0)
