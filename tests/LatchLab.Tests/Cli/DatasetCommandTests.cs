using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Models;
using LatchLab.Tasks;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Cli;

/// <summary>Datasets on the command line, with the examples of docs/reference/sequences.md.</summary>
public sealed class DatasetCommandTests : IDisposable
{
    private static readonly string Sonar = Path.Combine(Repository.Root, "examples", "data", "sonar.csv");

    private static readonly string Page = Repository.ReadPage("reference/sequences.md");

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_walkthrough_prints_the_output_shown_in_docs_sequences()
    {
        CommandResult result = _sandbox.Run(
            $"train --task dataset --set file={Sonar} --learner back-propagation --set units=8 " +
            "--set learning-rate=0.003 --set training-share=0.95 --trials 8 --threads 1");
        Assert.Equal(0, result.ExitCode);
        string[] lines = result.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 25, 45);
        Assert.All(
            lines.Where(line => !line.Contains("│ time", StringComparison.Ordinal)),
            line => Assert.Contains(line.TrimEnd(), Page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_and_the_saved_network_are_the_same_on_every_lane_type_and_are_documented()
    {
        _sandbox.Write("data.csv", "sequence,y,x,z\n1,0.5,1,9\n1,,2,9\n2,1,3,9\n3,0,1,9\n4,0.25,7,9\n");
        const string arguments = "train --task dataset --set file=data.csv --set label=y,z --set label-kind=values " +
            "--set metric=root-mean-square-error " +
            "--learner pseudo-newton --set tolerance=0.01 --set presentations=300 --trials 5 --save-network n.json " +
            "--json ";
        JsonObject document = _sandbox.Run(arguments + "--lane scalar --threads 1").Json();
        JsonObject other = _sandbox.Run(arguments + "--lane auto --threads 2").Json();
        Assert.True(document.Remove("seconds") && other.Remove("seconds"));
        Assert.Equal(document.ToJsonString(), other.ToJsonString());
        JsonObject data = document["dataset"]!.AsObject();
        Assert.Equal((4, 5, 2, 3, 1), ((int)data["sequences"]!, (int)data["steps"]!, (int)data["longest"]!,
            (int)data["training"]!, (int)data["test"]!));
        Assert.All(
            data.Select(member => member.Key).Concat(["name"]),
            name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
        Assert.True((double)document["rootMeanSquareError"]!["median"]! > 0.0);
        Assert.Equal(
            document["best"]!["parameters"]!.AsObject().Select(parameter => (double)parameter.Value!),
            NetworkFile.Read(_sandbox.Below("n.json")).Parameters);
    }

    [Fact]
    public void The_page_names_every_setting_of_the_task()
        => Assert.All(
            Settings.GetAll(new DatasetTask()),
            setting => Assert.Contains($"`{setting.Name}", Page, StringComparison.Ordinal));

    [Fact]
    public void Errors_in_a_file_and_in_settings_are_reported_together()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n1,a,1\n2,b,x\n1,a,3\n");
        _sandbox.Run("train --task dataset --set file=data.csv --learner back-propagation --set normalisation=x " +
            "--set split=part --trials 0").AssertRejected(
            "--trials: '0' is not allowed: give a whole number from 1 to 100000",
            "--set normalisation: 'x' is not allowed: give standard, range or none",
            "--set split: data.csv has no column \"part\"; it has sequence, label, x");
        _sandbox.Run("train --task dataset --set file=data.csv --learner curriculum --length 3").AssertRejected(
            "data.csv:3: x: \"x\" is not a number, such as 0.5 or -3e-4",
            "data.csv:4: sequence: \"1\" appears again, after line 2; the rows of a sequence must be consecutive",
            "--learner: a curriculum begins with shortened sequences, and a shortened sequence of a dataset may " +
            "lose the steps that its label depends on: give the learner itself");
        Assert.Equal(["data.csv"], _sandbox.Entries());
    }

    [Fact]
    public void A_test_share_of_0_leaves_no_test_sequences_and_this_is_reported()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n1,a,1\n2,b,-1\n");
        CommandResult result =
            _sandbox.Run("train --task dataset --set file=data.csv --learner random-guessing --trials 2 " +
            "--set test-share=0");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"│ error on test sequences +│ not tested", result.Output);
        Assert.Contains("│ 2 train, 0 test", result.Output, StringComparison.Ordinal);
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(new DatasetTask(),
            new Backpropagation());
        Assert.True(configuration.HasFinalTest);
    }

    [Fact]
    public void A_length_above_the_longest_sequence_is_rejected()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n1,a,1\n1,,2\n2,b,-1\n");
        const string arguments = "train --task dataset --set file=data.csv --learner back-propagation --trials 1";
        _sandbox.Run($"{arguments} --length 3").AssertRejected(
            "--length: the longest sequence of data.csv has 2 steps: give at most that, or 0 for whole sequences");
        Assert.Equal(0, _sandbox.Run($"{arguments} --length 2 --set presentations=10").ExitCode);
    }

    [Fact]
    public void The_summary_names_a_class_without_test_sequences_and_a_file_with_one_step_a_sequence()
    {
        _sandbox.Write("data.csv", "sequence,label,x\n1,a,1\n2,a,2\n3,a,3\n4,b,-1\n");
        string output = _sandbox.Run(
            "train --task dataset --set file=data.csv --learner random-guessing --trials 2").Output;
        Assert.Matches(@"too(.|\n)*few(.|\n)*sequences(.|\n)*test: b ", output);
        Assert.Contains("4 of 1 step; if each row is a whole sequence", output, StringComparison.Ordinal);
        Assert.Matches("best trial .*number [01]:(.|\n)*as the best(.|\n)*lower", output);
    }

    [Fact]
    public void The_list_for_a_task_marks_what_the_task_refuses()
    {
        JsonArray refused = _sandbox.Run("train --list --task dataset --json").Json()["refused"]!.AsArray();
        string[] choices = [.. refused.Select(entry => (string)entry!["choice"]!)];
        Assert.Equal(
            ["--learner curriculum", "label-kind=values", "rule=test-sequences"],
            choices);
        Assert.Contains("--learner curriculum", _sandbox.Run("train --list --task dataset").Output,
            StringComparison.Ordinal);

        // Each of them is refused by train, too.
        _sandbox.Write("data.csv", "sequence,label,x\n1,1,1\n2,2,-1\n");
        Assert.All(choices, choice => Assert.Equal(2, _sandbox.Run("train --task dataset --set file=data.csv " +
            (choice.StartsWith('-') ? choice : $"--learner back-propagation --set {choice}")).ExitCode));
    }
}
