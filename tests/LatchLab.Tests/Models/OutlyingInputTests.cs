using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;
using LatchLab.Tests.Architecture;
using Xunit;

namespace LatchLab.Tests.Models;

/// <summary>A value far from all others of its input, which leaves little of them after normalisation.</summary>
public sealed class OutlyingInputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(999999.0, 0)]  // the first value, the first largest and smallest
    [InlineData(999999.0, 17)]
    [InlineData(-999999.0, 39)]
    [InlineData(1e100, 5)]
    public void One_wrong_number_is_found_with_its_line_and_normalised_value(double wrong, int index)
    {
        double[] values = CreateValues(40);
        values[index] = wrong;
        OutlyingInput found = Assert.Single(Read(values).OutlyingInputs);

        double[] others = [.. values.Where(value => value != wrong)];
        double mean = values.Average(), sum = values.Sum(value => (value - mean) / wrong * ((value - mean) / wrong));
        Assert.Equal((0, wrong, index + 2), (found.Input, found.Value, found.Line));
        Assert.Equal((others.Min(), others.Max()), found.Others);
        Assert.Equal(mean, found.Mean, Math.Abs(mean) * 1e-12);
        double deviation = Math.Abs(wrong) * Math.Sqrt(sum / 40);
        Assert.Equal(deviation, found.Deviation, deviation * 1e-12);
    }

    /// <summary>The other values alternate between −1 and 1, and so have the deviation 1.</summary>
    [Theory]
    [InlineData(20.5, false)]
    [InlineData(21.5, true)]
    public void The_distance_from_the_nearest_other_value_counts(double value, bool isFound)
    {
        double[] values = CreateValues(1000);
        values[500] = value;
        Assert.Equal(isFound, Read(values).OutlyingInputs.Count == 1);
        values[501] = value; // twice: a rare value, as of a marked step, and no wrong number
        Assert.Empty(Read(values).OutlyingInputs);
    }

    /// <summary>Exponential values, whose largest are many deviations from the mean but not from each other.</summary>
    [Fact]
    public void Heavy_tails_and_the_example_have_no_outlying_value()
    {
        var random = new Random(1);
        Assert.Empty(Read([.. Enumerable.Range(0, 20_000).Select(_ => -Math.Log(1.0 - random.NextDouble()))])
            .OutlyingInputs);
        Assert.Empty(ReadFile(Path.Combine(Repository.Root, "examples/data/sonar.csv")).OutlyingInputs);
        Assert.Empty(Read([.. Enumerable.Repeat(1.0, 20)]).OutlyingInputs);
    }

    [Theory]
    [InlineData(Normalisation.Standard, "normalised, it is about 6.245 and all others are between -0.1601 and -0.1601")]
    [InlineData(Normalisation.Range, "normalised, it is about 1 and all others are between -1 and -1")]
    [InlineData(Normalisation.None, "x is up to 10⁶: units with bounds saturate")]
    public void The_summary_names_it_for_every_normalisation(Normalisation normalisation, string expected)
    {
        double[] values = CreateValues(40);
        values[7] = 999999.0;
        using DatasetFileSource source = new(_folder.FullName);
        File.WriteAllText(Path.Combine(_folder.FullName, "data.csv"), Format(values));
        var errors = new List<ValidationError>();
        var task = new DatasetTask { File = "data.csv", Normalisation = normalisation };
        task = task.WithDataset(source.Read(task, errors));
        string text = task.DataSummary.Single(row => row.Name == "inputs").Text;
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal(normalisation != Normalisation.None,
            text.Contains("check line 9: x is 999999, ", StringComparison.Ordinal));
    }

    private static double[] CreateValues(int count)
        => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

    private static string Format(double[] values)
        => "sequence,label,x\n" + string.Concat(values.Select((value, i)
            => string.Create(CultureInfo.InvariantCulture, $"{i / 2},{"ab"[i / 2 % 2]},{value:R}\n")));

    private Dataset Read(double[] values)
    {
        string path = Path.Combine(_folder.FullName, "data.csv");
        File.WriteAllText(path, Format(values));
        return ReadFile(path);
    }

    private static Dataset ReadFile(string path)
    {
        using var source = new DatasetFileSource();
        var errors = new List<ValidationError>();
        Dataset? set = source.Read(new() { File = path }, errors);
        Assert.Empty(errors);
        return set!;
    }
}
