# What the engine's own parser sees in some scripts: run with the path of a JSON list of their texts in HV_SCRIPTS, prints
# JSON, a list in the same order.
function Get-ScriptFacts {
    param([string]$Text)
    $tokens = $null
    $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref]$tokens, [ref]$errors)
    $functions = [System.Collections.ArrayList]::new()
    $commands = [System.Collections.ArrayList]::new()
    $kinds = [System.Collections.ArrayList]::new()
    $newer = [System.Collections.ArrayList]::new()
    foreach ($node in $ast.FindAll({ $true }, $true)) {
        $kind = $node.GetType().Name
        [void]$kinds.Add($kind)
        if ($kind -eq 'FunctionDefinitionAst') {
            $parameters = [System.Collections.ArrayList]::new()
            $list = $node.Parameters
            if ($null -ne $node.Body.ParamBlock) { $list = $node.Body.ParamBlock.Parameters }
            foreach ($parameter in $list) {
                $mandatory = $false
                foreach ($attribute in $parameter.Attributes) {
                    if ($attribute.Extent.Text -match 'Mandatory') { $mandatory = $true }
                }
                [void]$parameters.Add(@{ name = $parameter.Name.VariablePath.UserPath; type = $parameter.StaticType.FullName; mandatory = $mandatory })
            }
            [void]$functions.Add(@{ name = $node.Name; parameters = $parameters.ToArray() })
        }
        if ($kind -eq 'CommandAst') {
            $parameters = [System.Collections.ArrayList]::new()
            foreach ($element in $node.CommandElements) {
                if ($element.GetType().Name -eq 'CommandParameterAst') { [void]$parameters.Add($element.ParameterName) }
            }
            [void]$commands.Add(@{ name = [string]$node.GetCommandName(); text = $node.CommandElements[0].Extent.Text; parameters = $parameters.ToArray() })
        }
        if ($kind -eq 'BinaryExpressionAst' -and [string]$node.Operator -eq 'QuestionQuestion') { [void]$newer.Add($node.Extent.Text) }
        if ($kind -eq 'AssignmentStatementAst' -and [string]$node.Operator -eq 'QuestionQuestionEquals') { [void]$newer.Add($node.Extent.Text) }
        if (@('MemberExpressionAst', 'InvokeMemberExpressionAst', 'IndexExpressionAst') -contains $kind -and $node.NullConditional) { [void]$newer.Add($node.Extent.Text) }
        if ($kind -eq 'NamedBlockAst' -and [string]$node.BlockKind -eq 'Clean') { [void]$newer.Add($node.Extent.Text) }
        if ($kind -eq 'PipelineAst' -and $node.Background) { [void]$newer.Add($node.Extent.Text) }
        if (@('TernaryExpressionAst', 'PipelineChainAst') -contains $kind) { [void]$newer.Add($node.Extent.Text) }
    }
    $messages = [System.Collections.ArrayList]::new()
    foreach ($problem in $errors) { [void]$messages.Add($problem.Message) }
    return @{ errors = $messages.ToArray(); functions = $functions.ToArray(); commands = $commands.ToArray(); newer = $newer.ToArray() }
}
$facts = [System.Collections.ArrayList]::new()
foreach ($text in (ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($env:HV_SCRIPTS)))) { [void]$facts.Add((Get-ScriptFacts -Text $text)) }
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 7 -InputObject $facts.ToArray()))
