using CsCheck;
using LatchLab.Experiments;
using Xunit;

namespace LatchLab.Tests.Experiments.Sweeps;

public sealed class ShardTests
{
    [Fact]
    public void Every_trial_is_in_exactly_one_shard_and_shards_count_their_trials()
        => Gen.Select(Gen.Int[1, 9], Gen.Int[0, 2_000_000], Gen.Int[0, 40]).Sample((count, cell, trials) =>
        {
            Shard[] shards = [.. Enumerable.Range(1, count).Select(number => new Shard(number, count))];
            for (int trial = 0; trial < trials; trial++)
                Assert.Single(shards, shard => shard.Holds(cell, trial));
            Assert.All(shards, shard => Assert.Equal(
                Enumerable.Range(0, trials).Count(trial => shard.Holds(cell, trial)), shard.Trials(cell, trials)));
            Assert.InRange(shards.Max(shard => shard.Trials(cell, trials))
                - shards.Min(shard => shard.Trials(cell, trials)), 0, 1);
        });

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/1000000", 3, 1_000_000)]
    public void A_shard_is_read_as_it_is_written(string text, int number, int count)
    {
        Assert.Equal(new Shard(number, count), Shard.TryParse(text));
        Assert.Equal(text, Shard.TryParse(text)!.ToString());
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1/1000001")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("-1/3")]
    [InlineData(" 1/3")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Nothing_else_is_a_shard(string text) => Assert.Null(Shard.TryParse(text));
}
