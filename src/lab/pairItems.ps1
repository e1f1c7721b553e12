# Msvm_KvpExchangeDataItem as the XML text in which it travels in both directions.

function ConvertTo-HvLabItem {
    <# .SYNOPSIS
    One item as the real host writes it; source 2 means that the guest reported it by itself. #>
    param([string]$Name, [string]$Value, [int]$Source = 2)
    $item = $global:HvLabState.ItemParts
    $tail = $item[2]
    if ($Source -ne 2) { $tail = Get-HvLabItemTail $Source }
    $item[0] + (ConvertTo-HvLabXmlText $Value) + $item[1] + (ConvertTo-HvLabXmlText $Name) + $tail
}

function ConvertTo-HvLabXmlText {
    <# .SYNOPSIS
    A text as XML content. A bare carriage return would be read as a line feed. #>
    param([string]$Text)
    $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;').Replace([string][char]13, '&#13;')
}

function Get-HvLabItemParts {
    <# .SYNOPSIS
    The three constant parts around an item's value and name. #>
    $head = '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Caption" PROPAGATED="true" TYPE="string"></PROPERTY><PROPERTY NAME="Data" TYPE="string"><VALUE>'
    $middle = '</VALUE></PROPERTY><PROPERTY NAME="Description" PROPAGATED="true" TYPE="string"></PROPERTY><PROPERTY NAME="ElementName" PROPAGATED="true" TYPE="string"></PROPERTY><PROPERTY NAME="Name" TYPE="string"><VALUE>'
    , @($head, $middle, (Get-HvLabItemTail 2))
}

function Get-HvLabItemTail {
    <# .SYNOPSIS
    The end of an item: 0 external, 1 guest, 2 intrinsic, 4 host only. #>
    param([int]$Source)
    '</VALUE></PROPERTY><PROPERTY NAME="Source" TYPE="uint16"><VALUE>' + $Source + '</VALUE></PROPERTY></INSTANCE>'
}

function Get-HvLabPoolItems {
    <# .SYNOPSIS
    A pool of pairs as items. #>
    param([System.Collections.ArrayList]$Pairs, [int]$Source)
    foreach ($pair in $Pairs) { ConvertTo-HvLabItem $pair.Name $pair.Data $Source }
}

function Read-HvLabEmbedded {
    <# .SYNOPSIS
    The properties of an instance which a caller sent as CIM-XML; null for what is no well-formed one of the class. #>
    param([string]$Text, [string]$Class)
    $settings = [System.Xml.XmlReaderSettings]::new()
    $settings.DtdProcessing = 'Prohibit'
    $settings.XmlResolver = $null
    $document = [System.Xml.XmlDocument]::new()
    $document.PreserveWhitespace = $true
    try { $document.Load([System.Xml.XmlReader]::Create([System.IO.StringReader]::new($Text), $settings)) } catch { return $null }
    $root = $document.DocumentElement
    if ($root.get_LocalName() -cne 'INSTANCE' -or $root.GetAttribute('CLASSNAME') -ne $Class) { return $null }
    $values = @{}
    # SelectNodes and GetAttribute: the dot would find attributes of those names.
    foreach ($property in $root.SelectNodes('PROPERTY')) {
        $value = $property.SelectSingleNode('VALUE')
        if ($null -ne $value) { $values[$property.GetAttribute('NAME')] = [string]$value.get_InnerText() }
    }
    $values
}

function ConvertFrom-HvLabItem {
    <# .SYNOPSIS
    Name, data and pool of an item that a caller sent; null for what is no well-formed item of the class, or has another source. #>
    param([string]$Text)
    $values = Read-HvLabEmbedded $Text 'Msvm_KvpExchangeDataItem'
    if ($null -eq $values) { return $null }
    $pool = @{ '0' = 'external'; '4' = 'hostOnly' }[([string]$values['Source']).Trim()]
    if ($null -eq $pool) { return $null }
    @{ Name = [string]$values['Name']; Data = [string]$values['Data']; Pool = $pool }
}
