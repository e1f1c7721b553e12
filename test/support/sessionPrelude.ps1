# A prelude that replaces a module: one shared state, entered in every runspace, read through a qualified name.
function New-SessionPreludeState {
    param($Data)
    if ($Data.fail) { throw 'The prelude was told to fail.' }
    return [hashtable]::Synchronized(@{ greeting = $Data.greeting; entered = 0; failToEnter = $Data.failToEnter })
}

function Enter-SessionPrelude {
    param($State)
    if ($State.failToEnter) { throw 'Entering was told to fail.' }
    $State.entered++
    New-Module -Name 'Session.Lab' -ArgumentList $State -ScriptBlock {
        param($State)
        function Get-LabGreeting { return @{ greeting = $State.greeting; entered = $State.entered } }
        Export-ModuleMember -Function 'Get-LabGreeting'
    } | Import-Module -Global
}
