using System.Diagnostics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Shows on standard error how far a run is: a line that renews itself on a terminal, with a picture if there is room
/// for one, otherwise (and where <c>NO_COLOR</c> is set) a plain line now and then.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(5);

    private readonly IProgressText text;
    private readonly IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly bool renews;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private bool ended;

    public ProgressDisplay(IProgressText text)
    {
        this.text = text;
        renews = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        timer = new Timer(_ => Show(isLast: false), null, First, renews ? OnTerminal : InLog);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        Show(isLast: true);
    }

    private void Show(bool isLast)
    {
        lock (gate)
        {
            if (ended)
                return;
            ended = isLast;
            try
            {
                string line = text.Line(isLast ? clock.Elapsed : null);
                if (renews)
                    Console.Error.Write($"\r\e[2K{WithPicture(line, console.Profile.Width - 1)}{(isLast ? "\n" : "")}");
                else
                    Console.Error.WriteLine(line);
            }
            catch (IOException)
            {
                ended = true; // standard error is full or gone: the run itself goes on
            }
        }
    }

    /// <summary>The line with a picture in front of it, if there is room for one; never more than one row.</summary>
    private string WithPicture(string line, int width)
    {
        var picture = text.Picture(console.Profile.Capabilities.Unicode, room: width - 1 - line.Length);
        string shown = string.Concat(picture.Select(
            part => part.Colour.Length == 0 ? part.Characters : $"{part.Colour}{part.Characters}\e[0m"));
        return picture.Count == 0 ? line[..Math.Clamp(width, 0, line.Length)] : $"{shown} {line}";
    }
}
