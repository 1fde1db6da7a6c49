namespace LatchLab.Sweeps.Tuning;

/// <summary>How configurations are eliminated.</summary>
public enum TuningStrategy
{
    /// <summary>Every configuration has the whole budget.</summary>
    Random,

    /// <summary>
    /// Successive halving (Jamieson and Talwalkar 2016): the better half goes on with twice the budget of
    /// presentations, so that every round takes about as long; the last round has the whole budget.
    /// </summary>
    Halving,
}

/// <summary>The size of a search.</summary>
/// <param name="Strategy">How configurations are eliminated.</param>
/// <param name="Trials">Trials of each configuration in the search.</param>
/// <param name="Seed">
/// The seed of the configurations and of the trials of the search. The trials after it have the two following seeds.
/// </param>
public sealed record TuningOptions(TuningStrategy Strategy, int Trials, ulong Seed)
{
    /// <summary>The most configurations that are compared on fresh trials.</summary>
    public int Finalists { get; init; } = 3;

    /// <summary>The fresh trials of each of them.</summary>
    public int ConfirmationTrials { get; init; } = 10;

    /// <summary>The trials of the test of the best.</summary>
    public int TestTrials { get; init; } = 20;
}
