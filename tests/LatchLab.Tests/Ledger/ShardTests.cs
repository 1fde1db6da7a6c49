using CsCheck;
using LatchLab.Ledger.Identity;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class ShardTests
{
    private static readonly Gen<int[]> Trials = Gen.Int[1, 40].Array[1, 12];

    [Fact]
    public void Every_trial_belongs_to_one_shard_and_shards_count_their_trials()
        => Gen.Select(Trials, Gen.Int[1, 15]).Sample((trials, count) =>
        {
            LedgerConfiguration[] configurations = CreateConfigurations(trials);
            Shard[] shards = [.. Enumerable.Range(1, count).Select(number => new Shard(number, count))];
            var found = new long[count];
            for (int configuration = 0; configuration < configurations.Length; configuration++)
            {
                for (int trial = 0; trial < trials[configuration]; trial++)
                {
                    Shard only = Assert.Single(shards, shard => shard.Contains(configuration, trial));
                    Assert.Equal(only, Shard.ForTrial(configuration, trial, count));
                    found[only.Number - 1]++;
                }
            }

            Assert.Equal(found, shards.Select(shard => shard.CountTrials(configurations)));
        });

    [Fact]
    public void A_configuration_is_distributed_evenly_over_all_shards()
        => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 15]).Sample((trials, count) =>
        {
            LedgerConfiguration[] configurations = CreateConfigurations([trials]);
            long[] sizes = [
                .. Enumerable.Range(1, count).Select(number => new Shard(number, count).CountTrials(configurations))];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        });

    [Fact]
    public void Folders_sort_in_numeric_order()
    {
        string[] names = [.. Enumerable.Range(1, 1000).Select(number => new Shard(number, 1000).FolderName)];
        Assert.Equal(names, names.Order(StringComparer.Ordinal));
        Assert.Equal("shard-0007-of-1000", names[6]);
        Assert.Equal("shard-2-of-8", new Shard(2, 8).FolderName);
    }

    [Theory]
    [InlineData("1/1")]
    [InlineData("3/10")]
    [InlineData("1000000/1000000")]
    public void A_shard_reads_back_as_it_is_written(string text)
        => Assert.Equal(text, Shard.ParseOrNull(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("-1/2")]
    [InlineData("1/1000001")]
    public void An_invalid_shard_is_rejected(string text) => Assert.Null(Shard.ParseOrNull(text));

    private static LedgerConfiguration[] CreateConfigurations(int[] trials)
        => [.. trials.Select(count => new LedgerConfiguration("", count, 1, 0, []))];
}
