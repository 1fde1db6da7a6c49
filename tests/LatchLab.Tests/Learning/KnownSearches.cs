using LatchLab.Learning;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Every search, with settings that let it move fast, and a test cost function.</summary>
internal static class KnownSearches
{
    public const int Sequences = 30;

    private static readonly Dictionary<string, Func<SearchSpace, double[], UniformStream, Search>> All = new()
    {
        ["annealing"] = (space, start, draws) => new AnnealingSearch(
            space,
            new() { InitialTemperature = 3, InitialStep = 2, Cycles = 3, Adjustments = 4, Cooling = 0.7 },
            start,
            draws),
        ["multi-grid"] = (space, start, draws) => new MultigridSearch(
            space, new() { InitialHalfWidth = 4, Shrinking = 0.95 }, start, draws),
        ["guessing"] = (space, start, draws) => new GuessingSearch(space, new() { GuessRange = 5 }, start, draws),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Search Search(string name, SearchSpace space, double[] start, uint trial)
        => All[name](space, start, Draws(trial));

    public static UniformStream Draws(uint trial) => new(1994, Purpose.Search, item: 0, randomWord: 17, trial);

    /// <summary>A space with frozen parameters and bounds of every kind, and a point in it.</summary>
    public static (SearchSpace Space, double[] Start) Sample(Random random)
    {
        int count = random.Next(1, 6), certain = random.Next(count);
        double[] start = [.. Enumerable.Range(0, count).Select(_ => (2.0 * random.NextDouble()) - 1.0)];
        double[] lower = [.. start.Select(x => random.Next(2) == 0
            ? double.NegativeInfinity
            : x - (random.Next(3) * random.NextDouble()))];
        double[] upper = [.. start.Select(x => random.Next(2) == 0
            ? double.PositiveInfinity
            : x + (random.Next(3) * random.NextDouble()))];
        bool[] isFree = [.. Enumerable.Range(0, count).Select(i => i == certain || random.Next(4) > 0)];
        return (new SearchSpace(isFree, lower, upper), start);
    }

    /// <summary>A paraboloid with steps and ridges, in places with non-finite values.</summary>
    public static Evaluation Bumpy(ReadOnlySpan<double> x)
    {
        double cost = 0.0, stepCount = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            double away = x[i] - (0.3 * i);
            cost += (away * away) + (0.5 * Math.Abs((8.0 * x[i]) - Math.Round(8.0 * x[i])));
            stepCount += Math.Floor(5.0 * x[i]);
        }

        int kind = (int)(Math.Abs(stepCount) % 23.0);
        cost = kind switch
        {
            7 => double.NaN,
            11 => double.PositiveInfinity,
            13 => double.NegativeInfinity,
            _ => cost,
        };
        return new(cost, (int)(Math.Abs(stepCount * 7.0) % (Sequences + 1)));
    }
}
