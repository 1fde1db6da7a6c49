using LatchLab.Learning;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>
/// Simulated annealing against a naive program, against published results, and in cases worked by hand.
/// </summary>
public sealed class AnnealingTests
{
    [Fact]
    public void Every_point_equals_the_naive_program()
    {
        var random = new Random(11);
        int stopped = 0, all = 0;
        for (uint sample = 0; sample < 150; sample++)
        {
            (SearchSpace space, double[] start) = KnownSearches.Sample(random);
            SimulatedAnnealing settings = new()
            {
                InitialTemperature = Math.Pow(10, random.Next(-3, 3)),
                InitialStep = 0.1 + (3.0 * random.NextDouble()),
                LargestStep = 0.1 + (5.0 * random.NextDouble()),
                Cycles = random.Next(1, 8),
                Adjustments = random.Next(0, 6),
                StepFactor = 3.0 * random.NextDouble(),
                Cooling = 0.3 + (0.7 * random.NextDouble()),
                Stuck = new() { StuckValues = random.Next(2, 5), StuckTolerance = Math.Pow(10, random.Next(-3, 2)) },
            };
            int[] parameters = [.. Enumerable.Range(0, space.Parameters)];
            var naive = new NaiveAnnealing(
                settings,
                [.. parameters.Select(i => space.TrainableParameters.Contains(i))],
                [.. parameters.Select(space.LowerBound)],
                [.. parameters.Select(space.UpperBound)],
                x => KnownSearches.Bumpy(x).Cost,
                sample);
            var annealing = new AnnealingSearch(space, settings, start, KnownSearches.Draws(sample));

            const int budget = 1500;
            int evaluations = 0;
            foreach (double[] point in naive.Points(start).Take(budget))
            {
                Assert.False(annealing.HasStopped);
                Assert.Equal(point, annealing.Candidate);
                annealing.Tell(KnownSearches.Bumpy(point));
                evaluations++;
            }

            Assert.Equal(evaluations < budget, annealing.HasStopped);
            Assert.True(evaluations < budget || naive.BestCost >= annealing.BestCost);
            stopped += annealing.HasStopped ? 1 : 0;
            all++;
            if (!annealing.HasStopped)
                continue;
            Assert.Equal(naive.Best, annealing.Best);
            Assert.Equal(naive.BestCost, annealing.BestCost);
            int adjustments = settings.Adjustments == 0 ? 100 : settings.Adjustments;
            int each = adjustments * settings.Cycles * space.TrainableParameters.Length;
            Assert.Equal(1 + (annealing.Temperatures * each), evaluations);
        }

        Assert.InRange(stopped, all / 5, all - (all / 5)); // the comparison covers both outcomes
    }

    /// <summary>
    /// Corana et al. 1987, table of the two-dimensional Rosenbrock function: 512,001 evaluations to 1.6e-9 and 488,001
    /// evaluations to 2.0e-8. Bounds of ±10⁴ would change none of our figures.
    /// </summary>
    [Theory]
    [InlineData(1.0, 1443.0)]
    [InlineData(1.2, 1.0)]
    public void Rosenbrock_is_solved_as_published(double first, double second)
    {
        SlowTests.SkipUnlessRequested();
        SearchSpace space = SearchSpace.Unbounded(2);
        var settings = new SimulatedAnnealing
        {
            InitialTemperature = 50_000,
            InitialStep = 100,
            LargestStep = 1e4,
            Cycles = 20,
            Adjustments = 100,
            Stuck = new() { StuckTolerance = 1e-4 },
        };
        var evaluations = new List<int>();
        for (uint trial = 0; trial < 15; trial++)
        {
            var annealing = new AnnealingSearch(space, settings, [first, second], KnownSearches.Draws(trial));
            int count = 0;
            while (!annealing.HasStopped)
            {
                double x = annealing.Candidate[0], y = annealing.Candidate[1] - (x * x);
                annealing.Tell(new Evaluation((100.0 * y * y) + ((1.0 - x) * (1.0 - x)), 0));
                count++;
            }

            Assert.InRange(annealing.BestCost, 0.0, 4e-8);
            Assert.InRange(count, 440_001, 570_001);
            Assert.Equal(1 + (annealing.Temperatures * 100 * 20 * 2), count);
            evaluations.Add(count);
        }

        Assert.InRange(evaluations.Order().ElementAt(7), 480_001, 530_001);
    }

