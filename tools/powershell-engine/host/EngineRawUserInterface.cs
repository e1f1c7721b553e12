using System;
using System.Management.Automation.Host;

namespace HyperVLab.PowerShellEngine;

/// <summary>A screen without a terminal: only its width matters, which the formatter asks for.</summary>
internal sealed class EngineRawUserInterface : PSHostRawUserInterface
{
    /// <summary>The width real pwsh falls back to when stdout is redirected (ConsoleHostRawUserInterface, BufferSize).</summary>
    private const int Columns = 120;

    private const int Rows = 50;

    public override Size BufferSize { get; set; } = new(Columns, Rows);

    public override Size WindowSize { get; set; } = new(Columns, Rows);

    public override Size MaxPhysicalWindowSize => new(Columns, Rows);

    public override Size MaxWindowSize => new(Columns, Rows);

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw EngineUserInterface.NonInteractive();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw EngineUserInterface.NonInteractive();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw EngineUserInterface.NonInteractive();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw EngineUserInterface.NonInteractive();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw EngineUserInterface.NonInteractive();
}
