# Called in every runspace before it looks for the JSON commands and their like: found by themselves they take twice as long.
function Import-SessionUtility {
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        # Without the manifest, which takes longer to read than the commands to load. .NET Framework finds no assembly by a
        # short name.
        Import-Module -Assembly ([System.Reflection.Assembly]::Load('Microsoft.PowerShell.Commands.Utility'))
        return
    }
    Import-Module -Name Microsoft.PowerShell.Utility
    # Windows PowerShell gives arrays an extended property Count, and ConvertTo-Json then writes {value, Count}.
    Remove-TypeData -TypeName System.Array -ErrorAction Ignore
}
