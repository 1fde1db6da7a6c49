using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>One number per parameter and lane, with access to single lanes.</summary>
public sealed class LaneParameters<TLane>(int bundles, int count)
    where TLane : unmanaged, ILane<TLane>
{
    /// <summary>[bundle][parameter].</summary>
    public LaneMemory<TLane> Memory { get; } = new(bundles * count);

    /// <summary>One parameter of one lane.</summary>
    public ref double this[int lane, int parameter]
        => ref Memory.Doubles[((((lane / TLane.Count) * count) + parameter) * TLane.Count) + (lane % TLane.Count)];

    /// <summary>The parameters of a bundle.</summary>
    public UncheckedSpan<TLane> GetBundle(int bundle) => Memory.Slice(bundle * count, count);

    /// <summary>The parameters of a lane.</summary>
    public double[] GetLane(int lane)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = this[lane, i];
        return values;
    }

    /// <summary>Sets the parameters of a lane.</summary>
    public void SetLane(int lane, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < count; i++)
            this[lane, i] = values[i];
    }

    /// <summary>Saves or restores the parameters of a lane.</summary>
    public void TransferState(int lane, StateTransfer state)
    {
        for (int i = 0; i < count; i++)
            this[lane, i] = state.Transfer(this[lane, i]);
    }

    /// <summary>Whether every parameter of a lane is a finite number.</summary>
    public bool IsFinite(int lane)
    {
        for (int i = 0; i < count; i++)
        {
            if (!double.IsFinite(this[lane, i]))
                return false;
        }

        return true;
    }

    /// <summary>Sets all parameters of a lane to one number.</summary>
    public void Fill(int lane, double value)
    {
        for (int i = 0; i < count; i++)
            this[lane, i] = value;
    }
}
