using System.Reflection;
using System.Text.RegularExpressions;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// The architecture as a table: what each namespace of the library and each project may refer to. The compiled
/// assemblies are checked against it.
/// </summary>
public sealed partial class ReferenceTests
{
    private const string Library = "LatchLab";

    private static readonly string[] Engine =
        ["Foundation", "Numerics", "Networks", "Networks.Cells", "Networks.Units"];

    /// <summary>Each namespace of the library with those that it may refer to.</summary>
    private static readonly Dictionary<string, string[]> LibraryTable = new()
    {
        ["Foundation"] = [],
        ["Numerics"] = ["Foundation"],
        ["Statistics"] = ["Foundation", "Numerics"],
        ["Figures"] = ["Foundation"],
        ["Networks.Units"] = ["Foundation", "Numerics"],
        ["Networks.Cells"] = ["Numerics", "Networks.Units"],
        ["Networks"] = ["Foundation", "Numerics", "Networks.Cells", "Networks.Units"],
        ["Tasks"] = ["Foundation", "Numerics"],
        ["Learning.Optimizers"] = ["Foundation", "Numerics"],
        ["Learning"] = [.. Engine, "Learning.Optimizers"],
        ["Dynamics"] = Engine,
        ["Training"] = [.. Engine, "Tasks", "Learning", "Learning.Optimizers", "Statistics"],
    };

    /// <summary>Each other project with the namespaces of the library and the projects that it may refer to.</summary>
    private static readonly Dictionary<string, string[]> ProjectTable = new()
    {
        ["Files"] = ["Foundation"],
        ["Models"] = [.. Engine, "Tasks", "Learning", "Dynamics", "Training", "Files"],
        ["Diagnosis"] = [.. LibraryTable.Keys.Except(["Training"])],
        ["Sweeps"] = [.. LibraryTable.Keys, "Files"],
        ["Ledger"] = [.. LibraryTable.Keys, "Files", "Sweeps"],
        ["Paper"] = [.. LibraryTable.Keys, "Sweeps"],
        ["KernelTiming"] = [.. Engine, "Learning"],
        ["Reporting"] = ["Foundation", "Figures"],
        ["Verification"] = [],
        ["Cli"] =
        [
            .. LibraryTable.Keys, "Files", "Models", "Diagnosis", "Sweeps", "Ledger", "Paper", "KernelTiming",
            "Reporting", "Verification",
        ],
    };

    /// <summary>The assemblies of the program.</summary>
    internal static IReadOnlyList<Assembly> Projects { get; } =
        [.. ProjectTable.Keys.Append("Core").Select(LoadProject)];

    private static readonly Lazy<IReadOnlyDictionary<(string From, string To), string>> References = new(() =>
        CompiledReferences.Between([.. Projects]));

    [Fact]
    public void Every_compiled_reference_is_in_the_table()
        => Assert.Empty(
            from reference in References.Value
            let source = reference.Key.From[(Library.Length + 1)..]
            let target = reference.Key.To[(Library.Length + 1)..]
            let project = ProjectOf(source)
            where project is null
                ? !LibraryTable[source].Contains(target)
                : ProjectOf(target) != project && !ProjectTable[project].Contains(ProjectOf(target) ?? target)
            select $"{source} → {target}: {reference.Value}");

    [Fact]
    public void No_namespaces_refer_to_one_another_in_a_cycle()
    {
        ILookup<string, string> targets = References.Value.Keys.ToLookup(pair => pair.From, pair => pair.To);
        Assert.Empty(
            from pair in References.Value
            where IsReachable(targets, pair.Key.To, pair.Key.From)
            select $"{pair.Key.From} → {pair.Key.To}: {pair.Value}");
    }

    [Fact]
    public void References_are_read_from_signatures_and_from_code()
    {
        // Learning refers to Networks in signatures, Training to Numerics in method bodies.
        Assert.Contains((Library + ".Learning", Library + ".Networks"), References.Value.Keys);
        Assert.Contains((Library + ".Training", Library + ".Numerics"), References.Value.Keys);
    }

    [Fact]
    public void Every_folder_is_its_namespace()
    {
        string sources = Path.Combine(Repository.Root, "src");
        Assert.Empty(
            from file in Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(sources, file)
            where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            let declared = Declaration().Match(File.ReadAllText(file))
            let expected = Path.GetDirectoryName(path)!.Replace(Path.DirectorySeparatorChar, '.')
            where declared.Success && declared.Groups[1].Value != expected
            select $"{path} declares {declared.Groups[1].Value}");
    }

    [Theory]
    [InlineData("ScottPlot", "LatchLab.Reporting")]
    [InlineData("System.CommandLine", "LatchLab.Cli")]
    [InlineData("Spectre.Console", "LatchLab.Cli")]
    [InlineData("SQLitePCLRaw.bundle_e_sqlite3", "LatchLab.Ledger")]
    [InlineData("Parquet.Net", "LatchLab.Ledger", "LatchLab.Models")]
    [InlineData("Tomlyn", "LatchLab.Sweeps")]
    [InlineData("Sep", "LatchLab.Models")]
    [InlineData("MathNet.Numerics", "LatchLab")]
    public void Only_the_listed_projects_use_a_package(string package, params string[] projects)
        => Assert.Equal(
            projects,
            from file in Directory.GetFiles(
                Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains($"\"{package}\"", StringComparison.Ordinal)
            let project = Path.GetFileNameWithoutExtension(file)
            orderby project
            select project);

    [Fact]
    public void The_verifier_uses_nothing_of_what_it_verifies()
    {
        string folder = Path.Combine(Repository.Root, "src", "LatchLab.Verification");
        string project = File.ReadAllText(Path.Combine(folder, "LatchLab.Verification.csproj"));
        Assert.DoesNotContain("Reference Include", project, StringComparison.Ordinal);
        Assert.DoesNotContain("Compile", project, StringComparison.Ordinal);
        Assert.DoesNotContain(
            typeof(CertificateVerifier).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith(Library, StringComparison.Ordinal));
    }

    private static Assembly LoadProject(string name)
        => Assembly.Load(name switch
        {
            "Cli" => "latchlab",
            _ => $"{Library}.{name}",
        });

    /// <summary>The project of a namespace; null for one of the library.</summary>
    private static string? ProjectOf(string name)
        => ProjectTable.ContainsKey(name.Split('.')[0]) ? name.Split('.')[0] : null;

    private static bool IsReachable(ILookup<string, string> targets, string start, string goal)
    {
        var seen = new HashSet<string>();
        var pending = new Stack<string>([start]);
        while (pending.TryPop(out string? current))
        {
            if (current == goal)
                return true;
            foreach (string next in targets[current].Where(seen.Add))
                pending.Push(next);
        }

        return false;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
