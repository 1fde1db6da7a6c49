using System.Globalization;
using System.Text;
using LatchLab.Files;

namespace LatchLab.Sweeps.Slurm;

/// <summary>
/// Creates the scripts of a <see cref="SlurmJob"/>: job arrays whose tasks run the shards of the sweep, a job that
/// merges the shards and creates the report after all tasks have ended, and a script that submits them in this order.
/// The scripts are readable, for review before submission. A task that loses its machine or reaches its time limit is
/// requeued and continues from its ledger.
/// </summary>
public static class SlurmScripts
{
    /// <summary>The script that submits everything.</summary>
    public const string SubmitFileName = "submit.sh";

    private const string MergeFileName = "merge.sh";

    // Long enough to finish a batch of the ledger, and short compared to any time limit.
    private const int SignalLeadSeconds = 60;

    /// <summary>Creates the name and text of each script.</summary>
    public static IReadOnlyList<(string Name, string Text)> Create(SlurmJob job) =>
    [
        .. Enumerable.Range(1, job.ArrayCount).Select(
            number => (GetArrayFileName(number), BuildArrayScript(job, number))),
        (MergeFileName, BuildMergeScript(job)),
        (SubmitFileName, BuildSubmitScript(job)),
    ];

    /// <summary>
    /// Writes the scripts into a folder, which is created if necessary. Scripts of surplus arrays are removed.
    /// </summary>
    /// <exception cref="IOException">Writing failed, for example because the disk is full.</exception>
    public static void Write(string folder, IReadOnlyList<(string Name, string Text)> scripts)
    {
        Directory.CreateDirectory(folder);
        foreach (string stalePath in Directory.EnumerateFiles(folder, "tasks-*.sh")
            .Where(stalePath => scripts.All(script => script.Name != Path.GetFileName(stalePath))))
            File.Delete(stalePath);
        foreach ((string name, string text) in scripts)
            AtomicFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    }

    private static string GetArrayFileName(int number) => FormattableString.Invariant($"tasks-{number}.sh");

    private static string BuildArrayScript(SlurmJob job, int number)
    {
        int firstTaskOffset = (number - 1) * job.TasksPerArray,
            tasks = Math.Min(job.TasksPerArray, job.Tasks - firstTaskOffset);
        int digits = job.Tasks.ToString(CultureInfo.InvariantCulture).Length;
        string runCommand = ShellQuoting.Join([
            .. job.Program, "run", job.Sweep, "--out", job.Folder, "--threads", $"{job.ProcessorsPerTask}"]);
        return JoinLines(
            "#!/usr/bin/env bash",
            $"# Tasks {firstTaskOffset + 1} to {firstTaskOffset + tasks} of {job.Tasks}: each runs a shard of the",
            $"# sweep into its own ledger. {SubmitFileName} submits all jobs in order.",
            BuildDirectives(
                job,
                $"--array=1-{tasks}",
                $"--cpus-per-task={job.ProcessorsPerTask}",
                "--requeue",
                $"--signal=B:USR1@{SignalLeadSeconds}",
                BuildOutputOption(job, "task-%A-%a.log")),
            "",
            $"number=$((SLURM_ARRAY_TASK_ID + {firstTaskOffset}))",
            $"folder={ShellQuoting.Join(job.Folder)}/$(printf 'shard-%0{digits}d-of-{job.Tasks}' \"$number\")",
            "ended() { grep -s '\"done\"' \"$folder/progress.json\"; }",
            "before=$(ended)",
            $"{runCommand} --shard \"$number/{job.Tasks}\" &",
            "task=$!",
            "",
            $"# {SignalLeadSeconds} seconds before its time limit the task gets a signal. It stops, keeps the",
            "# completed trials and requeues itself.",
            "out_of_time=no",
            "trap 'out_of_time=yes; kill -TERM \"$task\"' USR1",
            "wait \"$task\"",
            "status=$?",
            "while kill -0 \"$task\" 2>/dev/null; do",
            "  wait \"$task\"",
            "  status=$?",
            "done",
            "# If no trial has completed, the time limit is too short for one trial, and requeueing would not help.",
            "if [ \"$out_of_time\" = yes ] && [ \"$status\" -ne 0 ] && [ \"$(ended)\" != \"$before\" ]; then",
            "  scontrol requeue \"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\"",
            "fi",
            "exit \"$status\"");
    }

    private static string BuildMergeScript(SlurmJob job)
        => JoinLines(
            "#!/usr/bin/env bash",
            "# Runs after all tasks have ended: merges their ledgers into one and creates the report.",
            BuildDirectives(job, "--cpus-per-task=1", BuildOutputOption(job, "merge-%j.log")),
            "",
            "set -e",
            ShellQuoting.Join([.. job.Program, "merge", job.Folder, job.Folder]),
            ShellQuoting.Join([.. job.Program, "report", job.Folder]));

    private static string BuildSubmitScript(SlurmJob job)
        => JoinLines([
            "#!/usr/bin/env bash",
            "# Submits all tasks, and the job that merges their ledgers and creates the report.",
            "set -euo pipefail",
            "cd \"$(dirname \"$0\")\"",
            "after=afterany",
            "give_up() {",
            "  echo 'a job could not be submitted; the submitted jobs are cancelled' >&2",
            "  for id in $(tr : ' ' <<<\"${after#afterany}\"); do scancel \"$id\"; done",
            "}",
            "trap give_up ERR",
            .. Enumerable.Range(1, job.ArrayCount).SelectMany(number => new[]
            {
                $"id=$(sbatch --parsable {GetArrayFileName(number)})",
                "after=$after:${id%%;*}",
                $"echo \"{GetArrayFileName(number)}: job ${{id%%;*}}\"",
            }),
            $"id=$(sbatch --parsable --dependency=\"$after\" {MergeFileName})",
            $"echo \"{MergeFileName}: job ${{id%%;*}}\"",
        ]);

    /// <summary>Builds the output option. The folder may contain spaces, and Slurm expands a single %.</summary>
    private static string BuildOutputOption(SlurmJob job, string name)
        => $"--output=\"{Path.Combine(job.Folder.Replace("%", "%%", StringComparison.Ordinal), "slurm", name)}\"";

    private static string BuildDirectives(SlurmJob job, params string[] additional)
    {
        (string Option, string? Value)[] common =
        [
            ("--job-name", job.Name),
            ("--partition", job.Partition),
            ("--account", job.Account),
            ("--time", job.TimeLimit),
            ("--mem", job.Memory),
        ];
        return string.Join('\n', common.Where(option => option.Value is not null)
            .Select(option => $"{option.Option}={option.Value}").Concat(additional).Append("--open-mode=append")
            .Select(directive => $"#SBATCH {directive}"));
    }

    private static string JoinLines(params IEnumerable<string> lines) => string.Join('\n', lines.Append(""));
}
