using LatchLab.Foundation;
using LatchLab.Paper.Comparison;

namespace LatchLab.Paper.Experiments;

/// <summary>The size of the comparison of learning algorithms (Figure 4).</summary>
public sealed record ComparisonSize
{
    private static readonly int[] AllLengths = [5, 10, 20, 50, 100, 200, 500];

    /// <summary>The fewest trials of a test: the levels of the intervals are simulated from this number on.</summary>
    internal const int LeastTrials = 30;

    /// <summary>A quick version that takes seconds.</summary>
    public static ComparisonSize Quick { get; } = new()
    {
        ComparedLength = 20,
        ComparedTrials = 6,
        ComparedBudget = 10_000,
        SearchBudget = 200_000,
        KeyAnnealingBudget = 480_000,
    };

    /// <summary>Under five minutes on two cores.</summary>
    public static ComparisonSize Standard { get; } = new();

    /// <summary>The size for a publication.</summary>
    public static ComparisonSize Full { get; } = new()
    {
        ComparedLength = 500,
        ComparedTrials = 100,
        ComparedBudget = 1_000_000,
        SearchBudget = 10_000_000,
        KeyAnnealingBudget = 24_000_000,
    };

    /// <summary>The largest T.</summary>
    [Setting("largest T of Figure 4, whose lengths are 5, 10, 20, 50, 100, 200 and 500 up to it",
        "decision; the paper's figure ends at 100", Minimum = 5, Maximum = 500, Probe = "10")]
    public int ComparedLength { get; init; } = 100;

    /// <summary>Trials at each point.</summary>
    [Setting("trials at each point of Figure 4", "decision", Minimum = 1, Maximum = 10_000, Probe = "4")]
    public int ComparedTrials { get; init; } = 30;

    /// <summary>The budget of an on-line run or a multi-grid search, in presentations.</summary>
    [Setting("presentations after which an on-line run or a multi-grid search of Figure 4 stops", "decision",
        Minimum = 30, Maximum = 1_000_000_000, Probe = "90")]
    public int ComparedBudget { get; init; } = 100_000;

    /// <summary>The budget of simulated annealing or random guessing, in presentations.</summary>
    [Setting("presentations after which a run of annealing or guessing of Figure 4 stops", "decision", Minimum = 30,
        Maximum = 1_000_000_000, Probe = "120")]
    public int SearchBudget { get; init; } = 5_000_000;

    /// <summary>The budget of simulated annealing on 2-Sequence, in presentations.</summary>
    [Setting("presentations after which a run of annealing on 2-Sequence of Figure 4 stops: a temperature of its 25 " +
        "parameters takes 1,875,000 with Corana's constants", "decision", Minimum = 30, Maximum = 1_000_000_000,
        Probe = "150")]
    public int KeyAnnealingBudget { get; init; } = 12_000_000;

    /// <summary>The values of T.</summary>
    public IReadOnlyList<int> Lengths => [.. AllLengths.Where(length => length <= ComparedLength)];

    /// <summary>
    /// What a test of a claim about Figure 4 needs and this size lacks; null if it lacks nothing. The claims speak of
    /// all lengths, and a smaller budget would condemn the slower algorithms.
    /// </summary>
    /// <param name="hasSearches">Whether the claim compares searches with a large budget, too.</param>
    internal string? FindWhatIsMissing(bool hasSearches)
    {
        ComparisonSize reference = Standard;
        string[] missing =
        [
            .. Require("T up to", ComparedLength, reference.ComparedLength),
            .. Require("trials", ComparedTrials, LeastTrials),
            .. Require("presentations of an on-line run", ComparedBudget, reference.ComparedBudget),
            .. hasSearches ? Require("presentations of a search", SearchBudget, reference.SearchBudget) : [],
            .. hasSearches ? Require(
                "presentations of annealing on 2-Sequence", KeyAnnealingBudget, reference.KeyAnnealingBudget) : [],
        ];
        return missing.Length == 0 ? null : $"A test needs {string.Join(", ", missing)}.";

        static IEnumerable<string> Require(string name, int value, int least)
            => value >= least ? []
                : [$"{name} {NumberFormat.GroupThousands(least)} (here {NumberFormat.GroupThousands(value)})"];
    }

    /// <summary>The budget of an algorithm on a problem, in presentations.</summary>
    public int GetBudget(Problem problem, Algorithm algorithm)
        => !algorithm.Learner.NeedsLargeBudget ? ComparedBudget
            : problem.HasManyParameters && algorithm.TemperatureTakesEveryParameter ? KeyAnnealingBudget
            : SearchBudget;
}
