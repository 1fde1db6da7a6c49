using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Models.Datasets;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Slurm;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab slurm</c>: writes the job scripts that run a sweep on a cluster, and submits them with
/// <c>--submit</c> (docs/how-to/clusters.md).
/// </summary>
internal static partial class SlurmCommand
{
    private static readonly Option<int> Tasks = Options.Integer(
        "--tasks", "N", $"tasks that share the trials, 1 to {SlurmJob.MaximumTasks}", 1, SlurmJob.MaximumTasks,
        defaultValue: 1);

    private static readonly Option<string?> Partition = CreateOption(
        "--partition", "P", "partition (default: the cluster's)", "a name", NamePattern());

    private static readonly Option<string?> Account = CreateOption(
        "--account", "A", "account to charge (default: yours)", "a name", NamePattern());

    private static readonly Option<string?> Time = CreateOption(
        "--time", "T", "time limit per task in Slurm's format, for example 8:00:00; longer tasks are resumed",
        "minutes, hours:minutes:seconds or days-hours:minutes:seconds", TimeLimitPattern());

    private static readonly Option<string?> Memory = CreateOption(
        "--memory", "M", "memory per task in Slurm's format, for example 2G (default: the cluster's)",
        "a whole number, optionally followed by K, M, G or T", MemoryPattern());

    private static readonly Option<int> Processors = Options.Integer(
        "--processors", "C", "processors per task (default: 1)", 1, 1024, defaultValue: 1);

    private static readonly Option<int> ArrayLimit = Options.Integer(
        "--array-limit", "L",
        $"the cluster's MaxArraySize (default: from scontrol, else {SlurmJob.DefaultMaximumArraySize}); larger " +
            "arrays are split",
        2, 10_000_000, SlurmJob.DefaultMaximumArraySize);

    private static readonly Option<string?> Program = Options.Text(
        "--program", "PATH", "path of latchlab on the cluster's machines (default: this program)");

    private static readonly Option<bool> Submit = Options.Flag("--submit", "submit the jobs with sbatch");

    public static Command Create() => new RunnableCommand(
        "slurm", "Write the job scripts that run a sweep on a Slurm cluster, and submit them.", Run,
        () =>
        [
            RunFolder.Sweep, Tasks, RunFolder.Option, Partition, Account, Time, Memory, Processors, ArrayLimit, Program,
            Submit, Options.Json,
        ]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(RunFolder.Sweep);
        using DatasetFileSource files = RunFolder.OpenDataFilesBeside(path);
        SweepPlan? plan = parsed.Read(path, file => SweepFile.Read(file, files, CommandLine.WriteError));
        SlurmJob job = Read(parsed, path ?? "none", plan?.Name ?? "");
        bool submits = parsed.GetValue(Submit);
        if (submits && RunProcess("sbatch", "--version") is null)
        {
            parsed.AddError(Submit, "sbatch is not installed here: omit it, and run the script for submission on a " +
                "machine of the cluster");
        }

        parsed.ThrowIfInvalid();
        return Run(job, submits, parsed.GetValue(Options.Json));
    }

    private static Option<string?> CreateOption(
        string name, string valueName, string description, string expected, Regex allowed)
        => Options.Parsed(
            name, valueName, description, expected, text => allowed.IsMatch(text) ? text : null, defaultValue: null);

    private static SlurmJob Read(ParsedOptions parsed, string path, string name)
        => new(
            Path.GetFullPath(path), Path.GetFullPath(RunFolder.Resolve(parsed.GetValue(RunFolder.Option), path)),
            parsed.GetRequired(Tasks))
        {
            Name = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')),
            Partition = parsed.GetValue(Partition),
            Account = parsed.GetValue(Account),
            TimeLimit = parsed.GetValue(Time),
            Memory = parsed.GetValue(Memory),
            ProcessorsPerTask = parsed.GetValue(Processors),
            MaximumArraySize = parsed.HasValue(ArrayLimit) || parsed.ValidationErrors.Count > 0
                ? parsed.GetValue(ArrayLimit) : QueryArrayLimit() ?? SlurmJob.DefaultMaximumArraySize,
            Program = parsed.GetValue(Program) is { } program ? [program] : GetOwnCommand(),
        };

    private static int Run(SlurmJob job, bool submit, bool json)
    {
        LedgerFolder.EnsureUsable(job.Folder);
        string folder = Path.Combine(job.Folder, LedgerFolder.JobsFolderName);
        IReadOnlyList<(string Name, string Text)> scripts = SlurmScripts.Create(job);
        SlurmScripts.Write(folder, scripts);
        string[] submitted = submit ? SubmitJobs(Path.Combine(folder, SlurmScripts.SubmitFileName)) : [];
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["folder"] = folder,
                ["scripts"] = new JsonArray([.. scripts.Select(script => JsonValue.Create(script.Name))]),
                ["tasks"] = job.Tasks,
                ["arrays"] = job.ArrayCount,
                ["submitted"] = new JsonArray([.. submitted.Select(line => JsonValue.Create(line))]),
            });
            return ExitCodes.Success;
        }

        Console.Out.WriteLine(
            $"Job scripts of {NumberFormat.WithNoun(job.Tasks, "task")} in " +
                $"{NumberFormat.WithNoun(job.ArrayCount, "array")}: " +
            folder);
        foreach (string line in submitted)
            Console.Out.WriteLine(line);
        Console.Out.WriteLine(submit
            ? $"To see their progress: latchlab status {ShellQuoting.Join(job.Folder)}"
            : $"To submit them: bash {ShellQuoting.Join(Path.Combine(folder, SlurmScripts.SubmitFileName))}");
        return ExitCodes.Success;
    }

    /// <summary>Runs the submit script and returns the lines of its output.</summary>
    /// <exception cref="IOException">Slurm rejected the jobs, or bash cannot be started.</exception>
    private static string[] SubmitJobs(string script)
    {
        (int exitCode, string output, string error) = RunProcess("bash", script)
            ?? throw new IOException("bash cannot be started");
        return exitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new IOException($"Slurm rejected the jobs: {GetLastLine(error + output)}");
    }

    /// <summary>The last line of Slurm's own; the lines before it tell what led to it.</summary>
    private static string GetLastLine(string output)
        => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => line.StartsWith("sbatch:", StringComparison.Ordinal), output.Trim());

    /// <summary>The cluster's MaxArraySize; null if <c>scontrol</c> is not available.</summary>
    private static int? QueryArrayLimit()
        => RunProcess("scontrol", "show", "config") is (0, var output, _)
            && ArraySizePattern().Match(output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static (int ExitCode, string Output, string Error)? RunProcess(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // the program does not exist
        }
    }

    /// <summary>The command that starts this program.</summary>
    private static IReadOnlyList<string> GetOwnCommand()
    {
        string process = Environment.ProcessPath ?? "latchlab";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "latchlab.dll")]
            : [process];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.,+-]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[0-9]+((:[0-9]{1,2}){0,2}|-[0-9]{1,2}(:[0-9]{1,2}){0,2})\z")]
    private static partial Regex TimeLimitPattern();

    [GeneratedRegex(@"\A[0-9]+[KMGT]?\z")]
    private static partial Regex MemoryPattern();

    [GeneratedRegex(@"MaxArraySize\s*=\s*(\d{1,9})\b")]
    private static partial Regex ArraySizePattern();
}
