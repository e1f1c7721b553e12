# What comes of guests that answer with whatever they like. HV_SCRIPT: the functions of a host.
$ErrorActionPreference = 'Stop'
function Stop-SessionCall { }
. ([scriptblock]::Create([System.IO.File]::ReadAllText($env:HV_SCRIPT)))
function Invoke-HvProbe {
    param([string]$Name, [hashtable]$Guest)
    $answer = $script:Answers[$Name]
    if ($answer -is [scriptblock]) { return & $answer }
    $answer
}
function Seal {
    $key = New-HvGuestKey
    $rsa = [System.Security.Cryptography.RSACryptoServiceProvider]::new()
    $public = [System.Security.Cryptography.RSAParameters]::new()
    $public.Modulus = [System.Convert]::FromBase64String($key.modulus)
    $public.Exponent = [System.Convert]::FromBase64String($key.exponent)
    $rsa.ImportParameters($public)
    $block = [System.Convert]::ToBase64String($rsa.Encrypt([System.Text.Encoding]::Unicode.GetBytes('x'), $true))
    @{ Id = [guid]::NewGuid(); KeyId = [guid]$key.keyId; User = 'a b\c@d'; Sealed = @($block) }
}
$long = 'x' * 10485760
$cases = [ordered]@{
    long = @{ clock = 1.5; time = @{ source = $long; status = $long; type = $long; peers = $long; provider = $long }; resync = @{ exitCode = $long; text = $long } }
    numbers = @{ clock = [double]::NaN; time = @{ provider = 1e300; role = [double]::NaN; build = 'x'; wokeMs = [double]::PositiveInfinity }; resync = @{ exitCode = 1e300 } }
    shapes = @{ clock = @(1, 2); time = 'no facts'; resync = @(1, 2) }
    nothing = @{ clock = $null; time = $null; resync = $null }
    good = @{ clock = 1.5; time = @{ source = 'x'; status = 'y'; type = 'NTP'; peers = 'z'; provider = 0; role = 5; build = 26100; wokeMs = 12.5 }; resync = @{ exitCode = -2147023728; text = 'z' } }
}
$found = [ordered]@{}
foreach ($case in $cases.Keys) {
    $script:Answers = $cases[$case]
    $sealed = Seal
    $time = Get-HvGuestTime @sealed
    $sealed = Seal
    $found[$case] = @{ time = $time; sync = (Sync-HvGuestTime @sealed); keys = $HvGuestKeys.Count }
}
ConvertTo-Json -InputObject $found -Depth 6 -Compress
