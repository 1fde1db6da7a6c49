using System.Diagnostics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Reporting;
using Xunit;

namespace LatchLab.Tests.Reporting;

public sealed class StaleTemporaryFoldersTests : IDisposable
{
    private const int Dead = int.MaxValue; // above the largest process id on any system

    private static readonly Report Small = SampleReports.Report with { Figures = [SampleReports.Diagram] };

    private readonly string _root = Directory.CreateTempSubdirectory("latchlab-").FullName;

    private string Target => Path.Combine(_root, "report");

    private static int Running
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
    public void Temporary_folders_of_dead_processes_are_deleted()
    {
        Write(Target);
        Write($"{_root}/.report.old-{Dead}");
        CreateFolders(".report.new-1234567890", ".report.new-" + Dead, ".report.new-" + Environment.ProcessId);
        ReportFolder.CheckWritable(Target);
        Assert.Equal(["report"], Names());
    }

    [Fact]
    public void Folders_of_running_processes_and_other_folders_are_kept()
    {
        string[] others =
        [
            $".report.new-{Running}", $".report.old-{Running}", $".report.new-{Dead}x", $".report.new--{Dead}",
            $".report.neu-{Dead}", $".report2.new-{Dead}", $"report.new-{Dead}", ".report.new-", ".report",
        ];
        CreateFolders(others);
        ReportFolder.CheckWritable(Target);
        Assert.Equal(others.Order(StringComparer.Ordinal), Names());
    }

    [Fact]
    public void An_old_report_is_restored_if_its_target_is_missing()
    {
        Write($"{_root}/.report.old-{Dead}");
        ReportFolder.CheckWritable(Target);
        Assert.Equal(["report"], Names());
        Assert.True(File.Exists(Path.Combine(Target, "index.html")));
        Write(Target);
    }

    [Fact]
    public void An_old_report_is_kept_if_its_target_is_occupied()
    {
        Write($"{_root}/.report.old-{Dead}");
        CreateFolders("report");
        Assert.Throws<ValidationException>(() => ReportFolder.CheckWritable(Target));
        Assert.Equal([$".report.old-{Dead}", "report"], Names());
    }

    private static void Write(string path)
        => ReportFolder.Write(path, Small, provenance: null, TestContext.Current.CancellationToken);

    private void CreateFolders(params string[] folders)
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
