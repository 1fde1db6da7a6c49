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
        int[] Ranked(int trial, Purpose purpose = Purpose.TrainingSequences, uint randomWord = 0)
            => PresentationOrder.RankByLength(
                Set, [.. Enumerable.Range(0, 30)], purpose, new TrialRandom(Seed: 1, randomWord, trial));
        int[] ranked = Ranked(trial: 0);
        Assert.Equal(Enumerable.Range(0, 30), ranked.Order());
        Assert.Equal(ranked.Select(Set.LengthOf).Order(), ranked.Select(Set.LengthOf));
        Assert.NotEqual(ranked[..10].Order(), ranked[..10]);
        Assert.Equal(ranked, Ranked(trial: 0, randomWord: 4));
        Assert.NotEqual(ranked, Ranked(trial: 1));
        Assert.NotEqual(ranked, Ranked(trial: 0, Purpose.TestSequences));
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
    public void A_length_class_begins_with_its_shortest_sequence_and_spans_a_tenth()
    {
        int[] classEnds = new int[7];
        PresentationOrder.FindLengthClasses([10, 10, 11, 12, 13, 13, 15], classEnds);
        Assert.Equal([3, 3, 3, 6, 6, 6, 7], classEnds);
    }

    [Fact]
    public void Every_order_of_a_class_is_equally_likely_in_an_epoch()
    {
        int[] classEnds = [4, 4, 4, 4, 6, 6], order = new int[6];
        const int epochs = 24_000;
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            PresentationOrder.DrawEpoch(new TrialRandom(Seed: 2, RandomWord: 3, Trial: 4), epoch, classEnds, order);
            string drawn = string.Concat(order);
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1;
        }

        // 24 orders of the first class times 2 of the second. χ² has 47 degrees of freedom: it exceeds 100 with a
        // probability of 1e-5.
        Assert.Equal(48, counts.Count);
        double expected = epochs / 48.0;
        Assert.InRange(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), 0.0, 100.0);
    }

    [Fact]
    public void An_order_depends_on_the_trial_and_the_epoch()
    {
        int[] classEnds = [.. Enumerable.Repeat(100, 100)];
        int[] Drawn(int trial, int epoch)
        {
            int[] order = new int[100];
            PresentationOrder.DrawEpoch(new TrialRandom(Seed: 2, RandomWord: 3, trial), epoch, classEnds, order);
            Assert.Equal(Enumerable.Range(0, 100), order.Order());
            return order;
        }

        Assert.Equal(Drawn(trial: 0, epoch: 0), Drawn(trial: 0, epoch: 0));
        Assert.NotEqual(Drawn(trial: 0, epoch: 0), Drawn(trial: 1, epoch: 0));
        Assert.NotEqual(Drawn(trial: 0, epoch: 0), Drawn(trial: 0, epoch: 1));
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
