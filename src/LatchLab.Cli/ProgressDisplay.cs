using System.Diagnostics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Shows the progress of a run on standard error. On a terminal it rewrites one line and adds a graphic if it fits;
/// otherwise, or if <c>NO_COLOR</c> is set, it writes a plain line every few seconds.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan InitialDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    private readonly IProgressFormatter _formatter;
    private readonly Profile? _terminal; // null for plain lines
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private bool _hasEnded;

    public ProgressDisplay(IProgressFormatter formatter)
    {
        _formatter = formatter;
        if (!Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
            _terminal = FindTerminal();
        _timer = new Timer(_ => Render(isLast: false), null, InitialDelay,
            _terminal is null ? LogInterval : TerminalInterval);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Render(isLast: true);
    }

    /// <summary>Standard error, if it supports ANSI sequences; else null. Called only if needed: it is slow.</summary>
    private static Profile? FindTerminal()
    {
        Profile profile = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Profile;
        return profile.Capabilities.Ansi ? profile : null;
    }

    private void Render(bool isLast)
    {
        lock (_gate)
        {
            if (_hasEnded)
                return;
            _hasEnded = isLast;
            try
            {
                string line = _formatter.FormatLine(isLast ? _clock.Elapsed : null);
                if (_terminal is null)
                    Console.Error.WriteLine(line);
                else
                    Console.Error.Write($"\r\e[2K{AddGraphic(line, _terminal)}{(isLast ? "\n" : "")}");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _hasEnded = true; // standard error is full or closed: only the display stops
            }
        }
    }

    /// <summary>Puts the graphic before the line if it fits; the result never exceeds one row.</summary>
    private string AddGraphic(string line, Profile profile)
    {
        int width = profile.Width - 1;
        var graphic = _formatter.FormatGraphic(profile.Capabilities.Unicode, availableColumns: width - 1 - line.Length);
        string shown = string.Concat(graphic.Select(
            part => part.Colour.Length == 0 ? part.Characters : $"{part.Colour}{part.Characters}\e[0m"));
        return graphic.Count == 0 ? line[..Math.Clamp(width, 0, line.Length)] : $"{shown} {line}";
    }
}
