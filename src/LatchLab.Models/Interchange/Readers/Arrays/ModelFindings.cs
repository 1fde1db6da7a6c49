using LatchLab.Files;
using LatchLab.Foundation;

namespace LatchLab.Models.Interchange.Readers.Arrays;

/// <summary>What is invalid in a file, reported all at once, and what had to be assumed to read it.</summary>
/// <param name="path">The file.</param>
internal sealed class ModelFindings(string path)
{
    /// <summary>
    /// The largest file, 256 MiB, compressed or not: an LSTM of 2,000 units with 2,000 inputs has half of that in
    /// 32-bit numbers.
    /// </summary>
    public const int MaximumBytes = 256 << 20;

    private readonly ValidationErrors _errors = new(path);
    private readonly List<string> _remarks = [];
    private readonly SortedSet<string> _widened = [];

    /// <summary>Whether anything is invalid.</summary>
    public bool HasErrors => _errors.HasErrors;

    /// <summary>The sentences, without duplicates.</summary>
    public IReadOnlyList<string> Remarks
        =>
        [
            .. _remarks.Distinct(),
            .. _widened.Count == 0 ? []
                : new[] { $"numbers of {string.Join(" and ", _widened)} were widened to 64 bits, exactly" },
        ];

    /// <summary>Adds what was assumed, converted or ignored.</summary>
    public void Remark(string sentence) => _remarks.Add(sentence);

    /// <summary>Adds an error.</summary>
    /// <param name="name">The array or node; empty for the file.</param>
    /// <param name="problem">What is invalid, and what would be valid.</param>
    public void Refuse(string name, string problem)
        => _errors.Add(new ValidationError(path, Escape.Text(name), problem));

    /// <summary>The exception for something that cannot be read on.</summary>
    public ValidationException Failure(string problem) => new(path, "", problem);

    /// <summary>The exception for a file that breaks off or contradicts itself.</summary>
    public ValidationException Damage(string what)
        => Failure($"is incomplete or damaged: {what}; write or copy it again");

    /// <summary>Throws all errors.</summary>
    /// <exception cref="ValidationException">There are some.</exception>
    public void ThrowIfAny() => _errors.ThrowIfAny();

    /// <summary>Reads the numbers of an array; zeros if they are refused.</summary>
    public double[] Read(SourceTensor tensor)
    {
        if (tensor.Count < 0)
            throw Damage($"{Escape.Text(tensor.Name)} {tensor.FormatShape()} needs more bytes than there are");
        if (!tensor.Type.IsFloatingPoint)
        {
            Refuse(tensor.Name, $"is of the type {Escape.Text(tensor.Type.Name)}: quantised weights " +
                "are not read; save the model in float32 or float64");
            return new double[tensor.Count];
        }

        if (tensor.Type != ElementType.Float64)
            _widened.Add(tensor.Type.Name);
        double[] values = tensor.Decode();
        int invalid = Array.FindIndex(values, value => !double.IsFinite(value));
        if (invalid >= 0)
        {
            Refuse(tensor.Name, FormattableString.Invariant(
                $"{tensor.FormatIndex(invalid)} is {values[invalid]}; every weight must be a finite number"));
        }

        return values;
    }

    /// <summary>Some names of a list, and how many there are.</summary>
    public static string Summarize(IReadOnlyList<string> names)
    {
        const int shown = 4;
        return string.Join(", ", names.Take(shown).Select(Escape.Text))
            + (names.Count > shown ? $", … ({names.Count} in all)" : "");
    }
}
