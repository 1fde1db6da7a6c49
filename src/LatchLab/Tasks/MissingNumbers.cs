namespace LatchLab.Tasks;

/// <summary>What is done with missing numbers.</summary>
public enum MissingNumbers
{
    /// <summary>They are errors.</summary>
    Error,

    /// <summary>Their sequence is dropped.</summary>
    Drop,

    /// <summary>The mean of the input over the training sequences of the trial replaces them.</summary>
    Mean,

    /// <summary>0 replaces them.</summary>
    Zero,
}
