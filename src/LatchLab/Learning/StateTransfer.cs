using LatchLab.Foundation;

namespace LatchLab.Learning;

/// <summary>
/// Saves or restores the state of a trial, value by value. One text serves both directions, so that they cannot differ:
/// when saving, a method keeps the value and returns it; when restoring, it returns the value that was kept in its
/// place. Each number is kept with all its 64 bits.
/// </summary>
public sealed class StateTransfer
{
    private readonly List<ulong> _words;
    private int _position;

    /// <summary>Begins to save a state.</summary>
    public StateTransfer() => _words = [];

    /// <summary>Begins to restore a state.</summary>
    /// <param name="words">The words that were saved.</param>
    public StateTransfer(IEnumerable<ulong> words) => (_words, IsRestoring) = ([.. words], true);

    /// <summary>Whether the state is restored, not saved.</summary>
    public bool IsRestoring { get; }

    /// <summary>The saved words.</summary>
    public IReadOnlyList<ulong> Words => _words;

    /// <summary>Saves or restores a number.</summary>
    public double Transfer(double value)
        => BitConverter.UInt64BitsToDouble(Transfer(BitConverter.DoubleToUInt64Bits(value)));

    /// <summary>Saves or restores a whole number.</summary>
    public long Transfer(long value) => unchecked((long)Transfer((ulong)value));

    /// <summary>Saves or restores a whole number.</summary>
    public int Transfer(int value) => unchecked((int)Transfer((long)value));

    /// <summary>Saves or restores a truth value.</summary>
    public bool Transfer(bool value) => Transfer(value ? 1UL : 0UL) == 1UL;

    /// <summary>Saves or restores a word of 64 bits.</summary>
    /// <exception cref="ValidationException">The saved state has no more values.</exception>
    public ulong Transfer(ulong value)
    {
        if (!IsRestoring)
        {
            _words.Add(value);
            return value;
        }

        return _position < _words.Count ? _words[_position++] : throw WrongSize();
    }

    /// <summary>Saves or restores numbers whose count does not change.</summary>
    public void Transfer(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Transfer(values[i]);
    }

    /// <summary>Verifies that every saved value was restored.</summary>
    /// <exception cref="ValidationException">The saved state has more values.</exception>
    public void Complete()
    {
        if (IsRestoring && _position < _words.Count)
            throw WrongSize();
    }

    private static ValidationException WrongSize()
        => new("", "checkpoint", "does not have the values of this trial: begin the trial anew");
}
