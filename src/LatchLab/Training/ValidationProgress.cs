using LatchLab.Learning;

namespace LatchLab.Training;

/// <summary>
/// The validations of a trial, one after each epoch: the lowest cost, the parameters that have it, and how many epochs
/// have passed since.
/// </summary>
/// <param name="patience">The epochs without a lower cost after which training ends.</param>
public sealed class ValidationProgress(int patience)
{
    private int _epochsSinceMinimum;

    /// <summary>The lowest mean cost of the validation sequences; +∞ before the first validation.</summary>
    public double MinimumCost { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the last pass completed a validation with the lowest cost so far.</summary>
    public bool HasNewMinimum { get; private set; }

    /// <summary>The parameters of the lowest cost; null before the first validation.</summary>
    public double[]? BestParameters { get; set; }

    /// <summary>Begins a pass, which may not complete a validation.</summary>
    internal void BeginPass() => HasNewMinimum = false;

    /// <summary>Adds the cost of a validation; returns whether the patience is exhausted.</summary>
    internal bool Add(double cost)
    {
        HasNewMinimum = cost < MinimumCost;
        _epochsSinceMinimum = HasNewMinimum ? 0 : _epochsSinceMinimum + 1;
        MinimumCost = Math.Min(cost, MinimumCost);
        return _epochsSinceMinimum >= patience;
    }

    /// <summary>Saves or restores the validations between two passes.</summary>
    internal void TransferState(StateTransfer state)
    {
        MinimumCost = state.Transfer(MinimumCost);
        _epochsSinceMinimum = state.Transfer(_epochsSinceMinimum);
        int count = state.Transfer(BestParameters?.Length ?? 0);
        double[] values = state.IsRestoring ? new double[count] : BestParameters ?? [];
        state.Transfer(values.AsSpan());
        BestParameters = count == 0 ? null : values;
    }
}
