using System.Text;
using LatchLab.Formats;
using Xunit;

namespace LatchLab.Tests.Formats;

/// <summary>Each mistake in a sweep file is told at its place, with what would be right.</summary>
public class SweepMistakeTests
{
    private const string Names = "task.name = \"first-inputs\"\nlearner.name = \"back-propagation\"\n";
    private const string Start = "trials = 10\n" + Names;

    [Fact]
    public void Everything_is_told_at_once_in_the_order_of_the_file()
        => Assert.Equal(
            """
            s.toml:1:1: trails: unknown; did you mean "trials"?
            s.toml:2:8: seed: the number -3, where a whole number from 0 to 9223372036854775807, or in quotes to 18446744073709551615, is needed
            s.toml:3:1: colour: unknown; here may stand name, trials, task, network, learner, rule, axes, seed, logged-trials, report, parts
            s.toml:6:1: task.lenght: unknown; did you mean "task.length"?
            s.toml:7:9: task.noise: the text "0.1", where a number from 0 to 1000000 is needed: write 0.1 without quotes
            s.toml:8:14: task.noise-kind: 'gausian' is not allowed: give uniform or gaussian; did you mean "gaussian"?
            s.toml:9:13: task.sequences: a list, where a whole number from 2 to 10000 is needed; what is to be varied stands in [[axes]]
            s.toml:11:9: network.units: the number 5.0, where a whole number from 1 to 64 is needed: write 5
            s.toml:12:1: network.length: unknown; did you mean "task.length"?
            s.toml:13:1: network.target-share: unknown; the task latch with the learner back-propagation has network.network, network.unit, network.units, network.initial-range, network.prior
            """.Split('\n'),
            Errors(
                """
                trails = 100
                seed = -3
                colour = "red"
                [task]
                name = "latch"
                lenght = 20
                noise = "0.1"
                noise-kind = "gausian"
                sequences = [20, 30]
                [network]
                units = 5.0
                length = 3
                target-share = 1
                [learner]
                name = "back-propagation"
                """));

    [Theory]
    [InlineData("task.length = 1", "4:15: task.length: '1' is not allowed: give a whole number from 2 to 100000")]
    [InlineData("task.length = 99999999999", "4:15: task.length: '99999999999' is not allowed: give a whole number from 2 to 100000")]
    [InlineData("task.noise = inf", "4:14: task.noise: the number inf, where a number from 0 to 1000000 is needed")]
    [InlineData("task.noise = true", "4:14: task.noise: true, where a number from 0 to 1000000 is needed")]
    [InlineData("network.network = 3", "4:19: network.network: the number 3, where one of latch, fully-connected or parity is needed, in quotes")]
    [InlineData("network.unit = \"tan\"", "4:16: network.unit: 'tan' is not known: give tanh, threshold, logistic, or one of them for each unit; did you mean \"tanh\"?")]
    [InlineData("network.prior = \"a\\tb\"", "4:17: network.prior: holds a line break, a tab or another control character: give it on one line")]
    [InlineData("task.length = 3", "4:15: task.length: 3 steps leave none after the first 3: give at least 4")]
    [InlineData("task.sequences = 200000", "4:18: task.sequences: '200000' is not allowed: give a whole number from 2 to 10000")]
    [InlineData("rule.presentations = 29", "4:22: rule.presentations: 29 are less than one epoch: give at least the number of sequences, 30")]
    [InlineData("task.key-length = 3", "4:6: task.key-length: unknown; the task first-inputs with the learner back-propagation has task.name, task.inputs, task.length, task.shortest-share, task.noise, task.noise-kind, task.sequences, task.target")]
    [InlineData("network = \"tanh\"", "4:1: network: a text, where a section is needed: write network.name = \"tanh\"|4:1: network.name: unknown; did you mean \"task.name\"?")]
    [InlineData("rule = 5", "4:1: rule: the number 5, where a section is needed: [rule] and its fields below")]
    [InlineData("[[rule]]\nrule = \"sign\"", "4:1: rule: begins with [rule] in single brackets; what is to be varied stands in [[axes]]")]
    [InlineData("name = \"\"", "4:8: name: the text \"\", where a name, in quotes and on one line, is needed")]
    [InlineData("logged-trials = -1", "4:17: logged-trials: the number -1, where a whole number from 0 to 1000000000 is needed")]
    [InlineData("trials = 5", "4:1: trials: given twice; line 1 has it already")]
    [InlineData("[task]\nname = \"latch\"", "4:2: task: given twice; line 2 has it already|5:1: name: given twice; line 2 has it already")]
    public void A_wrong_value_is_told_with_what_is_allowed(string line, string errors)
        => Assert.Equal(Lines(errors), Errors(Start + line));

