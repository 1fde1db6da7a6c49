using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>
/// An empty folder in which the built program runs: as a child process, as a user would start it, or, where nothing
/// depends on that, in one that other tests use, too (<see cref="CommandServer"/>).
/// </summary>
internal sealed class Sandbox : IDisposable
{
    /// <summary>Settings under which every figure is made in a moment.</summary>
    public const string Tiny =
        "--profile quick --grid 3 --reading-grid 2 --lengths 3 --longest-length 8 --trials 4 --reading-trials 2 " +
        "--runs 3 --presentations 400 --compared-length 5 --compared-trials 1 --compared-reading-trials 1 " +
        "--compared-budget 60 --search-budget 300 --random-systems 2 --basin-grid 4 --curve-points 4";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public string Folder => _folder.FullName;

    /// <summary>The program beside the tests, as words for a shell.</summary>
    public static string Program => $"'{Host}' '{Assembly}'";

    /// <summary>What runs a program of .NET.</summary>
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

    /// <summary>What lies in the folder, hidden things too.</summary>
    public IEnumerable<string> Entries()
        => Directory.EnumerateFileSystemEntries(Folder)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    /// <summary>Name and content of every file of a report.</summary>
    public SortedDictionary<string, string> Files(string name)
        => new(
            Directory.EnumerateFiles(Below(name), "*", SearchOption.AllDirectories).ToDictionary(
                file => Path.GetRelativePath(Below(name), file), file => Convert.ToHexString(File.ReadAllBytes(file))),
            StringComparer.Ordinal);

    /// <summary>Runs to the end; the words are separated by single spaces.</summary>
    public Ended Run(string words) => Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Runs to the end, with words that may hold anything; not for what writes bytes to standard output (an export).
    /// </summary>
    public Ended Run(string[] words) => CommandServer.Run(Folder, words);

    /// <summary>Runs to the end in a process of its own, with changes to its environment.</summary>
    public Ended RunAlone(string words, params (string Name, string Value)[] environment)
        => End(Start(Host, [Assembly, .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)], environment));

    /// <summary>Runs a line of bash, which is skipped where there is none.</summary>
    public Ended RunInBash(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no bash on Windows");
        return End(Start("bash", ["-c", script]));
    }

    /// <summary>Starts the program and does not wait.</summary>
    public Process Start(string words) => Start(Host, [Assembly, .. words.Split(' ')]);

    /// <summary>Waits for a process and collects what it printed.</summary>
    public static Ended End(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, output, error.Result);
        }
    }

    private Process Start(string program, string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    /// <summary>The one document on standard output.</summary>
    public JsonObject Json() => JsonNode.Parse(Output)!.AsObject();

    /// <summary>Refused as bad input, with these lines and nothing on standard output.</summary>
    public void AssertRefused(params string[] lines)
    {
        Assert.Equal(lines, Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal((2, ""), (ExitCode, Output));
    }
}
