using System.Diagnostics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Reporting;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class LeftoversTests : IDisposable
{
    private const int Dead = int.MaxValue; // above the largest number of a process on any system

    private static readonly Report Small = SampleReports.Report with { Figures = [SampleReports.Diagram] };

    private readonly string _root = Directory.CreateTempSubdirectory("latchlab-").FullName;

    private string Target => Path.Combine(_root, "report");

    private static int Alive
    {
        get
        {
            Process[] all = Process.GetProcesses();
            int own = Environment.ProcessId;
            int other = all.Select(process => process.Id).First(id => id > 0 && id != own);
            Array.ForEach(all, process => process.Dispose());
            return other;
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_dead_processes_left_is_cleared_away()
    {
        Write(Target);
        Write($"{_root}/.report.old-{Dead}");
        Leave(".report.new-1234567890", ".report.new-" + Dead, ".report.new-" + Environment.ProcessId);
        ReportFolder.CheckWritable(Target);
        Assert.Equal(["report"], Names());
    }

    [Fact]
    public void What_belongs_to_a_living_process_or_to_somebody_else_is_not_touched()
    {
        string[] others =
        [
            $".report.new-{Alive}", $".report.old-{Alive}", $".report.new-{Dead}x", $".report.new--{Dead}",
            $".report.neu-{Dead}", $".report2.new-{Dead}", $"report.new-{Dead}", ".report.new-", ".report",
        ];
        Leave(others);
        ReportFolder.CheckWritable(Target);
        Assert.Equal(others.Order(StringComparer.Ordinal), Names());
    }

    [Fact]
    public void An_old_report_whose_place_is_empty_is_put_back()
    {
        Write($"{_root}/.report.old-{Dead}");
        ReportFolder.CheckWritable(Target);
        Assert.Equal(["report"], Names());
        Assert.True(File.Exists(Path.Combine(Target, "index.html")));
        Write(Target);
    }

    [Fact]
    public void An_old_report_stays_where_something_else_has_taken_its_place()
    {
        Write($"{_root}/.report.old-{Dead}");
        Leave("report");
        Assert.Throws<ValidationException>(() => ReportFolder.CheckWritable(Target));
        Assert.Equal([$".report.old-{Dead}", "report"], Names());
    }

    private static void Write(string path) => ReportFolder.Write(path, Small, TestContext.Current.CancellationToken);

    private void Leave(params string[] folders)
    {
        foreach (string folder in folders)
        {
            string path = Directory.CreateDirectory(Path.Combine(_root, folder)).FullName;
            File.WriteAllText(Path.Combine(path, "file"), "");
        }
    }

    private IEnumerable<string> Names()
        => Directory.GetFileSystemEntries(_root)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);
}