    [Theory]
    [InlineData("", "4:1: axes: an axis without a field; give one, such as task.length = [5, 10]")]
    [InlineData("task.length = []", "5:15: task.length: an empty list, where a list, such as [5, 10, 20], or a range, such as { from = 5, to = 20, points = 4 }, is needed")]
    [InlineData("task.length = 5", "5:15: task.length: the number 5, where a list, such as [5, 10, 20], or a range, such as { from = 5, to = 20, points = 4 }, is needed")]
    [InlineData("task.length = [5, \"6\", 1]", "5:19: task.length: the text \"6\", where a whole number from 2 to 100000 is needed: write 6 without quotes")]
    [InlineData("task.length = [5, 1, 0]", "5:19: task.length: '1' is not allowed: give a whole number from 2 to 100000|5:22: task.length: '0' is not allowed: give a whole number from 2 to 100000")]
    [InlineData("task.length = [5, 6, 5]", "5:22: task.length: points 1 and 3 of this axis are the same: task.length = 5")]
    [InlineData("task.length = [5, 6]\ntask.noise = [1]", "4:1: axes: task.length has 2 values and task.noise 1: what changes together needs equally many; to cross them, give each its [[axes]]")]
    [InlineData("task.length = [5, 6]\n[[axes]]\ntask.length = [7]", "7:6: task.length: on two axes; line 5 has it already")]
    [InlineData("learner.rate = [5, 6]", "5:9: learner.rate: unknown; did you mean \"learner.name\"?")]
    [InlineData("lenght = [5, 6]", "5:1: axes.lenght: unknown; here may stand task, network, learner, rule, scale")]
    [InlineData("\"task.length\" = [5]", "5:1: axes.task.length: unknown; here may stand task, network, learner, rule, scale; a name with points stands without quotes")]
    [InlineData("task.length = [5, 6]\nscale = \"log\"", "6:9: axes.scale: the text \"log\", where \"linear\" or \"logarithmic\" is needed")]
    [InlineData("task.name = [\"latch\"]", "2:6: task.name: given here and on an axis (line 5): give one of the two")]
    public void A_wrong_axis_is_told(string lines, string errors)
        => Assert.Equal(Lines(errors), Errors($"{Start}[[axes]]\n{lines}"));

    [Theory]
    [InlineData("task.length = { from = 5, to = 7, points = 4 }", "task.length: points 2 and 3 of this range are both 6: give fewer points, or a list")]
    [InlineData("task.length = { from = 5.5, to = 7, points = 2 }", "task.length.from: the number 5.5, where a whole number is needed")]
    [InlineData("task.noise = { from = 0, to = 7, points = 4, scale = \"logarithmic\" }", "task.noise.from: the number 0, where a number above 0, as the scale is logarithmic, is needed")]
    [InlineData("task.noise = { from = 1, to = 7, points = 1 }", "task.noise: a range with a single point, but different ends: give more points")]
    [InlineData("task.noise = { from = 1, to = 1, points = 2 }", "task.noise: a range whose ends are equal: give different ones, or a single value outside of [[axes]]")]
    [InlineData("task.noise = { from = -1, to = -2, points = 5 }", "task.noise: '-1' is not allowed: give a number from 0 to 1000000")]
    [InlineData("task.noise = { to = 1, points = 2, stop = 1 }", "task.noise.from: missing; the first value is needed|task.noise.stop: unknown; here may stand from, to, points, scale")]
    [InlineData("task.noise = { from = 1, to = nan, points = 1.5 }", "task.noise.to: the number nan, where a finite number is needed|task.noise.points: the number 1.5, where a whole number from 1 to 1000000 is needed")]
    [InlineData("network.unit = { from = 1, to = 2, points = 2 }", "network.unit: a table, where a list, such as [\"…\", \"…\"], is needed")]
    public void A_wrong_range_is_told(string line, string errors)
        => Assert.Equal(
            errors.Split('|'),
            Errors($"{Start}[[axes]]\n{line}").Select(error => string.Join(": ", error.Split(": ")[1..])));

    [Theory]
    [InlineData("", "1:1: task.name: missing; one of minimal, latch, two-sequence, parity, first-inputs is needed|1:1: trials: missing; the number of trials of each cell is needed")]
    [InlineData("trials = 3\ntask.nam = \"latch\"\n", "2:6: task.nam: unknown; did you mean \"task.name\"?")]
    [InlineData("trials = 3\ntask = \"latch\"\n", "2:1: task: a text, where a section is needed: write task.name = \"latch\"")]
    [InlineData("trials = 3\ntask.name = \"latsh\"\ntask.key-length = -1\n", "2:13: task.name: the text \"latsh\", where one of minimal, latch, two-sequence, parity, first-inputs is needed; did you mean \"latch\"?|3:19: task.key-length: '-1' is not allowed: give a whole number from 0 to 100000")]
    public void What_is_missing_is_told_and_hides_nothing_else(string text, string errors)
        => Assert.Equal(Lines(errors), Errors(text + "learner.name = \"back-propagation\""));

