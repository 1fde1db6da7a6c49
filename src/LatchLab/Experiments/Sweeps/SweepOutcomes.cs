namespace LatchLab.Experiments;

/// <summary>The outcomes of a sweep, every trial in its place.</summary>
/// <param name="sweep">The sweep.</param>
public sealed class SweepOutcomes(Sweep sweep)
{
    private readonly Outcome[] outcomes = new Outcome[sweep.Count];
    private readonly double[] parameters = new double[checked(sweep.Count * sweep.KeptParameters)];

    /// <summary>The sweep.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The trials of a cell, in order.</summary>
    public ReadOnlySpan<Outcome> OfCell(int cell) => outcomes.AsSpan(cell * sweep.Trials, sweep.Trials);

    /// <summary>How many trials of a cell converged.</summary>
    public int Converged(int cell)
    {
        int count = 0;
        foreach (Outcome outcome in OfCell(cell))
            count += outcome.Converged ? 1 : 0;
        return count;
    }

    /// <summary>The parameters of a trial at its end, as many as the sweep keeps.</summary>
    public ReadOnlySpan<double> Parameters(int cell, int trial)
        => parameters.AsSpan(((cell * sweep.Trials) + trial) * sweep.KeptParameters, sweep.KeptParameters);

    /// <summary>Stores a trial.</summary>
    public void Set(int index, in Outcome outcome, ReadOnlySpan<double> finalParameters)
    {
        outcomes[index] = outcome;
        finalParameters[..sweep.KeptParameters].CopyTo(parameters.AsSpan(index * sweep.KeptParameters));
    }
}
