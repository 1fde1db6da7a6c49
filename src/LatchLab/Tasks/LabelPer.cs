namespace LatchLab.Tasks;

/// <summary>What has a label.</summary>
public enum LabelPer
{
    /// <summary>A sequence.</summary>
    Sequence,

    /// <summary>A step.</summary>
    Step,
}
