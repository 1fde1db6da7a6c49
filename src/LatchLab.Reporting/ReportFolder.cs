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
    public static void Check(string path) => OutputPath.Settle(path);

    /// <summary>Writes the report, in place of an older one of ours, and returns the path of its page.</summary>
    /// <exception cref="InputException">As for <see cref="Check"/>.</exception>
    /// <exception cref="IOException">The disk is full, say; what was there before is untouched.</exception>
    /// <exception cref="OperationCanceledException">As above, what was there before is untouched.</exception>
    public static string Write(string path, Report report, CancellationToken cancellation = default)
    {
        string target = OutputPath.Settle(path);
        string parent = Path.GetDirectoryName(target)!;
        string beside = Path.Combine(parent, $".{Path.GetFileName(target)}");
        string fresh = $"{beside}.new-{Environment.ProcessId}";
        string old = $"{beside}.old-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(fresh);
            WriteFiles(fresh, report, cancellation);
            cancellation.ThrowIfCancellationRequested();
            Swap(fresh, target, old);
        }
        catch
        {
            Remove(fresh);
            throw;
        }

        Remove(old);
        return Path.Combine(target, "index.html");
    }

    private static void WriteFiles(string folder, Report report, CancellationToken cancellation)
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

        Put("claims.csv", Encoding.UTF8.GetBytes(CsvText.Of(report.Claims)));
        Put("settings.csv", Encoding.UTF8.GetBytes(CsvText.Of(report.Settings)));
        Put("index.html", Encoding.UTF8.GetBytes(HtmlReport.Page(report)));
        Put(ReportMarker.FileName, Encoding.UTF8.GetBytes(ReportMarker.Of(report, written)));

        void Put(string name, byte[] content)
        {
            string file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
            written.Add(name);
        }
    }

    private static void Swap(string fresh, string target, string old)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(fresh, target);
            return;
        }

        Directory.Move(target, old);
        try
        {
            Directory.Move(fresh, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }
    }

    // What cannot be removed is left lying, hidden: the report itself is either in place or its failure already told.
    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
        }
    }
}
