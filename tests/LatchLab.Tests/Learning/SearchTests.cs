using LatchLab.Foundation;
using LatchLab.Learning;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>Invariants of every gradient-free search.</summary>
public sealed class SearchTests
{
    private const int Samples = 60, Evaluations = 300;

    public static TheoryData<string> Names => KnownSearches.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Frozen_parameters_do_not_change_and_bounds_are_respected(string name)
        => ForSamples(name, (search, space, start) =>
        {
            double[] candidate = search.Candidate.ToArray();
            for (int i = 0; i < space.Parameters; i++)
            {
                if (space.TrainableParameters.Contains(i))
                {
                    Assert.True(space.Contains(i, candidate[i]));
                    Assert.True(double.IsFinite(candidate[i]));
                }
                else
                {
                    Assert.Equal(start[i], candidate[i]);
                }
            }
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_best_has_a_finite_cost_and_was_a_candidate(string name)
    {
        var evaluated = new List<(double[] Point, double Cost)>();
        ForSamples(name, (search, _, start) =>
        {
            if (double.IsPositiveInfinity(search.BestCost))
            {
                Assert.Equal(start, search.Best);
                evaluated.Clear();
            }
            else
            {
                Assert.Contains(evaluated, one => one.Cost == search.BestCost && search.Best.SequenceEqual(one.Point));
            }

            Evaluation next = KnownSearches.Bumpy(search.Candidate);
            if (double.IsFinite(next.Cost))
                evaluated.Add((search.Candidate.ToArray(), next.Cost));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_early_stopped_evaluation_changes_nothing(string name)
    {
        var random = new Random(8);
        for (uint sample = 0; sample < Samples; sample++)
        {
            (SearchSpace space, double[] start) = KnownSearches.Sample(random);
            Search search = KnownSearches.Search(name, space, start, sample);
            Search early = KnownSearches.Search(name, space, start, sample);
            for (int i = 0; i < Evaluations && !search.HasStopped; i++)
            {
                Evaluation whole = KnownSearches.Bumpy(search.Candidate);
                Evaluation part = whole;
                if (whole.Cost > search.CostLimit)
                {
                    double[] more = [Math.BitIncrement(search.CostLimit), double.PositiveInfinity, double.NaN];
                    part = part with
                    {
                        Cost = more[random.Next(3)],
                        CorrectPrefixLength = random.Next(KnownSearches.Sequences)
                    };
                }
                else if (KnownSearches.Sequences - whole.CorrectPrefixLength > search.IncorrectLimit
                    && double.IsFinite(whole.Cost))
                {
                    part = part with { Cost = whole.Cost * random.NextDouble() };
                }

                search.Tell(whole);
                early.Tell(part);
                Assert.Equal(search.Candidate, early.Candidate);
                Assert.Equal(search.Best, early.Best);
                Assert.Equal(search.HasStopped, early.HasStopped);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_search_continues_from_its_saved_state(string name)
    {
        var random = new Random(9);
        for (uint sample = 0; sample < Samples; sample++)
        {
            (SearchSpace space, double[] start) = KnownSearches.Sample(random);
            Search search = KnownSearches.Search(name, space, start, sample);
            for (int i = random.Next(Evaluations); i > 0 && !search.HasStopped; i--)
                search.Tell(KnownSearches.Bumpy(search.Candidate));
            Search continued = KnownSearches.Search(name, space, start, sample);
            continued.TransferState(new(Save(search)));
            for (int i = 0; i < Evaluations && !search.HasStopped; i++)
            {
                Assert.Equal(search.Candidate, continued.Candidate);
                Assert.Equal(search.CostLimit, continued.CostLimit);
                Evaluation evaluation = KnownSearches.Bumpy(search.Candidate);
                search.Tell(evaluation);
                continued.Tell(evaluation);
            }

            Assert.Equal(Save(search), Save(continued));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_random_numbers_give_the_same_points_and_others_differ(string name)
    {
        double[] Points(uint trial)
        {
            Search search = KnownSearches.Search(name, SearchSpace.Unbounded(3), [0.1, 0.2, 0.3], trial);
            var points = new List<double>();
            for (int i = 0; i < 20; i++)
            {
                points.AddRange(search.Candidate);
                search.Tell(new Evaluation(20.0 - i, 0));
            }

            return [.. points];
        }

        Assert.Equal(Points(5), Points(5));
        Assert.NotEqual(Points(5), Points(6));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_start_outside_the_space_is_rejected(string name)
    {
        var space = new SearchSpace([true, true], [-1.0, double.NegativeInfinity], [1.0, double.PositiveInfinity]);
        foreach (double[] start in (double[][])[[1.1, 0.0], [double.NaN, 0.0], [0.0, double.PositiveInfinity], [0.0]])
            Assert.Throws<ValidationException>(() => KnownSearches.Search(name, space, start, trial: 0));
    }

    [Fact]
    public void An_empty_space_is_rejected()
    {
        Assert.Throws<ValidationException>(
            () => new SearchSpace([false], [0.0], [1.0]).ValidateAndCopy([0.5]));
        Assert.Throws<ValidationException>(() => new SearchSpace([true], [1.0], [0.0]));
        Assert.Throws<ValidationException>(() => new SearchSpace([true], [double.NaN], [0.0]));
        Assert.Throws<ValidationException>(() => new SearchSpace([true, true], [0.0], [1.0]));
        Assert.Throws<ValidationException>(
            () => new SearchSpace([true], [double.PositiveInfinity], [double.PositiveInfinity]));
    }

    private static IReadOnlyList<ulong> Save(Search search)
    {
        var state = new StateTransfer();
        search.TransferState(state);
        return state.Words;
    }

    /// <summary>Runs searches on the bumpy cost and inspects each before it receives an evaluation.</summary>
    private static void ForSamples(string name, Action<Search, SearchSpace, double[]> inspect)
    {
        var random = new Random(7);
        for (uint sample = 0; sample < Samples; sample++)
        {
            (SearchSpace space, double[] start) = KnownSearches.Sample(random);
            Search search = KnownSearches.Search(name, space, start, sample);
            for (int i = 0; i < Evaluations && !search.HasStopped; i++)
            {
                inspect(search, space, start);
                search.Tell(KnownSearches.Bumpy(search.Candidate));
            }
        }
    }
}
