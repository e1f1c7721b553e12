# Into guests, when a person allowed it: by PowerShell Direct, which needs no network. The password arrives sealed for a key
# that only this process has, so that no frame, no parameter and no log ever holds it.

# Keys that wait for their password, by id.
$HvGuestKeys = [System.Collections.Specialized.OrderedDictionary]::new()

function New-HvGuestKey {
    # .SYNOPSIS
    # A key pair for one credential: hands out the public half and keeps the other until it is used. RSA with OAEP, which
    # .NET Framework and .NET both have.
    [CmdletBinding()]
    param()
    # Of those that nobody came back for the oldest are given up.
    while ($HvGuestKeys.Count -ge 8) {
        $HvGuestKeys[0].Dispose()
        $HvGuestKeys.RemoveAt(0)
    }
    $key = [System.Security.Cryptography.RSACryptoServiceProvider]::new(2048)
    $key.PersistKeyInCsp = $false
    $public = $key.ExportParameters($false)
    $id = [guid]::NewGuid().ToString('D')
    $HvGuestKeys.Add($id, $key)
    return @{ keyId = $id; modulus = [System.Convert]::ToBase64String($public.Modulus); exponent = [System.Convert]::ToBase64String($public.Exponent) }
}

function Get-HvGuestCredential {
    # .SYNOPSIS
    # Opens a sealed password: UTF-16 in blocks. Nothing but calls of .NET methods: PowerShell may log what a command's
    # parameters are bound to.
    [CmdletBinding()]
    param([guid]$KeyId, [string]$User, [string[]]$Sealed)
    $id = $KeyId.ToString('D')
    $key = $HvGuestKeys[$id]
    if ($null -eq $key) { Stop-HvFunction -Reason 'failed' -Message 'The key of this password is gone. Try again.' }
    $HvGuestKeys.Remove($id)
    $password = [System.Security.SecureString]::new()
    try {
        foreach ($block in $Sealed) {
            $bytes = $key.Decrypt([System.Convert]::FromBase64String($block), $true)
            for ($i = 0; $i + 1 -lt $bytes.Length; $i += 2) { $password.AppendChar([char]([int]$bytes[$i] + 256 * [int]$bytes[$i + 1])) }
            [System.Array]::Clear($bytes, 0, $bytes.Length)
        }
    }
    finally {
        $key.Dispose()
    }
    $password.MakeReadOnly()
    return [System.Management.Automation.PSCredential]::new($User, $password)
}

function Invoke-HvProbe {
    # .SYNOPSIS
    # The one way to the clock of a computer: runs one of the blocks of time.ps1 here, or with -Guest in a guest, whose session
    # is opened by the first of them. The demo lab answers in the place of this function.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string]$Name, [hashtable]$Guest)
    $block = Get-HvTimeBlock -Name $Name
    if ($null -eq $Guest) { return & $block $Name }
    if ($null -eq $Guest['Session']) {
        $Guest['Session'] = Microsoft.PowerShell.Core\New-PSSession -VMId $Guest['Id'] -Credential $Guest['Credential'] -ErrorAction Stop
    }
    return Microsoft.PowerShell.Core\Invoke-Command -Session $Guest['Session'] -ScriptBlock $block -ArgumentList $Name -ErrorAction Stop
}

function Use-HvGuest {
    # .SYNOPSIS
    # Runs a block with an open guest, and closes it whatever happens. A refused sign-in has one kind of exception, whose
    # text is localised; everything else passes as it is.
    [CmdletBinding()]
    param([guid]$Id, [guid]$KeyId, [string]$User, [string[]]$Sealed, [scriptblock]$Body)
    $credential = Get-HvGuestCredential -KeyId $KeyId -User $User -Sealed $Sealed
    $guest = @{ Id = $Id; Credential = $credential; Session = $null }
    try {
        return & $Body $guest
    }
    catch {
        for ($cause = $_.Exception; $null -ne $cause; $cause = $cause.InnerException) {
            if ($cause.GetType().Name -eq 'PSDirectException') {
                Stop-HvFunction -Reason 'signInRefused' -Message ([string]$cause.Message) -Detail @{ hostMessage = [string]$cause.Message }
            }
        }
        throw
    }
    finally {
        if ($null -ne $guest['Session']) { Microsoft.PowerShell.Core\Remove-PSSession -Session $guest['Session'] }
        $credential.Password.Dispose()
    }
}
