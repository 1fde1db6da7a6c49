using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class TrialQueueTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public void Items_added_by_several_threads_are_taken_once_and_never_exceed_the_bound()
    {
        const int bound = 10, threads = 4, each = 500;
        var queue = new CompletedTrialQueue(bound);
        Thread[] adding = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (int trial = 0; trial < each; trial++)
                queue.Add(Trial(thread, trial, checks: trial % 3));
        }))];
        foreach (Thread thread in adding)
            thread.Start();
        var taken = new List<LedgerTrial>();
        List<LedgerTrial> batch = [];
        while (taken.Count < threads * each)
        {
            Assert.True(queue.TakeBatch(ref batch, TimeSpan.FromMilliseconds(1)));
            Assert.InRange(batch.Sum(trial => trial.RowCount), 0, bound);
            taken.AddRange(batch);
        }

        foreach (Thread thread in adding)
            thread.Join();
        queue.CompleteAdding();
        Assert.False(queue.TakeBatch(ref batch, Timeout));
        Assert.Empty(batch);
        Assert.Equal(threads * each, taken.DistinctBy(trial => trial.SortKey).Count());
        Assert.All(Enumerable.Range(0, threads), thread => Assert.Equal(
            Enumerable.Range(0, each),
            taken.Where(trial => trial.ConfigurationIndex == thread).Select(trial => trial.Trial)));
    }

    [Fact]
    public void A_trial_with_more_rows_than_the_bound_is_accepted_alone()
    {
        var queue = new CompletedTrialQueue(10);
        List<LedgerTrial> batch = [];
        queue.Add(Trial(0, 0, checks: 50));
        var second = new Thread(() => queue.Add(Trial(0, 1, checks: 50)));
        second.Start();
        Assert.True(queue.TakeBatch(ref batch, Timeout));
        Assert.Single(batch);
        second.Join();
        Assert.True(queue.TakeBatch(ref batch, TimeSpan.Zero));
        Assert.Equal(1, Assert.Single(batch).Trial);
    }

    [Fact]
    public void A_waiting_producer_receives_the_failure()
    {
        var queue = new CompletedTrialQueue(1);
        queue.Add(Trial(0, 0, checks: 0));
        IOException? failure = null;
        var waiting = new Thread(() => failure = Assert.Throws<IOException>(() => queue.Add(Trial(0, 1, checks: 0))));
        waiting.Start();
        queue.Fail(new IOException("the disk is full"));
        waiting.Join();
        Assert.Equal("the disk is full", failure!.Message);
        Assert.Throws<IOException>(queue.Flush);
        Assert.Throws<IOException>(() => queue.Add(Trial(0, 2, checks: 0)));
    }

    [Fact]
    public void Nothing_is_added_after_the_end()
    {
        var queue = new CompletedTrialQueue(1);
        queue.CompleteAdding();
        Assert.Throws<InvalidOperationException>(() => queue.Add(Trial(0, 0, checks: 0)));
    }

    private static LedgerTrial Trial(int configuration, int trial, int checks)
        => new(configuration, trial, new(StopReason.Stuck, 1, 2, 0.5), [])
        {
            Snapshots = new DiagnosticSnapshot[checks],
        };
}
