namespace LatchLab.Diagnosis.Questions;

/// <summary>What a diagnosis asks, and how much it may cost.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>T, the steps over which the network must remember; null compares nothing with a length.</summary>
    public int? TaskLength { get; init; }

    /// <summary>
    /// The held inputs of the quiet steps; empty for the typical input of the data, or 0 without data.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> HeldInputs { get; init; } = [];

    /// <summary>States, N values each, from which fixed points are searched before all others.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Starts { get; init; } = [];

    /// <summary>Whether all eigenvalues of fixed points of large networks are computed.</summary>
    public bool AllEigenvalues { get; init; }

    /// <summary>The questions that are asked.</summary>
    public IReadOnlySet<Question> Only { get; init; } = new HashSet<Question>(Enum.GetValues<Question>());

    /// <summary>The time that the questions may take together.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Number of threads; it does not change the results.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seed of sampled states.</summary>
    public ulong Seed { get; init; }

    /// <summary>The visited states that rest; fewer if there are not as many.</summary>
    public int RestingStates { get; init; } = 128;

    /// <summary>Number of Lyapunov exponents.</summary>
    public int Exponents { get; init; } = 8;
}

/// <summary>The questions of a diagnosis, in the order in which they are asked.</summary>
public enum Question
{
    /// <summary>Gates and units along the data.</summary>
    Gates,

    /// <summary>Gradient and influence by lag.</summary>
    Horizon,

    /// <summary>States that stay apart at rest, and exponents at rest.</summary>
    Storage,

    /// <summary>Lyapunov exponents along the data.</summary>
    Growth,

    /// <summary>Fixed points at rest, and slow points where there is no stable one.</summary>
    Points,

    /// <summary>How much noise the stable fixed points survive; finds the fixed points, too.</summary>
    Noise,
}
