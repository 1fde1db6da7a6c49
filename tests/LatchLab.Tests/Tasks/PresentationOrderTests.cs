using LatchLab.Numerics;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class PresentationOrderTests
{
    private static readonly Dataset Set = SampleDatasets.Of(
        [.. Enumerable.Range(0, 30).Select(i => (1 + (i % 3), i < 15 ? "a" : "b"))]);

    [Fact]
    public void Ranks_follow_length_and_equal_lengths_are_shuffled_per_trial()
    {
        int[] Ranked(int trial, bool isTest = false, uint randomWord = 0) => PresentationOrder.RankByLength(
            Set, [.. Enumerable.Range(0, 30)], isTest, new TrialRandom(Seed: 1, randomWord, trial));
        int[] ranked = Ranked(trial: 0);
        Assert.Equal(Enumerable.Range(0, 30), ranked.Order());
        Assert.Equal(ranked.Select(Set.LengthOf).Order(), ranked.Select(Set.LengthOf));
        Assert.NotEqual(ranked[..10].Order(), ranked[..10]);
        Assert.Equal(ranked, Ranked(trial: 0, randomWord: 4));
        Assert.NotEqual(ranked, Ranked(trial: 1));
        Assert.NotEqual(ranked, Ranked(trial: 0, isTest: true));
    }

    [Fact]
    public void Positions_take_ranks_in_a_fixed_order_that_mixes_short_and_long_sequences()
    {
        int[] ranks = PresentationOrder.ShuffleRanks(1000);
        Assert.Equal(Enumerable.Range(0, 1000), ranks.Order());
        Assert.Equal(ranks, PresentationOrder.ShuffleRanks(1000));

        // In a random order, a neighbour is larger with probability 1/2 (standard error 0.016), and the mean rank of a
        // hundred positions is 500 with standard error 27.
        Assert.InRange(ranks.Zip(ranks.Skip(1)).Count(pair => pair.First < pair.Second) / 999.0, 0.44, 0.56);
        Assert.All(ranks.Chunk(100), chunk => Assert.InRange(chunk.Average(), 390.0, 610.0));
    }

    [Fact]
    public void If_only_the_first_positions_count_they_keep_their_order()
    {
        int[] ranks = [3, 0, 4, 1, 2];
        Assert.Equal([1, 0, 2], PresentationOrder.RestrictToFirst(ranks, 3));
        Assert.Equal(ranks, PresentationOrder.RestrictToFirst(ranks, 5));
        Assert.Empty(PresentationOrder.RestrictToFirst(ranks, 0));
    }
}
