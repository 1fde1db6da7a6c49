using System.Text;
using LatchLab.Experiments.Results;

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
    /// <exception cref="InputException">
    /// There is a file, or a folder with something in it that is not ours; or the place cannot be written.
    /// </exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Check(string path) => Stage(path, OutputPath.Settle(path)).Dispose();

    /// <summary>Writes the report, in place of an older one of ours, and returns the path of its page.</summary>
    /// <exception cref="InputException">As for <see cref="Check"/>.</exception>
    /// <exception cref="IOException">The disk is full, say; what was there before is untouched.</exception>
    /// <exception cref="OperationCanceledException">As above, what was there before is untouched.</exception>
    public static string Write(string path, Report report, CancellationToken cancellation = default)
    {
        string target = OutputPath.Settle(path);
        try
        {
            using StagedFolder staged = Stage(path, target);
            WriteFiles(staged, report, cancellation);
            cancellation.ThrowIfCancellationRequested();
            staged.MoveIntoPlace();
        }
        catch (IOException mistake)
        {
            string reason = OutputPath.IsDiskFull(mistake) ? "the disk is full" : mistake.Message;
            throw new IOException(
                $"the report was not written to '{path}', which is as it was before: {reason}", mistake);
        }

        return Path.Combine(target, "index.html");
    }

    /// <summary>Makes the folder that the report grows in: only trying tells whether a place can be written.</summary>
    private static StagedFolder Stage(string path, string target)
    {
        try
        {
            return new StagedFolder(target);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw OutputPath.IsDiskFull(mistake)
                ? new IOException("the disk is full")
                : OutputPath.NotWritable(path, mistake);
        }
    }

    private static void WriteFiles(StagedFolder folder, Report report, CancellationToken cancellation)
    {
        var written = new List<string>();
        foreach (var figure in report.Figures)
        {
            foreach (var theme in Theme.All)
            {
                cancellation.ThrowIfCancellationRequested();
                Put(ReportFiles.Svg(figure, theme), Encoding.UTF8.GetBytes(FigureRenderer.Svg(figure, theme)));
                Put(ReportFiles.Png(figure, theme), FigureRenderer.Png(figure, theme));
            }

            Put(ReportFiles.Data(figure), Encoding.UTF8.GetBytes(CsvText.Of(figure.Data)));
        }

        foreach (var section in report.Sections.Where(section => section.Table is not null))
            Put(ReportFiles.Data(section), Encoding.UTF8.GetBytes(CsvText.Of(section.Table!.Data)));
        Put("claims.csv", Encoding.UTF8.GetBytes(CsvText.Of(report.Claims)));
        Put("settings.csv", Encoding.UTF8.GetBytes(CsvText.Of(report.Settings)));
        Put("index.html", Encoding.UTF8.GetBytes(HtmlReport.Page(report)));
        Put(ReportMarker.FileName, Encoding.UTF8.GetBytes(ReportMarker.Of(report, written)));

        void Put(string name, byte[] content)
        {
            cancellation.ThrowIfCancellationRequested();
            folder.Put(name, content);
            written.Add(name);
        }
    }
}
