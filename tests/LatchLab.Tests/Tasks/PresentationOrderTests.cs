using LatchLab.Numerics;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class PresentationOrderTests
{
    private static readonly Dataset Set = SampleDatasets.Of(
        [.. Enumerable.Range(0, 30).Select(i => (1 + (i % 3), i < 15 ? "a" : "b"))]);

    [Fact]
    public void Ranks_go_by_length_and_those_of_one_length_are_shuffled_by_the_trial()
    {
        int[] Ranked(int trial, bool isTest = false, uint cell = 0) => PresentationOrder.RankByLength(
            Set, [.. Enumerable.Range(0, 30)], isTest, new TrialRandom(Seed: 1, cell, trial));
        int[] ranked = Ranked(trial: 0);
        Assert.Equal(Enumerable.Range(0, 30), ranked.Order());
        Assert.Equal(ranked.Select(Set.LengthOf).Order(), ranked.Select(Set.LengthOf));
        Assert.NotEqual(ranked[..10].Order(), ranked[..10]);
        Assert.Equal(ranked, Ranked(trial: 0, cell: 4));
        Assert.NotEqual(ranked, Ranked(trial: 1));
        Assert.NotEqual(ranked, Ranked(trial: 0, isTest: true));
    }

    [Fact]
    public void Places_take_ranks_in_one_order_in_which_neither_short_nor_long_ones_come_in_blocks()
    {
        int[] ranks = PresentationOrder.ShuffleRanks(1000);
        Assert.Equal(Enumerable.Range(0, 1000), ranks.Order());
        Assert.Equal(ranks, PresentationOrder.ShuffleRanks(1000));

        // Of a random order: a neighbour is above with probability 1/2, standard error 0.016, and the mean rank of a
        // hundred places is 500 with standard error 27.
        Assert.InRange(ranks.Zip(ranks.Skip(1)).Count(pair => pair.First < pair.Second) / 999.0, 0.44, 0.56);
        Assert.All(ranks.Chunk(100), chunk => Assert.InRange(chunk.Average(), 390.0, 610.0));
    }

    [Fact]
    public void Where_only_the_first_places_count_they_keep_their_order()
    {
        int[] ranks = [3, 0, 4, 1, 2];
        Assert.Equal([1, 0, 2], PresentationOrder.RestrictToFirst(ranks, 3));
        Assert.Equal(ranks, PresentationOrder.RestrictToFirst(ranks, 5));
        Assert.Empty(PresentationOrder.RestrictToFirst(ranks, 0));
    }
}
