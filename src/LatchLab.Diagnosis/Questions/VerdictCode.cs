namespace LatchLab.Diagnosis.Questions;

/// <summary>What a trained network does with the past, in one word.</summary>
public enum VerdictCode
{
    /// <summary>Nothing of the past is left after some quiet steps.</summary>
    Forgets,

    /// <summary>It stores discrete states, to which it returns.</summary>
    Latches,

    /// <summary>It stores states that drift slowly or not at all, without returning.</summary>
    SlowManifold,

    /// <summary>It comes to a cycle at rest.</summary>
    Oscillates,

    /// <summary>Small differences grow without end.</summary>
    Chaotic,

    /// <summary>Gradients vanish in the end, but grow more than tenfold before.</summary>
    ExplodesTransiently,

    /// <summary>Its hidden values do not vary.</summary>
    Dead,

    /// <summary>The numbers allow growth as well as decay over the length of the task.</summary>
    Marginal,

    /// <summary>What would decide was not computed.</summary>
    Undecided,
}
