using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>A temporary folder with the CSV file of a dataset.</summary>
internal sealed class DatasetFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The dataset of a text, which has no errors.</summary>
    public Dataset Read(string text, DatasetTask task)
    {
        var errors = new List<ValidationError>();
        Dataset? set = Read(text, task, errors);
        Assert.Empty(errors.Select(error => error.ToString()));
        return set!;
    }

    /// <summary>The errors of a text, without the folder.</summary>
    public string[] ErrorsOf(string text, DatasetTask task)
    {
        var errors = new List<ValidationError>();
        Assert.Null(Read(text, task, errors));
        string folder = _folder.FullName + Path.DirectorySeparatorChar;
        return [.. errors.Select(error => error.ToString().Replace(folder, "", StringComparison.Ordinal))];
    }

    private Dataset? Read(string text, DatasetTask task, List<ValidationError> errors)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "data.csv"), text);
        using var files = new DatasetFileSource(_folder.FullName);
        return files.Read(task with { File = "data.csv" }, errors);
    }
}
