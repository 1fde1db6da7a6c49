using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LatchLab.Experiments;
using LatchLab.Formats;
using LatchLab.Ledger;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab slurm</c>: writes the job scripts that run a sweep on a cluster, and submits them if asked to
/// (docs/clusters.md).
/// </summary>
internal static partial class SlurmCommand
{
    private static readonly TextArgument File = new("SWEEP.toml", "the sweep (see docs/sweep-files.md)");
    private static readonly TextOption Tasks = new(
        "--tasks", "N", $"tasks that share the trials, 1 to {SlurmJob.MostTasks}");

    private static readonly TextOption Out = RunFolder.Option;
    private static readonly TextOption Partition = new("--partition", "P", "partition (default: the cluster's)");
    private static readonly TextOption Account = new("--account", "A", "account that pays (default: yours)");
    private static readonly TextOption Time = new(
        "--time", "T", "time limit of a task, as Slurm reads it, for example 8:00:00; a task that needs more goes on");

    private static readonly TextOption Memory = new(
        "--memory", "M", "memory of a task, as Slurm reads it, for example 2G (default: the cluster's)");

    private static readonly TextOption Processors = new("--processors", "C", "processors of a task (default: 1)");
    private static readonly TextOption ArrayLimit = new(
        "--array-limit",
        "L",
        $"the cluster's MaxArraySize (default: what scontrol says, else {SlurmJob.DefaultArrayLimit}); larger arrays " +
            "are split");

    private static readonly TextOption Program = new(
        "--program", "PATH", "latchlab as the cluster's machines find it (default: this one)");

    private static readonly Flag Submit = new("--submit", "submit the jobs with sbatch");
    private static readonly Flag Json = new("--json", "print one JSON document on standard output");

    public static Command Create()
    {
        var command = new Command(
            "slurm", "Write the job scripts that run a sweep on a Slurm cluster, and submit them.")
        {
            File, Tasks, Out, Partition, Account, Time, Memory, Processors, ArrayLimit, Program, Submit, Json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(File);
            using SequenceFiles files = RunFolder.FilesBeside(path);
            SweepPlan? plan = path is null ? null : given.Try(() => SweepFile.Read(path, files));
            SlurmJob job = Read(given, path ?? "", RunFolder.Of(given.Text(Out), path ?? ""), plan?.Name ?? "");
            given.ThrowIfMistaken();
            return Run(job, given.Has(Submit), given.Has(Json));
        });
        return command;
    }

    private static SlurmJob Read(GivenOptions given, string path, string folder, string name)
    {
        if (given.Text(Tasks) is null)
            given.RequiredText(Tasks);
        return new(
            Path.GetFullPath(path), Path.GetFullPath(folder), given.WholeNumber(Tasks, 1, SlurmJob.MostTasks, 1))
        {
            Name = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')),
            Partition = Word(given, Partition, PlainWord(), "a name"),
            Account = Word(given, Account, PlainWord(), "a name"),
            Time = Word(given, Time, TimeLimit(), "minutes, hours:minutes:seconds or days-hours:minutes:seconds"),
            Memory = Word(given, Memory, Size(), "a whole number, with K, M, G or T behind it"),
            Processors = given.WholeNumber(Processors, 1, 1024, 1),
            ArrayLimit = given.Text(ArrayLimit) is null && given.Mistakes.Count == 0
                ? ClusterLimit() ?? SlurmJob.DefaultArrayLimit
                : given.WholeNumber(ArrayLimit, 2, 10_000_000, SlurmJob.DefaultArrayLimit),
            Program = given.Text(Program) is { } program ? [program] : Itself(),
        };
    }

    private static string? Word(GivenOptions given, TextOption option, Regex allowed, string inWords)
    {
        string? text = given.Text(option);
        if (text is not null && !allowed.IsMatch(text))
            given.Mistakes.Add(new(option.Name, "", $"'{text}' is not allowed: give {inWords}"));
        return text;
    }

    private static int Run(SlurmJob job, bool submit, bool json)
    {
        LedgerFolder.Claim(job.Folder);
        string folder = Path.Combine(job.Folder, LedgerFolder.JobsName);
        IReadOnlyList<(string Name, string Text)> scripts = SlurmScripts.Of(job);
        SlurmScripts.Write(folder, scripts);
        string[] submitted = submit ? Submitted(Path.Combine(folder, SlurmScripts.Submit)) : [];
        if (json)
        {
            Numbers.Print(new JsonObject
            {
                ["status"] = "ok",
                ["folder"] = folder,
                ["scripts"] = new JsonArray([.. scripts.Select(script => JsonValue.Create(script.Name))]),
                ["tasks"] = job.Tasks,
                ["arrays"] = job.Arrays,
                ["submitted"] = new JsonArray([.. submitted.Select(line => JsonValue.Create(line))]),
            });
            return ExitCodes.Success;
        }

        Console.Out.WriteLine($"Job scripts of {job.Tasks} tasks in {job.Arrays} arrays: {folder}");
        foreach (string line in submitted)
            Console.Out.WriteLine(line);
        Console.Out.WriteLine(submit
            ? $"How far they are: latchlab status {ShellWords.Of(job.Folder)}"
            : $"Submit them: bash {ShellWords.Of(Path.Combine(folder, SlurmScripts.Submit))}");
        return ExitCodes.Success;
    }

    /// <summary>What the script that submits says.</summary>
    /// <exception cref="IOException">Slurm refused.</exception>
    private static string[] Submitted(string script)
    {
        (int exitCode, string output, string error) = Start("bash", script)
            ?? throw new IOException("bash cannot be started");
        return exitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new IOException($"Slurm did not take the jobs: {(error + output).Trim()}");
    }

    /// <summary>The cluster's MaxArraySize; null where there is no cluster to ask.</summary>
    private static int? ClusterLimit()
        => Start("scontrol", "show", "config") is (0, var output, _)
            && MaxArraySize().Match(output) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static (int ExitCode, string Output, string Error)? Start(string program, params string[] words)
    {
        try
        {
            var start = new ProcessStartInfo(program, words)
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
            return null; // there is no such program
        }
    }

    /// <summary>The words that start this program again.</summary>
    private static IReadOnlyList<string> Itself()
    {
        string process = Environment.ProcessPath ?? "latchlab";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "latchlab.dll")]
            : [process];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.,+-]+\z")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"\A[0-9]+((:[0-9]{1,2}){0,2}|-[0-9]{1,2}(:[0-9]{1,2}){0,2})\z")]
    private static partial Regex TimeLimit();

    [GeneratedRegex(@"\A[0-9]+[KMGT]?\z")]
    private static partial Regex Size();

    [GeneratedRegex(@"MaxArraySize\s*=\s*(\d{1,9})\b")]
    private static partial Regex MaxArraySize();
}