    [Theory]
    [InlineData(20, 3.0)]
    [InlineData(16, 2.0)]
    [InlineData(13, 1.25)]
    [InlineData(12, 1.0)]
    [InlineData(10, 1.0)]
    [InlineData(8, 1.0)]
    [InlineData(7, 1 / 1.25)]
    [InlineData(4, 1 / 2.0)]
    [InlineData(0, 1 / 3.0)]
    public void Steps_follow_the_share_of_accepted_moves(int accepted, double factor)
    {
        AnnealingSearch annealing = Annealing(
            [0.0, 0.0], new() { InitialStep = 7, LargestStep = 1000, Adjustments = 1000 });
        annealing.Tell(new Evaluation(0.0, 0));
        for (int cycle = 0; cycle < 20; cycle++)
        {
            Assert.Equal([7.0, 7.0], annealing.StepSizes);
            annealing.Tell(new Evaluation(cycle < accepted ? 0.0 : double.PositiveInfinity, 0));
            annealing.Tell(new Evaluation(cycle % 2 == 0 ? 0.0 : double.PositiveInfinity, 0));
        }

        // Three roundings of numbers below 1, magnified five times in the factor: below 2e-15.
        Assert.InRange(annealing.StepSizes[0] / (7.0 * factor), 1.0 - 2e-15, 1.0 + 2e-15);
        Assert.Equal(7.0, annealing.StepSizes[1]); // half of its moves are accepted
    }

    [Fact]
    public void Steps_never_exceed_the_largest_step_or_the_distance_of_the_bounds()
    {
        var space = new SearchSpace([true, true], [-1.0, double.NegativeInfinity], [2.0, 0.0]);
        var annealing = new AnnealingSearch(
            space,
            new() { InitialStep = 5, LargestStep = 50, Cycles = 1, Adjustments = 1000 },
            [0.0, 0.0],
            KnownSearches.Draws(trial: 0));
        Assert.Equal([3.0, 5.0], annealing.StepSizes);
        for (int i = 0; i < 21; i++)
            annealing.Tell(new Evaluation(0.0, 0));
        Assert.Equal([3.0, 50.0], annealing.StepSizes);
    }

    [Fact]
    public void A_move_out_of_bounds_is_redrawn_between_the_bounds()
    {
        var space = new SearchSpace([true], [0.0], [1.0]);
        var annealing = new AnnealingSearch(
            space, new() { InitialStep = 1, Adjustments = 1_000_000 }, [0.0], KnownSearches.Draws(trial: 0));
        annealing.Tell(new Evaluation(0.0, 0));
        var moves = new List<double>();
        for (int i = 0; i < 4000; i++)
        {
            moves.Add(annealing.Candidate[0]);
            annealing.Tell(new Evaluation(i % 2 == 0 ? double.NaN : -1.0 - i, 0)); // half accepted: the step size stays
        }

        // A move is uniform within ±1, or uniform over the whole range if that is out of bounds, so points are uniform
        // in any case. Six standard deviations are 190.
        Assert.All(moves, x => Assert.InRange(x, 0.0, 1.0));
        Assert.InRange(moves.Count(x => x < 0.5), 1810, 2190);
    }

    [Fact]
    public void The_cost_limit_equals_the_Metropolis_rule()
    {
        AnnealingSearch annealing = Annealing(
            [0.0], new() { InitialTemperature = 4, Adjustments = 1_000_000 });
        annealing.Tell(new Evaluation(10.0, 0));
        int[] accepted = new int[3];
        const int moves = 20_000;
        for (int i = 0; i < moves; i++)
        {
            double limit = annealing.CostLimit;
            Assert.True(limit >= 10.0);
            for (int k = 0; k < 3; k++)
                accepted[k] += limit >= 10.0 + (1 << k) ? 1 : 0;
            annealing.Tell(new Evaluation(Math.BitIncrement(limit), 0));
            Assert.Equal(10.0, annealing.BestCost);
        }

        for (int k = 0; k < 3; k++)
        {
            // Six standard deviations of a share of 20,000 are at most 0.0213.
            double probability = Math.Exp(-(1 << k) / 4.0);
            Assert.InRange((double)accepted[k] / moves, probability - 0.0213, probability + 0.0213);
        }
    }

