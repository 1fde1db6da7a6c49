namespace LatchLab.Training;

/// <summary>The outcomes of a sweep, every trial in its place.</summary>
/// <param name="sweep">The sweep.</param>
public sealed class SweepOutcomes(Sweep sweep)
{
    private readonly Outcome[] _outcomes = new Outcome[sweep.TrialCount];
    private readonly double[] _parameters = new double[checked(sweep.TrialCount * sweep.StoredParameters)];

    /// <summary>The sweep.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The trials of a cell, in order.</summary>
    public ReadOnlySpan<Outcome> GetOutcomes(int configuration)
        => _outcomes.AsSpan(configuration * sweep.TrialsPerConfiguration, sweep.TrialsPerConfiguration);

    /// <summary>How many trials of a cell converged.</summary>
    public int CountConverged(int configuration)
    {
        int count = 0;
        foreach (Outcome outcome in GetOutcomes(configuration))
            count += outcome.IsConverged ? 1 : 0;
        return count;
    }

    /// <summary>The parameters of a trial at its end, as many as the sweep keeps.</summary>
    public ReadOnlySpan<double> GetParameters(int configuration, int trialIndex)
        => _parameters.AsSpan(((configuration * sweep.TrialsPerConfiguration) + trialIndex) * sweep.StoredParameters,
            sweep.StoredParameters);

    /// <summary>Stores a trial.</summary>
    public void SetOutcome(int index, in Outcome outcome, ReadOnlySpan<double> finalParameters)
    {
        _outcomes[index] = outcome;
        finalParameters[..sweep.StoredParameters].CopyTo(_parameters.AsSpan(index * sweep.StoredParameters));
    }
}
