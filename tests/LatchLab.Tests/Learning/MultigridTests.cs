using LatchLab.Learning;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Multi-grid random search: its box, the updates of the box, and the stopping rule.</summary>
public sealed class MultigridTests
{
    [Fact]
    public void The_box_lies_around_the_best_and_shrinks_with_each_improvement()
    {
        MultigridSearch search = Search([1.0, -2.0], new() { InitialHalfWidth = 3 });
        Assert.Equal([1.0, -2.0], search.Candidate);
        search.Tell(new Evaluation(100.0, 0));
        double halfWidth = 3.0;
        for (int improvement = 0; improvement < 40; improvement++)
        {
            Assert.Equal(halfWidth, search.HalfWidth);
            double[] centre = search.Best.ToArray();
            double farthest = 0.0;
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(search.BestCost, search.CostLimit);
                for (int j = 0; j < centre.Length; j++)
                    farthest = Math.Max(farthest, Math.Abs(search.Candidate[j] - centre[j]));
                search.Tell(new Evaluation(search.BestCost, 30)); // an equal cost is not an improvement
                Assert.Equal(centre, search.Best);
            }

            // 200 numbers uniform in the box; all in the inner 90 % of it: 0.9^200 = 7e-10.
            Assert.InRange(farthest, 0.9 * halfWidth, halfWidth * (1.0 + 1e-15) + 1e-14);
            double[] better = search.Candidate.ToArray();
            search.Tell(new Evaluation(99.0 - improvement, 0));
            Assert.Equal(better, search.Best);
            halfWidth *= 0.9;
        }
    }

    [Fact]
    public void The_bounds_clip_the_box()
    {
        var space = new SearchSpace([true], [-0.5], [double.PositiveInfinity]);
        var search = new MultigridSearch(
            space, new() { InitialHalfWidth = 2 }, [0.0], KnownSearches.Draws(trial: 2));
        var candidates = new List<double>();
        for (int i = 0; i < 1001; i++)
        {
            candidates.Add(search.Candidate[0]);
            search.Tell(new Evaluation(1.0, 0));
        }

        // Uniform in [−½, 2], without accumulation at the bound: 200 of 1000 below 0; six standard deviations are 76.
        Assert.All(candidates, x => Assert.InRange(x, -0.5, 2.0));
        Assert.InRange(candidates.Count(x => x < 0.0), 124, 276);
    }

    [Fact]
    public void It_stops_when_the_last_four_accepted_costs_agree()
    {
        Assert.Equal(4, AcceptedUntilStop(3.0, 2.9998, 2.9997, 2.9996, 2.9995));
        Assert.Equal(7, AcceptedUntilStop(3.0, 2.9998, 2.9997, 2.9985, 2.9984, 2.9983, 2.9982));

        // Each cost is within ε of the previous one, but the first of the four is not within ε of the last.
        Assert.Equal(-1, AcceptedUntilStop(3.0, 2.9992, 2.9984, 2.9976, 2.9968, 2.996, 2.9952));
    }

    [Fact]
    public void A_stopped_search_rejects_evaluations()
    {
        MultigridSearch search = Search([0.0], new() { Stuck = new() { StuckValues = 2 } });
        search.Tell(new Evaluation(1.0, 0));
        search.Tell(new Evaluation(0.9999, 0));
        Assert.True(search.HasStopped);
        Assert.Throws<InvalidOperationException>(() => search.Tell(new Evaluation(0.5, 0)));
    }

    private static int AcceptedUntilStop(params double[] costs)
    {
        MultigridSearch search = Search([0.0], new());
        for (int i = 0; i < costs.Length; i++)
        {
            search.Tell(new Evaluation(costs[i], 0));
            if (search.HasStopped)
                return i + 1;
            search.Tell(new Evaluation(costs[i] + 1.0, 0)); // rejected points do not count
        }

        return -1;
    }

    private static MultigridSearch Search(double[] start, MultigridRandomSearch settings)
        => new(SearchSpace.Unbounded(start.Length), settings, start, KnownSearches.Draws(trial: 0));
}