    [Fact]
    public void The_cost_at_the_limit_is_accepted_and_above_it_rejected()
    {
        AnnealingSearch annealing = Annealing([0.0], new() { Adjustments = 1_000_000 });
        annealing.Tell(new Evaluation(1.0, 0));
        double limit = annealing.CostLimit;
        annealing.Tell(new Evaluation(limit, 0));
        Assert.True(annealing.CostLimit >= limit); // the limit of the next move is based on this cost
        for (int i = 0; i < 100; i++)
        {
            annealing.Tell(new Evaluation(Math.BitIncrement(annealing.CostLimit), 0));
            Assert.True(annealing.CostLimit >= limit);
        }
    }

    [Fact]
    public void Each_temperature_cools_and_restarts_from_the_best_point()
    {
        AnnealingSearch annealing = Annealing(
            [1.0, 2.0, 3.0], new() { InitialTemperature = 1e9, Cycles = 2, Adjustments = 2 });
        annealing.Tell(new Evaluation(0.0, 0));
        for (int temperature = 0; temperature < 10; temperature++)
        {
            Assert.Equal(temperature, annealing.Temperatures);
            Assert.InRange(annealing.Temperature, 1e9 * Math.Pow(0.85, temperature) * (1 - 1e-14),
                1e9 * Math.Pow(0.85, temperature) * (1 + 1e-14));
            Assert.Equal([1.0, 2.0, 3.0], annealing.Best);
            Assert.Equal([2.0, 3.0], annealing.Candidate[1..]);
            for (int i = 0; i < 12; i++)
                // higher cost, but accepted: an increase of 1 is negligible at this temperature
                annealing.Tell(new Evaluation(1.0, 0));
        }
    }

    [Fact]
    public void It_stops_when_the_last_five_temperatures_and_the_best_cost_agree()
    {
        Assert.Equal(5, TemperaturesUntilStop(_ => 0.0));
        Assert.Equal(5, TemperaturesUntilStop(_ => 0.0009));
        Assert.Equal(-1, TemperaturesUntilStop(_ => 0.0011));                     // not within ε of the best
        Assert.Equal(-1, TemperaturesUntilStop(i => i % 5 == 0 ? 0.0 : 0.0011));  // not within ε of each other
        Assert.Equal(12, TemperaturesUntilStop(i => i < 7 ? 3.0 : 0.0005));
    }

    [Fact]
    public void A_start_with_infinite_cost_is_replaced_by_any_finite_one()
    {
        AnnealingSearch annealing = Annealing([1.0], new() { InitialStep = 1, Adjustments = 1_000_000 });
        foreach (double cost in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            annealing.Tell(new Evaluation(cost, 0));
            Assert.Equal(double.PositiveInfinity, annealing.BestCost);
            Assert.Equal(double.PositiveInfinity, annealing.CostLimit);
            Assert.Equal([1.0], annealing.Best);
        }

        double[] point = annealing.Candidate.ToArray();
        annealing.Tell(new Evaluation(1e300, 0));
        Assert.Equal(point, annealing.Best);
        Assert.Equal(1e300, annealing.BestCost);
    }

    /// <summary>Runs temperatures of one move each, so high that every move is accepted.</summary>
    private static int TemperaturesUntilStop(Func<int, double> cost)
    {
        AnnealingSearch annealing = Annealing(
            [0.0], new() { InitialTemperature = 1e100, Cycles = 1, Adjustments = 1 });
        annealing.Tell(new Evaluation(0.0, 0));
        for (int i = 0; i < 100; i++)
        {
            annealing.Tell(new Evaluation(cost(i), 0));
            if (annealing.HasStopped)
                return annealing.Temperatures;
        }

        return -1;
    }

    private static AnnealingSearch Annealing(double[] start, SimulatedAnnealing settings)
        => new(SearchSpace.Unbounded(start.Length), settings, start, KnownSearches.Draws(trial: 0));
}
