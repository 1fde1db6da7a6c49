using System.Text;
using System.Text.Json;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Reporting.Drawing;
using LatchLab.Reporting.Page;

namespace LatchLab.Reporting;

/// <summary>
/// Writes a report as a folder: <c>index.html</c>, <c>figures/</c> (SVG and PNG, light and dark), <c>data/</c> (CSV),
/// <c>results/</c> (the parts as JSON), <c>claims.csv</c>, <c>claim-parts.csv</c>, <c>settings.csv</c> and
/// <c>latchlab-report.json</c>, which marks the folder as a LatchLab report.
/// The report is written beside the target and moved there as a whole: the target never contains a partial report, and
/// an old report stays until the new one is complete.
/// </summary>
public static class ReportFolder
{
    /// <summary>
    /// Checks, before anything runs, that a report can be written to a path: the folder does not exist yet (missing
    /// parents are created), is empty, or is a LatchLab report, which is replaced.
    /// </summary>
    /// <exception cref="ValidationException">
    /// The path is a file or a folder with other content, or it is not writable.
    /// </exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void CheckWritable(string path)
        => CreateTemporaryFolder(path, ReportOutputPath.Resolve(path)).Dispose();

    /// <summary>
    /// Reads the parts of the report in a folder, so that a new report can keep some of them. A folder that is missing
    /// or empty has none.
    /// </summary>
    /// <exception cref="ValidationException">The folder has a report without parts that can be read.</exception>
    public static IReadOnlyList<ReportPart> ReadParts(string path)
    {
        if (!ReportManifest.TryReadFiles(path, out var files))
            return [];
        string[] parts =
            [.. files.Where(file => file.StartsWith(ReportPartFile.Folder, StringComparison.Ordinal))];
        try
        {
            if (parts.Length > 0)
                return [.. parts.Select(part => ReportPartFile.Parse(File.ReadAllBytes(Path.Combine(path, part))))];
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException
            or FileNotFoundException or DirectoryNotFoundException)
        {
            // A damaged file, or one of another version, is reported like a missing one.
        }

        throw new ValidationException("", "out",
            $"'{path}' is a LatchLab report without results that can be kept (of an earlier version, or of another " +
            "command); name another folder, or replace the whole report");
    }

    /// <summary>Writes the report, replaces an older LatchLab report, and returns the path of its page.</summary>
    /// <exception cref="ValidationException">As for <see cref="CheckWritable"/>.</exception>
    /// <exception cref="IOException">Writing failed; the existing content of the path is unchanged.</exception>
    /// <exception cref="OperationCanceledException">The existing content of the path is unchanged.</exception>
    /// <param name="path">The folder.</param>
    /// <param name="report">The report.</param>
    /// <param name="provenance">What the heading of the page shows beside the facts; null for nothing.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    public static string Write(
        string path, Report report, Provenance? provenance = null, CancellationToken cancellation = default)
    {
        string target = ReportOutputPath.Resolve(path);
        try
        {
            using AtomicFolder staged = CreateTemporaryFolder(path, target);
            WriteFiles(staged, report, provenance, cancellation);
            cancellation.ThrowIfCancellationRequested();
            staged.Commit();
        }
        catch (IOException exception)
        {
            string reason = ReportOutputPath.IsDiskFull(exception) ? "the disk is full" : exception.Message;
            throw new IOException(
                $"the report was not written to '{path}', which is unchanged: {reason}", exception);
        }

        return Path.Combine(target, "index.html");
    }

    /// <summary>Creates the temporary folder; only creating it shows whether the path is writable.</summary>
    private static AtomicFolder CreateTemporaryFolder(string path, string target)
    {
        try
        {
            return new AtomicFolder(target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ReportOutputPath.IsDiskFull(exception)
                ? new IOException("the disk is full")
                : ReportOutputPath.CreateNotWritableError(path, exception);
        }
    }

    private static void WriteFiles(
        AtomicFolder folder, Report report, Provenance? provenance, CancellationToken cancellation)
    {
        var written = new List<string>();
        // The figures take longer, so that the results cost no time on another thread.
        Task<byte[][]> results = Task.Run(() => report.Parts.Select(ReportPartFile.Serialize).ToArray(), cancellation);
        foreach (var figure in report.Figures)
        {
            foreach (var theme in Theme.All)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteFile(ReportPaths.GetSvgPath(figure, theme),
                    Encoding.UTF8.GetBytes(FigureRenderer.RenderSvg(figure, theme)));
                WriteFile(ReportPaths.GetPngPath(figure, theme), FigureRenderer.RenderPng(figure, theme));
            }

            WriteFile(ReportPaths.GetCsvPath(figure), Encoding.UTF8.GetBytes(CsvText.Format(figure.Data)));
        }

        foreach (var section in report.Sections.Where(section => section.Table is not null))
            WriteFile(ReportPaths.GetCsvPath(section), Encoding.UTF8.GetBytes(CsvText.Format(section.Table!.Data)));
        foreach (var (part, content) in report.Parts.Zip(results.GetAwaiter().GetResult()))
            WriteFile(ReportPartFile.GetPath(part), content);
        foreach ((string name, string text) in report.Attachments)
            WriteFile(name, Encoding.UTF8.GetBytes(text));
        WriteFile("claims.csv", Encoding.UTF8.GetBytes(CsvText.Format(report.Claims)));
        if (report.Claims.Any(claim => claim.Parts.Count > 0))
            WriteFile("claim-parts.csv", Encoding.UTF8.GetBytes(CsvText.FormatParts(report.Claims)));
        WriteFile("settings.csv", Encoding.UTF8.GetBytes(CsvText.Format(report.Settings)));
        WriteFile("index.html", Encoding.UTF8.GetBytes(HtmlReport.Render(report, provenance)));
        WriteFile(ReportManifest.FileName, Encoding.UTF8.GetBytes(ReportManifest.Serialize(report, written)));

        void WriteFile(string name, byte[] content)
        {
            cancellation.ThrowIfCancellationRequested();
            folder.WriteFile(name, content);
            written.Add(name);
        }
    }
}
