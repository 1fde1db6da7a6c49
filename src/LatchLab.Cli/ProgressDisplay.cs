using System.Diagnostics;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Shows on standard error how far a run is: a line that renews itself on a terminal, with a picture if there is room
/// for one, otherwise (and where <c>NO_COLOR</c> is set) a plain line now and then.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(5);

    private readonly IProgressText text;
    private readonly Profile? terminal; // null for plain lines
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Timer timer;
    private readonly Lock gate = new();
    private bool ended;

    public ProgressDisplay(IProgressText text)
    {
        this.text = text;
        if (!Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
            terminal = Terminal();
        timer = new Timer(_ => Show(isLast: false), null, First, terminal is null ? InLog : OnTerminal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        Show(isLast: true);
    }

    /// <summary>Standard error, if it can renew a line. Asked only where it may: asking takes its time.</summary>
    private static Profile? Terminal()
    {
        Profile profile = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Profile;
        return profile.Capabilities.Ansi ? profile : null;
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
                if (terminal is null)
                    Console.Error.WriteLine(line);
                else
                    Console.Error.Write($"\r\e[2K{WithPicture(line, terminal)}{(isLast ? "\n" : "")}");
            }
            catch (IOException)
            {
                ended = true; // standard error is full or gone: the run itself goes on
            }
        }
    }

    /// <summary>The line with a picture in front of it, if there is room for one; never more than one row.</summary>
    private string WithPicture(string line, Profile on)
    {
        int width = on.Width - 1;
        var picture = text.Picture(on.Capabilities.Unicode, room: width - 1 - line.Length);
        string shown = string.Concat(picture.Select(
            part => part.Colour.Length == 0 ? part.Characters : $"{part.Colour}{part.Characters}\e[0m"));
        return picture.Count == 0 ? line[..Math.Clamp(width, 0, line.Length)] : $"{shown} {line}";
    }
}
