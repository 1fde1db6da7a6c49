using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using LatchLab.Sweeps.Slurm;
using LatchLab.Tests.Cli;
using Xunit;

namespace LatchLab.Tests.Sweeps;

public sealed partial class SlurmScriptTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Arrays_contain_every_task_once_and_no_index_beyond_the_limit()
        => Gen.Select(Gen.Int[1, 60], Gen.Int[2, 20]).Sample((tasks, limit) =>
        {
            var job = new SlurmJob("/s/sweep.toml", "/s/run", tasks) { MaximumArraySize = limit };
            List<int> shards = [];
            foreach ((string name, string text) in SlurmScripts.Create(job))
            {
                if (!name.StartsWith("tasks-", StringComparison.Ordinal))
                    continue;
                int last = Number(Indices().Match(text)), before = Number(Offset().Match(text));
                Assert.True(last < limit);
                shards.AddRange(Enumerable.Range(before + 1, last));
                Assert.Contains($"--shard \"$number/{tasks}\"", text, StringComparison.Ordinal);
            }

            Assert.Equal(Enumerable.Range(1, tasks), shards);
        });

    [Fact]
    public void The_submit_script_runs_all_others_in_order_and_merges_at_the_end()
    {
        var job = new SlurmJob("/s/sweep.toml", "/s/run", Tasks: 5) { MaximumArraySize = 3 };
        string submit = SlurmScripts.Create(job).Single(script => script.Name == SlurmScripts.SubmitFileName).Text;
        Assert.Equal(
            ["tasks-1.sh", "tasks-2.sh", "tasks-3.sh", "merge.sh"],
            Submitted().Matches(submit).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Arguments_pass_through_the_shell_unchanged()
    {
        string[] words = ["plain", "", "two words", "it's", "$HOME", "a\"b", "`id`", "*", "\\", "é", "--x=1;ls", "%"];
        CommandResult result = _sandbox.RunInBash($"printf '[%s]' {ShellQuoting.Join(words)}");
        Assert.Equal(string.Concat(words.Select(word => $"[{word}]")), result.Output);
    }

    [Fact]
    public void Every_script_is_valid_bash_for_any_folder_name()
    {
        var job = new SlurmJob("/my sweeps/it's.toml", "/my runs/50 % done", Tasks: 3) { TimeLimit = "1:00:00" };
        foreach ((string name, string text) in SlurmScripts.Create(job))
        {
            _sandbox.Write(name, text);
            Assert.Equal((0, ""), (_sandbox.RunInBash($"bash -n {name}").ExitCode, ""));
        }

        Assert.Contains(
            "#SBATCH --output=\"/my runs/50 %% done/slurm/task-%A-%a.log\"",
            File.ReadAllText(_sandbox.Below("tasks-1.sh")),
            StringComparison.Ordinal);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"--array=1-(\d+)")]
    private static partial Regex Indices();

    [GeneratedRegex(@"SLURM_ARRAY_TASK_ID \+ (\d+)\)")]
    private static partial Regex Offset();

    [GeneratedRegex(@"sbatch [^()]*?([\w-]+\.sh)\)")]
    private static partial Regex Submitted();
}
