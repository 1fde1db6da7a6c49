using System.Diagnostics;
using System.Globalization;
using LatchLab.Experiments;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Shows on standard error how far a run is, with its rate and an estimate of the time left: a line that renews itself
/// on a terminal, otherwise (and where <c>NO_COLOR</c> is set) a plain line now and then.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private const int Bar = 12;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(5);

    private readonly RunProgress progress;
    private readonly IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly bool renews;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private bool ended;

    public ProgressDisplay(RunProgress progress)
    {
        this.progress = progress;
        renews = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        timer = new Timer(_ => Show(isLast: false), null, First, renews ? OnTerminal : InLog);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        if (progress.Trials > 0)
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
                string line = Line(isLast);
                if (renews)
                    Console.Error.Write($"\r\e[2K{WithBar(line, console.Profile.Width - 1)}{(isLast ? "\n" : "")}");
                else
                    Console.Error.WriteLine(line);
            }
            catch (IOException)
            {
                ended = true; // standard error is full or gone: the run itself goes on
            }
        }
    }

    /// <summary>The line with a bar in front of it, if there is room for one; never more than one row.</summary>
    private string WithBar(string line, int width)
    {
        if (Bar + 1 + line.Length > width)
            return line[..Math.Clamp(width, 0, line.Length)];
        var done = (int)Math.Round(Bar * progress.Fraction);
        return console.Profile.Capabilities.Unicode
            ? $"\e[32m{new string('━', done)}\e[90m{new string('━', Bar - done)}\e[0m {line}"
            : $"{new string('#', done)}{new string('.', Bar - done)} {line}";
    }

    private string Line(bool isLast)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{100.0 * progress.Fraction,3:0} %, {progress.Ended:N0} of {progress.Trials:N0} trials, " +
            $"{progress.Rate:N0} a second, {(isLast ? $"after {InWords(clock.Elapsed)}" : Left())}");

    private string Left()
    {
        try
        {
            return progress.TimeLeft is { } left ? $"about {InWords(left)} left" : "estimating";
        }
        catch (OverflowException)
        {
            return "ages left";
        }
    }

    private static string InWords(TimeSpan time)
        => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");
}