    [Fact]
    public void A_mistake_between_settings_is_told_once_with_the_cells_that_have_it()
        => Assert.Equal(
            Lines("4:25: task.length: 3 steps leave none after the first 4: give at least 5 (in 6 of 9 cells, first with task.length = 3, task.inputs = 4)"),
            Errors(
                $"""
                {Start}axes = [{"{"}task.length = [3, 5, 6]{"}"}, {"{"}task.inputs = [4, 5, 6]{"}"}]
                """));

    [Fact]
    public void A_setting_on_an_axis_must_be_one_of_every_cell_and_a_fixed_one_of_any()
    {
        const string axes = "learner.name = [\"back-propagation\", \"random-guessing\"]\n";
        const string text = "trials = 1\ntask.name = \"latch\"\n";
        Assert.Empty(Errors($"{text}learner.learning-rate = 0.5\n[[axes]]\n{axes}"));
        Assert.Equal(
            Lines("6:9: learner.learning-rate: is not a setting of the task latch with the learner random-guessing, " +
                "whose cells would be the same at every value: make a part of them, with [[parts]]"),
            Errors($"{text}[[axes]]\n{axes}[[axes]]\nlearner.learning-rate = [0.1, 0.2]"));
    }

    [Fact]
    public void Parts_are_checked_each_and_what_they_share_once()
        => Assert.Equal(
            Lines("1:17: logged-trials: the number 1.5, where a whole number from 0 to 1000000000 is needed" +
                "|4:14: task.noise: '-1' is not allowed: give a number from 0 to 1000000" +
                "|5:6: task.key-length: unknown; the task first-inputs with the learner back-propagation has " +
                "task.name, task.inputs, task.length, task.shortest-share, task.noise, task.noise-kind, " +
                "task.sequences, task.target" +
                "|8:1: parts: a part without a name; give each one of its own" +
                "|10:1: trials: missing; the number of trials of each cell is needed" +
                "|12:6: task.length: given here, but on an axis of the top level, which this part takes over: " +
                "give the part axes of its own" +
                "|14:1: name: the part of line 10 has this name already"),
            Errors(
                $"""
                logged-trials = 1.5
                {Names}task.noise = -1
                task.key-length = 2
                [[axes]]
                task.length = [5, 6]
                [[parts]]
                trials = 1
                [[parts]]
                name = "a"
                task.length = 7
                [[parts]]
                name = "a"
                trials = 1
                """));

    [Theory]
    [InlineData("x = \"task.lenght\"", "task.lenght\", where a field on an axis, task.length, is needed; did you mean \"task.length\"?")]
    [InlineData("x = \"task.length\"\ny = \"task.length\"", "task.length\", where a field that has no other place in the report is needed")]
    [InlineData("z = 1", "report.z: unknown; here may stand x, y, series, quantities")]
    [InlineData("quantities = [\"a\", \"a\"]", "report.quantities: a list, where a list of different texts is needed")]
    public void A_wrong_report_is_told(string lines, string end)
        => Assert.EndsWith(
            end, Assert.Single(Errors($"{Start}[[axes]]\ntask.length = [5, 6]\n[report]\n{lines}")), StringComparison.Ordinal);

    [Theory]
    [InlineData(1000, 1001, 1, "1001000 cells in all, where 1000000 are the most that can be run: make the axes shorter")]
    [InlineData(2, 2, 300_000_000, "1200000000 trials in all, where 1000000000 are the most that can be run: give fewer of each cell")]
    public void More_cells_or_trials_than_can_be_run_are_refused(int noises, int rates, int trials, string problem)
        => Assert.Equal(
            [$"s.toml:1:1: {problem}"],
            Errors($"""
                trials = {trials}
                {Names}[[axes]]
                task.noise = {"{"} from = 0, to = 1, points = {noises} {"}"}
                [[axes]]
                learner.learning-rate = {"{"} from = 0.1, to = 1, points = {rates} {"}"}
                """));

    [Fact]
    public void A_text_that_is_no_UTF_8_is_refused_with_its_line()
    {
        using var file = new TemporaryFile([.. Encoding.UTF8.GetBytes("trials = 1\nname = \""), 0xff, (byte)'"']);
        InputError error = Assert.Single(Assert.Throws<InputException>(() => SweepFile.Read(file.Path)).Errors);
        Assert.Equal(new($"{file.Path}:2", "", "is not UTF-8 text; save the file with that encoding"), error);
    }

    private static string[] Lines(string errors) => [.. errors.Split('|').Select(error => $"s.toml:{error}")];

    private static string[] Errors(string text)
    {
        try
        {
            SweepFile.Parse(text, "s.toml");
            return [];
        }
        catch (InputException wrong)
        {
            return [.. wrong.Errors.Select(error => error.ToString())];
        }
    }
}
