using System.Globalization;
using LatchLab.Experiments;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// Shows on standard error how far a run is, with its rate and an estimate of the time left: a line that renews itself
/// on a terminal, otherwise a plain line now and then.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(5);

    private readonly RunProgress progress;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly bool isTerminal;
    private readonly Timer timer;
    private readonly Lock gate = new();
    private bool ended;

    public ProgressDisplay(RunProgress progress)
    {
        this.progress = progress;
        isTerminal = !Console.IsErrorRedirected && console.Profile.Capabilities.Ansi;
        timer = new Timer(_ => Show(isLast: false), null, TimeSpan.FromMilliseconds(300), isTerminal ? OnTerminal : InLog);
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
            if (isTerminal)
                Console.Error.Write($"\r\e[2K{Bar()} {Line()}{(isLast ? "\n" : "")}");
            else
                Console.Error.WriteLine(Line());
        }
    }

    private string Bar()
    {
        const int width = 24;
        var done = (int)Math.Round(width * progress.Fraction);
        bool plain = console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors || !console.Profile.Capabilities.Unicode;
        return plain
            ? $"[{new string('#', done)}{new string('.', width - done)}]"
            : $"\e[32m{new string('━', done)}\e[90m{new string('━', width - done)}\e[0m";
    }

    private string Line()
    {
        string left = progress.TimeLeft is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"about {time:mm\\:ss} left")
            : "estimating";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100.0 * progress.Fraction:0} %, {progress.Ended:N0} of {progress.Trials:N0} trials, {progress.Rate:N0} a second, {left}");
    }
}
