using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class DatasetTests
{
    [Theory]
    [InlineData("9,10,-1", "-1,9,10")]
    [InlineData("1e2,99.5,0x1", "0x1,1e2,99.5")]
    [InlineData("b,B,a", "B,a,b")]
    [InlineData("1.0,1,01", "01,1,1.0")]
    public void Classes_are_sorted_numerically_if_all_are_numbers_and_otherwise_alphabetically(
        string names, string ordered)
    {
        Dataset set = SampleDatasets.Of([.. names.Split(',').Select(name => (1, name))]);
        Assert.Equal(ordered.Split(','), set.ClassNames);
        Assert.Equal(names.Split(','), Enumerable.Range(0, 3).Select(i => set.ClassNames[set.ClassOf(i)]));
    }

    [Fact]
    public void Lengths_values_and_sizes_equal_the_input()
    {
        Dataset set = SampleDatasets.Of((3, "b"), (1, "a"), (2, "b"));
        Assert.Equal([3, 1, 2], Enumerable.Range(0, 3).Select(set.LengthOf));
        Assert.Equal([0, 1, 2, 3, 4, 5], Enumerable.Range(0, 3).SelectMany(i => SampleDatasets.Inputs(set, i)));
        Assert.Equal([1, 2], set.ClassSizes);
        Assert.Equal((3, 6L, 3), (set.MaximumLength, set.TotalSteps, set.Count));
    }

    [Fact]
    public void The_digest_distinguishes_datasets_by_values_lengths_and_labels()
    {
        string[] digests =
        [
            SampleDatasets.Of((3, "b"), (1, "a")).Digest, SampleDatasets.Of((1, "b"), (3, "a")).Digest,
            SampleDatasets.Of((3, "a"), (1, "b")).Digest, SampleDatasets.Of((3, "c"), (1, "a")).Digest,
            SampleDatasets.Classes.Digest, SampleDatasets.Values.Digest,
            SampleDatasets.Changed(SampleDatasets.Classes, (_, steps) => [.. steps.Select(x => -x)]).Digest,
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(
            SampleDatasets.Classes.Digest,
            SampleDatasets.Changed(SampleDatasets.Classes, (_, steps) => steps).Digest);
    }
}
