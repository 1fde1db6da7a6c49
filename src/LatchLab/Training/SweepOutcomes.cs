namespace LatchLab.Training;

/// <summary>The outcomes of a sweep, ordered by configuration and trial.</summary>
public sealed class SweepOutcomes(Sweep sweep)
{
    private readonly Outcome[] _outcomes = new Outcome[sweep.TrialCount];
    private readonly double[] _parameters = new double[checked(sweep.TrialCount * sweep.StoredParameters)];

    /// <summary>The sweep.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The outcomes of a configuration, in trial order.</summary>
    public ReadOnlySpan<Outcome> GetOutcomes(int configuration)
        => _outcomes.AsSpan(configuration * sweep.TrialsPerConfiguration, sweep.TrialsPerConfiguration);

    /// <summary>The number of trials of a configuration that converged.</summary>
    public int CountConverged(int configuration)
    {
        int count = 0;
        foreach (Outcome outcome in GetOutcomes(configuration))
            count += outcome.IsConverged ? 1 : 0;
        return count;
    }

    /// <summary>The stored final parameters of a trial.</summary>
    public ReadOnlySpan<double> GetParameters(int configuration, int trialIndex)
        => _parameters.AsSpan(((configuration * sweep.TrialsPerConfiguration) + trialIndex) * sweep.StoredParameters,
            sweep.StoredParameters);

    /// <summary>Stores the outcome and final parameters of a trial.</summary>
    public void SetOutcome(int index, in Outcome outcome, ReadOnlySpan<double> finalParameters)
    {
        _outcomes[index] = outcome;
        finalParameters[..sweep.StoredParameters].CopyTo(_parameters.AsSpan(index * sweep.StoredParameters));
    }
}
