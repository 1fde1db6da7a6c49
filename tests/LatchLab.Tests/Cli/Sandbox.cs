using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// An empty folder in which the built program runs: in a separate child process, or, where no test depends on that, in
/// a process shared with other tests (<see cref="CommandServer"/>).
/// </summary>
internal sealed partial class Sandbox : IDisposable
{
    /// <summary>Settings that produce every figure quickly.</summary>
    public const string Tiny =
        "--profile quick --grid 3 --lengths 3 --longest-length 8 --trials 4 " +
        "--runs 3 --presentations 400 --compared-length 5 --compared-trials 1 " +
        "--compared-budget 60 --search-budget 300 --key-annealing-budget 300 --random-systems 2 --basin-grid 4 " +
        "--curve-points 4";

    /// <summary>The option for some figures, and those of <see cref="Tiny"/> that have an effect on them.</summary>
    public static string TinyOnly(string ids)
    {
        IExperiment[] experiments = [.. KnownExperiments.All.Where(known => ids.Split(',').Contains(known.Id))];
        HashSet<string> used = [
            .. experiments.SelectMany(known => known.GetUsedSettings(new())).Select(Settings.GetName)];
        return $"--only {ids} " + string.Join(' ', Tiny.Split("--", StringSplitOptions.RemoveEmptyEntries)
            .Where(option => option.Split(' ')[0] is "profile" || used.Contains(option.Split(' ')[0]))
            .Select(option => $"--{option.Trim()}"));
    }

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public string Folder => _folder.FullName;

    /// <summary>The shell command of the program next to the tests.</summary>
    public static string Program => $"'{Host}' '{Assembly}'";

    /// <summary>The .NET host executable.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "latchlab.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A path in the folder.</summary>
    public string Below(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a file into the folder.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Below(name))!);
        File.WriteAllText(Below(name), text);
    }

    /// <summary>The entries of the folder, including hidden ones.</summary>
    public IEnumerable<string> Entries()
        => Directory.EnumerateFileSystemEntries(Folder)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// The name and content of every file of a report, without the command line in the heading of its page, which
    /// names the folder.
    /// </summary>
    public SortedDictionary<string, string> Files(string name)
        => new(
            Directory.EnumerateFiles(Below(name), "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(Below(name), file),
                file => Path.GetFileName(file) == "index.html"
                    ? CommandLine().Replace(File.ReadAllText(file), "")
                    : Convert.ToHexString(File.ReadAllBytes(file))),
            StringComparer.Ordinal);

    /// <summary>Runs the program to its end; the arguments are separated by single spaces.</summary>
    public CommandResult Run(string arguments) => Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Runs the program to its end with arbitrary arguments. Not for commands that write bytes to standard output (an
    /// export).
    /// </summary>
    public CommandResult Run(string[] arguments) => CommandServer.Run(Folder, arguments);

    /// <summary>Runs the program to its end in a separate process, with changes to its environment.</summary>
    public CommandResult RunAlone(string arguments, params (string Name, string Value)[] environment)
        => End(Start(Host, [Assembly, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], environment));

    /// <summary>Runs a line of bash; the test is skipped on Windows.</summary>
    public CommandResult RunInBash(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no bash on Windows");
        return End(Start("bash", ["-c", script]));
    }

    /// <summary>Starts the program without waiting for it.</summary>
    public Process Start(string arguments) => Start(Host, [Assembly, .. arguments.Split(' ')]);

    /// <summary>Waits for a process and collects its output.</summary>
    public static CommandResult End(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, output, error.Result);
        }
    }

    private Process Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // A small command spends most of its time on compilation, which this halves.
        start.Environment["DOTNET_TieredCompilation"] = "1";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex("<div><dt>(Command|From an earlier report)</dt><dd>[^<]*</dd></div>\n")]
    private static partial Regex CommandLine();
}

/// <summary>The exit code and the output of a process.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The JSON document on standard output.</summary>
    public JsonObject Json() => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Asserts that the input was rejected with these lines, and that standard output is empty.</summary>
    public void AssertRejected(params string[] lines)
    {
        Assert.Equal(lines, Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal((2, ""), (ExitCode, Output));
    }
}
