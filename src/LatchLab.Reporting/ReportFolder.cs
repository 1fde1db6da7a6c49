using System.Text;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Reporting.Drawing;
using LatchLab.Reporting.Page;

namespace LatchLab.Reporting;

/// <summary>
/// A report on the disk: <c>index.html</c>, <c>figures/</c> (SVG and PNG, light and dark), <c>data/</c> (CSV),
/// <c>claims.csv</c>, <c>settings.csv</c> and <c>latchlab-report.json</c>, which marks the folder as ours. It is
/// written beside its place and moved there whole: nobody ever sees half a report, and an old one stays until the new
/// one is there.
/// </summary>
public static class ReportFolder
{
    /// <summary>
    /// Finds out, before anything runs, whether a report can be written to a path: to a folder that does not exist yet
    /// (missing parents are made), to an empty one, or to a report of ours, which is replaced.
    /// </summary>
    /// <exception cref="ValidationException">
    /// There is a file, or a folder with something in it that is not ours; or the place cannot be written.
    /// </exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void CheckWritable(string path)
        => CreateTemporaryFolder(path, ReportOutputPath.Resolve(path)).Dispose();

    /// <summary>Writes the report, in place of an older one of ours, and returns the path of its page.</summary>
    /// <exception cref="ValidationException">As for <see cref="CheckWritable"/>.</exception>
    /// <exception cref="IOException">The disk is full, say; what was there before is untouched.</exception>
    /// <exception cref="OperationCanceledException">As above, what was there before is untouched.</exception>
    public static string Write(string path, Report report, CancellationToken cancellation = default)
    {
        string target = ReportOutputPath.Resolve(path);
        try
        {
            using AtomicFolder staged = CreateTemporaryFolder(path, target);
            WriteFiles(staged, report, cancellation);
            cancellation.ThrowIfCancellationRequested();
            staged.Commit();
        }
        catch (IOException exception)
        {
            string reason = ReportOutputPath.IsDiskFull(exception) ? "the disk is full" : exception.Message;
            throw new IOException(
                $"the report was not written to '{path}', which is as it was before: {reason}", exception);
        }

        return Path.Combine(target, "index.html");
    }

    /// <summary>Makes the folder that the report grows in: only trying tells whether a place can be written.</summary>
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

    private static void WriteFiles(AtomicFolder folder, Report report, CancellationToken cancellation)
    {
        var written = new List<string>();
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
        WriteFile("claims.csv", Encoding.UTF8.GetBytes(CsvText.Format(report.Claims)));
        WriteFile("settings.csv", Encoding.UTF8.GetBytes(CsvText.Format(report.Settings)));
        WriteFile("index.html", Encoding.UTF8.GetBytes(HtmlReport.Render(report)));
        WriteFile(ReportManifest.FileName, Encoding.UTF8.GetBytes(ReportManifest.Serialize(report, written)));

        void WriteFile(string name, byte[] content)
        {
            cancellation.ThrowIfCancellationRequested();
            folder.WriteFile(name, content);
            written.Add(name);
        }
    }
}
