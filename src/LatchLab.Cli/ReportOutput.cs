using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using LatchLab.Figures;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary>What the commands that write a report have in common: its page, and showing it in a browser.</summary>
internal static class ReportOutput
{
    /// <summary>The option that shows the page when it is written.</summary>
    public static Option<bool> Open { get; } = Options.Flag("--open", "show the page of the report in the browser");

    /// <summary>Writes a report and returns the path of its page.</summary>
    /// <param name="parsed">The options of the command.</param>
    /// <param name="folder">The folder of the report.</param>
    /// <param name="report">The report.</param>
    /// <param name="keptParts">The parts that another command made.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    public static string Write(
        ParsedOptions parsed, string folder, Report report, IReadOnlyList<string> keptParts,
        CancellationToken cancellation)
        => ReportFolder.Write(
            folder, report, new(parsed.CommandLineText, Provenance.Today) { KeptParts = keptParts }, cancellation);

    /// <summary>Writes a report of this command alone and returns the path of its page.</summary>
    public static string Write(
        ParsedOptions parsed, string folder, Report report, CancellationToken cancellation = default)
        => Write(parsed, folder, report, [], cancellation);

    /// <summary>Adds an error if a page is to be shown, but none is written.</summary>
    public static void RefuseOpenWithoutReport(ParsedOptions parsed, string? folder)
    {
        if (folder is null)
            parsed.RefuseUnused([Open], "no report is written: give --out, too");
    }

    /// <summary>Shows a page in the browser, if --open was given.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="page">The path of the page; null if none was written.</param>
    public static void OpenIfWanted(ParsedOptions parsed, string? page)
    {
        if (page is null || !parsed.GetValue(Open))
            return;
        try
        {
            using Process? browser = Process.Start(
                new ProcessStartInfo(Path.GetFullPath(page)) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is Win32Exception or PlatformNotSupportedException
            or InvalidOperationException or FileNotFoundException)
        {
            CommandLine.WriteError($"no browser could be started; open {page}");
        }
    }
}
