using LatchLab.Foundation;
using LatchLab.Learning;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Random guessing: the distribution of the guesses, and the choice of the best one.</summary>
public sealed class GuessingTests
{
    [Fact]
    public void Guesses_cover_the_range_from_the_first_one_on()
    {
        var space = new SearchSpace(
            [true, true, false], [double.NegativeInfinity, 40.0, 0.0], [double.PositiveInfinity, 1000.0, 0.0]);
        var guessing = new GuessingSearch(space, new(), [0.0, 50.0, -7.0], KnownSearches.Draws(trial: 0));
        var quarters = new int[4];
        for (int i = 0; i < 4000; i++)
        {
            Assert.InRange(guessing.Candidate[0], -100.0, 100.0);
            Assert.InRange(guessing.Candidate[1], 40.0, 100.0);
            Assert.Equal(-7.0, guessing.Candidate[2]);
            Assert.NotEqual(0.0, guessing.Candidate[0]);
            quarters[(int)Math.Floor((guessing.Candidate[0] + 100.0) / 50.0)]++;
            guessing.Tell(new Evaluation(1.0, 0));
        }

        // Binomial with n = 4000, p = ¼: six standard deviations are 165.
        Assert.All(quarters, count => Assert.InRange(count, 835, 1165));
    }

    [Fact]
    public void The_best_guess_has_most_correct_sequences_and_ties_keep_the_earlier()
    {
        var guessing = new GuessingSearch(SearchSpace.Unbounded(2), new(), [0.0, 0.0], KnownSearches.Draws(trial: 1));
        Assert.Equal([0.0, 0.0], guessing.Best);

        // Cost, number of correct sequences, and whether this guess becomes the best.
        (double Cost, int Right, bool IsBest)[] story =
        [
            (double.NaN, 9, false), (3.0, 0, true), (0.1, 0, false), (5.0, 4, true), (0.0, 3, false),
            (double.PositiveInfinity, 30, false), (0.0, 4, false), (9.0, 5, true),
        ];
        foreach ((double cost, int correct, bool isBest) in story)
        {
            double[] candidate = guessing.Candidate.ToArray();
            double former = guessing.BestCost;
            guessing.Tell(new Evaluation(cost, correct));
            Assert.Equal(isBest, guessing.Best.SequenceEqual(candidate));
            Assert.Equal(isBest ? cost : former, guessing.BestCost);
            Assert.False(guessing.HasStopped);
            Assert.Equal(0, guessing.IncorrectLimit);
            Assert.Equal(double.PositiveInfinity, guessing.CostLimit);
        }
    }

    [Fact]
    public void A_range_outside_the_bounds_is_rejected()
    {
        var space = new SearchSpace([true], [10.0], [20.0]);
        ValidationException exception = Assert.Throws<ValidationException>(
            () => new GuessingSearch(space, new() { GuessRange = 5 }, [15.0], KnownSearches.Draws(trial: 0)));
        Assert.Contains("guess-range: 5 reaches no value of parameter 0, 10 to 20", exception.Message);
    }
}
