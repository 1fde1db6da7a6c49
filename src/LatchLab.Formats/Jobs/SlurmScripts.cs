using System.Globalization;
using System.Text;

namespace LatchLab.Formats;

/// <summary>
/// The scripts of a <see cref="SlurmJob"/>, to be read before they are submitted: job arrays whose tasks run the shards
/// of the sweep, a job that merges and reports when all have ended, and one script that submits them in this order. A
/// task that loses its machine or runs out of its time is queued again and goes on where its ledger ends.
/// </summary>
public static class SlurmScripts
{
    /// <summary>The script that submits everything.</summary>
    public const string Submit = "submit.sh";

    private const string Merge = "merge.sh";

    // Time enough to finish a batch of the ledger, and little beside any time limit.
    private const int SecondsBeforeEnd = 60;

    /// <summary>Name and text of each script.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(SlurmJob job) =>
    [
        .. Enumerable.Range(1, job.Arrays).Select(number => (ArrayName(number), ArrayText(job, number))),
        (Merge, MergeText(job)),
        (Submit, SubmitText(job)),
    ];

    /// <summary>
    /// Writes them into a folder, which is made if need be; those of a division into more arrays are removed.
    /// </summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(string folder, IReadOnlyList<(string Name, string Text)> scripts)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "tasks-*.sh")
            .Where(old => scripts.All(script => script.Name != Path.GetFileName(old))))
            File.Delete(old);
        foreach ((string name, string text) in scripts)
            OutputFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    }

    private static string ArrayName(int number) => FormattableString.Invariant($"tasks-{number}.sh");

    private static string ArrayText(SlurmJob job, int number)
    {
        int before = (number - 1) * job.TasksOfArray, tasks = Math.Min(job.TasksOfArray, job.Tasks - before);
        int digits = job.Tasks.ToString(CultureInfo.InvariantCulture).Length;
        string run = ShellWords.Of([
            .. job.Program, "run", job.Sweep, "--out", job.Folder, "--threads", $"{job.Processors}"]);
        return Text(
            "#!/usr/bin/env bash",
            $"# Tasks {before + 1} to {before + tasks} of {job.Tasks}: each runs its share of the trials of a sweep",
            $"# into a ledger of its own. {Submit} submits everything in order.",
            Directives(
                job,
                $"--array=1-{tasks}",
                $"--cpus-per-task={job.Processors}",
                "--requeue",
                $"--signal=B:USR1@{SecondsBeforeEnd}",
                Log(job, "task-%A-%a.log")),
            "",
            $"number=$((SLURM_ARRAY_TASK_ID + {before}))",
            $"folder={ShellWords.Of(job.Folder)}/$(printf 'shard-%0{digits}d-of-{job.Tasks}' \"$number\")",
            "ended() { grep -s '\"done\"' \"$folder/progress.json\"; }",
            "before=$(ended)",
            $"{run} --shard \"$number/{job.Tasks}\" &",
            "task=$!",
            "",
            $"# {SecondsBeforeEnd} seconds before its time is over a task is told so: what has ended is kept, and it",
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

    private static string MergeText(SlurmJob job)
        => Text(
            "#!/usr/bin/env bash",
            "# When all tasks have ended: their ledgers become one, and the report is drawn from it.",
            Directives(job, "--cpus-per-task=1", Log(job, "merge-%j.log")),
            "",
            "set -e",
            ShellWords.Of([.. job.Program, "merge", job.Folder, job.Folder]),
            ShellWords.Of([.. job.Program, "report", job.Folder]));

    private static string SubmitText(SlurmJob job)
        => Text([
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
            .. Enumerable.Range(1, job.Arrays).SelectMany(number => new[]
            {
                $"id=$(sbatch --parsable {ArrayName(number)})",
                "after=$after:${id%%;*}",
                $"echo \"{ArrayName(number)}: job ${{id%%;*}}\"",
            }),
            $"id=$(sbatch --parsable --dependency=\"$after\" {Merge})",
            $"echo \"{Merge}: job ${{id%%;*}}\"",
        ]);

    /// <summary>A folder may have blanks in its name, and Slurm takes a single % for a pattern.</summary>
    private static string Log(SlurmJob job, string name)
        => $"--output=\"{Path.Combine(job.Folder.Replace("%", "%%", StringComparison.Ordinal), "slurm", name)}\"";

    private static string Directives(SlurmJob job, params string[] own)
    {
        (string Option, string? Value)[] common =
        [
            ("--job-name", job.Name),
            ("--partition", job.Partition),
            ("--account", job.Account),
            ("--time", job.Time),
            ("--mem", job.Memory),
        ];
        return string.Join('\n', common.Where(option => option.Value is not null)
            .Select(option => $"{option.Option}={option.Value}").Concat(own).Append("--open-mode=append")
            .Select(directive => $"#SBATCH {directive}"));
    }

    private static string Text(params IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
