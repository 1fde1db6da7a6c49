using System.Text;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Sweeps.Format;
using LatchLab.Tests.Architecture;
using LatchLab.Tests.Files;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>Each error in a sweep file is reported with its location and what is allowed.</summary>
public class SweepFileErrorTests
{
    private const string Names = "task.name = \"keep\"\nlearner.name = \"back-propagation\"\n";

    private static readonly string Cases = File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Expectations", "sweep-errors.txt"));

    [Fact]
    public void Every_error_is_reported_in_file_order_with_its_location_and_what_is_allowed()
    {
        string[] cases = Cases.Split("\n\n");
        Assert.Equal(cases[1..].Select(Report), cases[1..].Select(one => one.TrimEnd()));
    }

    [Fact]
    public void A_setting_outside_the_axes_may_apply_to_some_configurations_only()
        => Assert.Empty(Errors(
            """
            trials = 1
            task.name = "latch"
            learner.learning-rate = 0.5
            [[axes]]
            learner.name = ["back-propagation", "random-guessing"]
            """));

    [Fact]
    public void An_axis_that_cannot_be_read_gives_no_second_error_of_the_report()
        => Assert.Equal(
            ["s.toml:5:6: task.lenght: unknown; did you mean \"task.length\"?"],
            Errors($"""
                trials = 1
                {Names}[[axes]]
                task.lenght = [5, 10]
                [report]
                x = "task.length"
                """));

    [Fact]
    public void Names_on_the_horizontal_axis_are_rejected()
        => Assert.Equal(
            [
                "s.toml:7:5: report.x: the string \"learner.name\", where a field with numbers is needed; give " +
                    "learner.name as series",
            ],
            Errors("""
                trials = 1
                [task]
                name = "latch"
                [[axes]]
                learner.name = ["back-propagation", "pseudo-newton"]
                [report]
                x = "learner.name"
                """));

    [Theory]
    [InlineData("Latch pseudo-Newton", "names no row, but other parts do")]
    [InlineData("Latch, ", "has nothing before or after a comma")]
    public void A_compared_part_with_a_name_of_another_form_is_rejected(string name, string problem)
        => Assert.Equal(
            [
                $"s.toml:9:1: name: the part \"{name}\" {problem}; with this layout a name is ROW, CURVE[, VARIANT]",
            ],
            Errors(Compare("Latch, guessing", name)));

    [Theory]
    [InlineData("Latsh, annealing", "is in another row than \"Latch\"")]
    [InlineData("Parity, gessing", "is another curve than \"guessing\"")]
    [InlineData("Latch, annealing, slow", "is compared with no part \"Latch, annealing\"")]
    [InlineData("Parity, guessing", "")]
    [InlineData("Latch, guessing, slow", "")]
    public void A_compared_part_whose_name_looks_mistyped_is_noted(string name, string note)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(Compare("Latch, guessing", name)));
        var notes = new List<string>();
        SweepFile.Read(file.Path, new DatasetFileSource(null), notes.Add);
        Assert.Equal(
            note.Length == 0 ? []
                : [$"{file.Path}:9: the part \"{name}\" {note}; the name of a part is ROW, CURVE[, VARIANT]"],
            notes);
    }

    [Fact]
    public void Compared_parts_with_points_at_different_values_are_noted()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes($"""
            trials = 1
            {Names}[report]
            layout = "comparison"
            [[axes]]
            task.length = [5, 10]
            [[parts]]
            name = "Latch, a"
            [[parts]]
            name = "Latch, b"
            [[parts]]
            name = "Latch, c"
            [[parts.axes]]
            task.length = [5, 20]
            """));
        var notes = new List<string>();
        SweepFile.Read(file.Path, new DatasetFileSource(null), notes.Add);
        Assert.Equal(
            [
                $"{file.Path}:12: the parts have different values of task.length: 5, 10 in 2 parts; 5, 20 in the " +
                    "part \"Latch, c\"",
            ],
            notes);
    }

    private static string Compare(string first, string second) => $"""
        trials = 1
        {Names}[report]
        layout = "comparison"
        [[parts]]
        name = "{first}"
        task.length = 5
        [[parts]]
        name = "{second}"
        task.length = 6
        """;

    [Theory]
    [InlineData(1000, 1001, 1, "1001000 configurations", "1000000", "make the axes shorter")]
    [InlineData(2, 2, 300_000_000, "1200000000 trials", "1000000000", "give fewer per configuration")]
    public void Too_many_configurations_or_trials_are_rejected(
        int noises, int rates, int trials, string count, string most, string remedy)
        => Assert.Equal(
            [$"s.toml:1:1: {count} in all, but at most {most} can be run: {remedy}"],
            Errors($"""
                trials = {trials}
                {Names}[[axes]]
                task.noise = {"{"} from = 0, to = 1, points = {noises} {"}"}
                [[axes]]
                learner.learning-rate = {"{"} from = 0.1, to = 1, points = {rates} {"}"}
                """));

    [Fact]
    public void Text_that_is_not_UTF_8_is_rejected_with_its_line()
    {
        using var file = new TemporaryFile([.. Encoding.UTF8.GetBytes("trials = 1\nname = \""), 0xff, (byte)'"']);
        ValidationError error = Assert.Single(
            Assert.Throws<ValidationException>(() => SampleSweeps.Read(file.Path)).Errors);
        Assert.Equal(new($"{file.Path}:2", "", "is not UTF-8 text; save the file with that encoding"), error);
    }

    [Fact]
    public void Ten_errors_of_a_kind_are_reported_and_the_rest_are_counted_once()
    {
        string values = string.Join(", ", Enumerable.Repeat("1", 14));
        string[] errors = Errors(
            $"""
            trials = 1
            {Names}axes = [{"{"} task.length = [{values}] {"}"}]
            [[parts]]
            name = "a"
            [[parts]]
            name = "b"
            """);
        Assert.Equal(11, errors.Length);
        Assert.Equal("s.toml: task.length: and 4 more", errors[10]);
    }

    [Fact]
    public void Names_and_values_with_control_characters_are_reported_on_one_line()
    {
        const string name = "\"a\\u0001\\n\"", text = "\"\\u0002\\t\"";
        string[] errors = Errors(
            $"""
            trials = 1
            task.name = {text}
            learner.name = "back-propagation"
            task.{name} = 1
            {name} = {text}
            axes = [{"{"} task.{name} = [1] {"}"}, {"{"} task.{name} = [2], network.unit = [{text}], {name} = 1 {"}"}]
            report.{name} = {text}
            """);
        Assert.Equal(9, errors.Length);
        Assert.DoesNotContain(errors, error => error.Any(char.IsControl));
    }

    /// <summary>The lines of a test case, followed by the reported errors.</summary>
    private static string Report(string one)
    {
        IEnumerable<string> lines = one.Split('\n').Where(line => line.StartsWith('>'));
        IEnumerable<string> errors = Errors(string.Join('\n', lines.Select(line => line.TrimStart('>', ' '))));
        return string.Join('\n', lines.Concat(errors.Select(error => error.Replace("s.toml:", ""))));
    }

    private static string[] Errors(string text)
    {
        try
        {
            SweepFile.Parse(text, "s.toml");
            return [];
        }
        catch (ValidationException exception)
        {
            return [.. exception.Errors.Select(error => error.ToString())];
        }
    }
}
