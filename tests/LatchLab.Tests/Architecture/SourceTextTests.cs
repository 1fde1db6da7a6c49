using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>Layout rules of the source text.</summary>
public sealed class SourceTextTests
{
    private const int Columns = 120;

    private static readonly string[] Folders = ["src", "tests", "examples", "benchmarks"];

    [Fact]
    public void No_line_is_longer_than_120_columns()
    {
        var failures = from folder in Folders
                       from file in Directory.GetFiles(
                           Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
                       let name = Path.GetRelativePath(Repository.Root, file)
                       where !name.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
                       from line in File.ReadLines(file).Index()
                       where line.Item.EnumerateRunes().Count() > Columns
                       select $"{name}:{line.Index + 1}";
        Assert.Empty(failures);
    }
}
