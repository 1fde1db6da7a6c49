using System.Text.RegularExpressions;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>The rooms of the library depend on each other in one direction only.</summary>
public sealed partial class ReferenceTests
{
    /// <summary>Each room with the rooms that it may use; all may use what lies at the top.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Tasks"] = ["Numerics"],
        ["Networks"] = ["Numerics"],
        ["Learning"] = ["Numerics", "Tasks", "Networks"],
        ["Dynamics"] = ["Numerics", "Networks"],
        ["Experiments"] = ["Numerics", "Tasks", "Networks", "Learning", "Dynamics"],
    };

    [Fact]
    public void No_room_uses_a_later_one()
    {
        string root = Path.Combine(Repository.Root, "src", "LatchLab");
        var offences = from room in Directory.GetDirectories(root)
                       let name = Path.GetFileName(room)
                       where name is not ("bin" or "obj")
                       from file in Directory.GetFiles(room, "*.cs", SearchOption.AllDirectories)
                       from Match use in Uses().Matches(File.ReadAllText(file))
                       let used = use.Groups[1].Value
                       where used != name && !Allowed[name].Contains(used)
                       select $"{Path.GetRelativePath(root, file)} uses {used}";
        Assert.Empty(offences);
    }

    [Fact]
    public void Only_the_projects_that_may_know_a_library_do()
    {
        string sources = Path.Combine(Repository.Root, "src");
        var offences = from known in new[]
                       {
                           (Library: "ScottPlot", Project: "LatchLab.Reporting"),
                           (Library: "System.CommandLine", Project: "LatchLab.Cli"),
                           (Library: "Spectre.Console", Project: "LatchLab.Cli"),
                           (Library: "SQLitePCLRaw.bundle_e_sqlite3", Project: "LatchLab.Ledger"),
                           (Library: "Parquet.Net", Project: "LatchLab.Ledger"),
                           (Library: "Tomlyn", Project: "LatchLab.Sweeps"),
                           (Library: "Sep", Project: "LatchLab.Models"),
                       }
                       from file in Directory.GetFiles(sources, "*.csproj", SearchOption.AllDirectories)
                       where Path.GetFileNameWithoutExtension(file) != known.Project
                           && File.ReadAllText(file).Contains($"\"{known.Library}\"", StringComparison.Ordinal)
                       select $"{Path.GetFileName(file)} knows {known.Library}";
        Assert.Empty(offences);
    }

    [Fact]
    public void The_verifier_uses_nothing_of_what_it_verifies()
    {
        string folder = Path.Combine(Repository.Root, "src", "LatchLab.Verification");
        string project = File.ReadAllText(Path.Combine(folder, "LatchLab.Verification.csproj"));
        Assert.DoesNotContain("Reference Include", project, StringComparison.Ordinal);
        Assert.DoesNotContain("Compile", project, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(folder, "*.cs"),
            file => File.ReadAllText(file).Contains("using LatchLab", StringComparison.Ordinal));
        Assert.DoesNotContain(
            typeof(CertificateVerifier).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("LatchLab", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"using LatchLab\.(Numerics|Tasks|Networks|Learning|Dynamics|Experiments)\b")]
    private static partial Regex Uses();
}
