using System.Globalization;
using System.Text;
using LatchLab.Files;

namespace LatchLab.Sweeps.Slurm;

/// <summary>
/// The scripts of a <see cref="SlurmJob"/>, to be read before they are submitted: job arrays whose tasks run the shards
/// of the sweep, a job that merges and reports when all have ended, and one script that submits them in this order. A
/// task that loses its machine or runs out of its time is queued again and goes on where its ledger ends.
/// </summary>
public static class SlurmScripts
{
    /// <summary>The script that submits everything.</summary>
    public const string SubmitFileName = "submit.sh";

    private const string MergeFileName = "merge.sh";

    // Time enough to finish a batch of the ledger, and little beside any time limit.
    private const int SignalLeadSeconds = 60;

    /// <summary>Name and text of each script.</summary>
    public static IReadOnlyList<(string Name, string Text)> Create(SlurmJob job) =>
    [
        .. Enumerable.Range(1, job.ArrayCount).Select(
            number => (GetArrayFileName(number), BuildArrayScript(job, number))),
        (MergeFileName, BuildMergeScript(job)),
        (SubmitFileName, BuildSubmitScript(job)),
    ];

    /// <summary>
    /// Writes them into a folder, which is made if need be; those of a division into more arrays are removed.
    /// </summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
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
            $"# Tasks {firstTaskOffset + 1} to {firstTaskOffset + tasks} of {job.Tasks}: each runs its share of the " +
                $"trials of a sweep",
            $"# into a ledger of its own. {SubmitFileName} submits everything in order.",
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
            $"# {SignalLeadSeconds} seconds before its time is over a task is told so: what has ended is kept, and it",
            "# queues again.",
            "out_of_time=no",
            "trap 'out_of_time=yes; kill -TERM \"$task\"' USR1",
            "wait \"$task\"",
            "status=$?",
            "while kill -0 \"$task\" 2>/dev/null; do",
            "  wait \"$task\"",
            "  status=$?",
            "done",
            "# Where not a single trial has ended, the time is too short for one, and would be the next time.",
            "if [ \"$out_of_time\" = yes ] && [ \"$status\" -ne 0 ] && [ \"$(ended)\" != \"$before\" ]; then",
            "  scontrol requeue \"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\"",
            "fi",
            "exit \"$status\"");
    }

    private static string BuildMergeScript(SlurmJob job)
        => JoinLines(
            "#!/usr/bin/env bash",
            "# When all tasks have ended: their ledgers become one, and the report is drawn from it.",
            BuildDirectives(job, "--cpus-per-task=1", BuildOutputOption(job, "merge-%j.log")),
            "",
            "set -e",
            ShellQuoting.Join([.. job.Program, "merge", job.Folder, job.Folder]),
            ShellQuoting.Join([.. job.Program, "report", job.Folder]));

    private static string BuildSubmitScript(SlurmJob job)
        => JoinLines([
            "#!/usr/bin/env bash",
            "# Submits all tasks, and the job that merges and reports when they have ended.",
            "set -euo pipefail",
            "cd \"$(dirname \"$0\")\"",
            "after=afterany",
            "give_up() {",
            "  echo 'not all could be submitted; what was is cancelled' >&2",
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

    /// <summary>A folder may have blanks in its name, and Slurm takes a single % for a pattern.</summary>
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

    private static string JoinLines(params IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
