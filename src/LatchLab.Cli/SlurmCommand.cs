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
/// <c>--submit</c> (docs/clusters.md).
/// </summary>
internal static partial class SlurmCommand
{
    private static readonly TextArgument SweepArgument = new("SWEEP.toml", "the sweep (see docs/sweep-files.md)");
    private static readonly TextOption Tasks = new(
        "--tasks", "N", $"tasks that share the trials, 1 to {SlurmJob.MaximumTasks}");

    private static readonly TextOption Out = RunFolder.Option;
    private static readonly TextOption Partition = new("--partition", "P", "partition (default: the cluster's)");
    private static readonly TextOption Account = new("--account", "A", "account to charge (default: yours)");
    private static readonly TextOption Time = new(
        "--time", "T", "time limit per task in Slurm's format, for example 8:00:00; longer tasks are resumed");

    private static readonly TextOption Memory = new(
        "--memory", "M", "memory per task in Slurm's format, for example 2G (default: the cluster's)");

    private static readonly TextOption Processors = new("--processors", "C", "processors per task (default: 1)");
    private static readonly TextOption ArrayLimit = new(
        "--array-limit",
        "L",
        $"the cluster's MaxArraySize (default: from scontrol, else {SlurmJob.DefaultMaximumArraySize}); larger " +
            "arrays are split");

    private static readonly TextOption Program = new(
        "--program", "PATH", "path of latchlab on the cluster's machines (default: this program)");

    private static readonly Flag Submit = new("--submit", "submit the jobs with sbatch");
    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var command = new Command(
            "slurm", "Write the job scripts that run a sweep on a Slurm cluster, and submit them.")
        {
            SweepArgument, Tasks, Out, Partition, Account, Time, Memory, Processors, ArrayLimit, Program, Submit, Json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? path = parsedOptions.GetRequiredString(SweepArgument);
            using CsvDatasetSource files = RunFolder.OpenDataFilesBeside(path);
            SweepPlan? plan = path is null ? null
                : parsedOptions.CollectErrors(() => SweepFile.Read(path, files, CommandLine.WriteError));
            SlurmJob job = Read(parsedOptions, path ?? "", RunFolder.Resolve(parsedOptions.GetString(Out), path ?? ""),
                plan?.Name ?? "");
            if (parsedOptions.HasFlag(Submit) && RunProcess("sbatch", "--version") is null)
            {
                parsedOptions.ValidationErrors.Add(
                    new(Submit.Name, "", "sbatch is not installed here: omit it, and run " +
                    "the script for submission on a machine of the cluster"));
            }

            parsedOptions.ThrowIfInvalid();
            return Run(job, parsedOptions.HasFlag(Submit), parsedOptions.HasFlag(Json));
        });
        return command;
    }

    private static SlurmJob Read(ParsedOptions parsedOptions, string path, string folder, string name)
    {
        if (parsedOptions.GetString(Tasks) is null)
            parsedOptions.GetRequiredString(Tasks);
        return new(
            Path.GetFullPath(path), Path.GetFullPath(folder),
            parsedOptions.GetInt32(Tasks, 1, SlurmJob.MaximumTasks, 1))
        {
            Name = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')),
            Partition = ReadMatching(parsedOptions, Partition, NamePattern(), "a name"),
            Account = ReadMatching(parsedOptions, Account, NamePattern(), "a name"),
            TimeLimit = ReadMatching(parsedOptions, Time, TimeLimitPattern(),
                "minutes, hours:minutes:seconds or days-hours:minutes:seconds"),
            Memory = ReadMatching(parsedOptions, Memory, MemoryPattern(),
                "a whole number, optionally followed by K, M, G or T"),
            ProcessorsPerTask = parsedOptions.GetInt32(Processors, 1, 1024, 1),
            MaximumArraySize = parsedOptions.GetString(ArrayLimit) is null && parsedOptions.ValidationErrors.Count == 0
                ? QueryArrayLimit() ?? SlurmJob.DefaultMaximumArraySize
                : parsedOptions.GetInt32(ArrayLimit, 2, 10_000_000, SlurmJob.DefaultMaximumArraySize),
            Program = parsedOptions.GetString(Program) is { } program ? [program] : GetOwnCommand(),
        };
    }

    private static string? ReadMatching(ParsedOptions parsedOptions, TextOption option, Regex allowed, string expected)
    {
        string? text = parsedOptions.GetString(option);
        if (text is not null && !allowed.IsMatch(text))
            parsedOptions.ValidationErrors.Add(new(option.Name, "", $"'{text}' is not allowed: give {expected}"));
        return text;
    }

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
                ["status"] = "ok",
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
