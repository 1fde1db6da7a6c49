using CsCheck;
using LatchLab.Numerics;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Tasks;

public sealed class TrainTestSplitTests
{
    private static readonly Dataset Set = SampleDatasets.Classes;

    [Theory]
    [InlineData(0.25, "111,97", "28,24")]
    [InlineData(0.25, "4,4,4", "1,1,1")]
    [InlineData(0.5, "1,1,6", "0,0,4")]
    [InlineData(0.5, "3,3", "2,1")]
    [InlineData(0.9, "2,2", "1,1")]
    [InlineData(0.25, "1", "0")]
    [InlineData(0.25, "6", "2")]
    [InlineData(0.0, "9,9", "0,0")]
    public void Each_class_contributes_its_rounded_share_and_keeps_a_training_sequence(
        double share, string sizes, string quotas)
        => Assert.Equal(Numbers(quotas), TrainTestSplit.AllocateTestCounts(Numbers(sizes), share));

    [Fact]
    public void Class_shares_are_within_one_sequence_and_sum_to_the_rounded_total_share()
        => Gen.Select(Gen.Int[2, 40].Array[1, 9], Gen.Double[0.0, 0.5]).Sample((sizes, share) =>
        {
            IReadOnlyList<int> quotas = TrainTestSplit.AllocateTestCounts(sizes, share);
            return quotas.Sum() == (int)Math.Round(share * sizes.Sum(), MidpointRounding.AwayFromZero)
                && quotas.Zip(sizes).All(one => Math.Abs(one.First - (share * one.Second)) < 1.0
                    && one.First < one.Second);
        });

    [Fact]
    public void Every_trial_tests_on_the_same_number_per_class_and_trains_on_the_others()
    {
        var seen = new HashSet<int>();
        for (int trial = 0; trial < 40; trial++)
        {
            TrainTestSplit split = TrainTestSplit.Create(Set, 0.625, new(Seed: 3, RandomWord: 0, trial));
            Assert.Equal([4, 3, 3], split.Test.CountBy(Set.ClassOf).OrderBy(one => one.Key).Select(one => one.Value));
            Assert.Equal(Enumerable.Range(0, 16), split.Training.Concat(split.Test).Order());
            Assert.Equal(TrainTestSplit.CountTestSequences(Set, 0.625), split.Test.Count);
            seen.UnionWith(split.Test);
        }

        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public void The_split_depends_only_on_seed_and_trial()
    {
        IReadOnlyList<int> Test(ulong seed, uint randomWord, int trial)
            => TrainTestSplit.Create(Set, 0.25, new TrialRandom(seed, randomWord, trial)).Test;
        Assert.Equal(Test(1, 0, 5), Test(1, 77, 5));
        Assert.NotEqual(Test(1, 0, 5), Test(1, 0, 6));
        Assert.NotEqual(Test(1, 0, 5), Test(2, 0, 5));
    }

    [Fact]
    public void Validation_sequences_are_the_share_of_each_class_that_remains_and_leave_the_test_as_it_is()
    {
        var seen = new HashSet<int>();
        for (int trial = 0; trial < 40; trial++)
        {
            var random = new TrialRandom(Seed: 3, RandomWord: 0, trial);
            TrainTestSplit split = TrainTestSplit.Create(Set, 0.25, random, validationShare: 0.5);
            Assert.Equal(TrainTestSplit.Create(Set, 0.25, random).Test, split.Test);
            Assert.Equal(
                Enumerable.Range(0, 16), split.Training.Concat(split.Test).Concat(split.Validation).Order());
            Assert.Equal(TrainTestSplit.CountValidationSequences(Set, 0.25, 0.5), split.Validation.Count);
            foreach (int classIndex in Enumerable.Range(0, 3))
            {
                int validated = split.Validation.Count(sequence => Set.ClassOf(sequence) == classIndex);
                int trained = split.Training.Count(sequence => Set.ClassOf(sequence) == classIndex);
                Assert.InRange(validated - trained, -1, 1);     // half of the class, rounded either way
            }

            seen.UnionWith(split.Validation);
        }

        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public void A_given_split_is_used_in_every_trial()
    {
        using var builder = new DatasetBuilder("given", ["x"], ["label"], LabelKind.Classes, hasSplit: true);
        foreach (bool isTest in (bool[])[true, false, false, true])
        {
            builder.AddStep([1.0]);
            builder.EndSequence("a", isTest);
        }

        using Dataset set = builder.Build();
        TrainTestSplit split = TrainTestSplit.Create(set, 0.5, new(Seed: 1, RandomWord: 0, Trial: 9));
        Assert.Equal([1, 2], split.Training);
        Assert.Equal([0, 3], split.Test);
        Assert.Equal(2, TrainTestSplit.CountTestSequences(set, 0.0));
        split = TrainTestSplit.Create(set, 0.5, new(Seed: 1, RandomWord: 0, Trial: 9), validationShare: 0.5);
        Assert.Equal((1, 1), (split.Training.Count, split.Validation.Count));
        Assert.Equal([0, 3], split.Test);
    }

    private static int[] Numbers(string text) => [.. text.Split(',').Select(int.Parse)];
}
