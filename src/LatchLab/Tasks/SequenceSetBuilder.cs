using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LatchLab.Tasks;

/// <summary>Makes a <see cref="SequenceSet"/>, step by step, as its sequences are read.</summary>
public sealed class SequenceSetBuilder : IDisposable
{
    private readonly string name;
    private readonly IReadOnlyList<string> inputs;
    private readonly IReadOnlyList<string> labels;
    private readonly LabelKind kind;
    private readonly bool hasSplit;
    private readonly SequenceValues values;
    private readonly List<long> starts = [0];
    private readonly List<double> labelValues = [];
    private readonly List<bool> tests = [];
    private readonly Dictionary<string, int> classes = [];      // in the order in which they appear
    private int longest;
    private bool isHandedOver;

    /// <summary>A set without sequences.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="inputs">Names of the inputs, at least one.</param>
    /// <param name="labels">Names of the labels, at least one; exactly one where it says the class.</param>
    /// <param name="kind">Whether labels are classes or values.</param>
    /// <param name="hasSplit">Whether it is said of each sequence whether it is for the test.</param>
    /// <param name="mostInMemory">Numbers that may lie in memory; beyond it they go to a scratch file.</param>
    public SequenceSetBuilder(
        string name,
        IReadOnlyList<string> inputs,
        IReadOnlyList<string> labels,
        LabelKind kind,
        bool hasSplit = false,
        int mostInMemory = SequenceValues.MostInMemory)
    {
        this.name = name;
        this.inputs = inputs;
        this.labels = labels;
        this.kind = kind;
        this.hasSplit = hasSplit;
        values = new(mostInMemory);
    }

    /// <summary>Sequences that have ended.</summary>
    public int Count => starts.Count - 1;

    /// <summary>Adds a step to the sequence that is being made.</summary>
    /// <param name="step">[input]: finite.</param>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
    public void AddStep(ReadOnlySpan<double> step) => values.Append(step);

    /// <summary>Ends a sequence of a class.</summary>
    /// <param name="class">Name of its class.</param>
    /// <param name="isTest">Whether it is for the test.</param>
    public void EndSequence(string @class, bool isTest = false)
    {
        classes.TryAdd(@class, classes.Count);
        labelValues.Add(classes[@class]);
        End(isTest);
    }

    /// <summary>Ends a sequence that has values.</summary>
    /// <param name="targets">[label]: finite.</param>
    /// <param name="isTest">Whether it is for the test.</param>
    public void EndSequence(ReadOnlySpan<double> targets, bool isTest = false)
    {
        labelValues.AddRange(targets);
        End(isTest);
    }

    /// <summary>The set, which the builder hands over; to be called once, after at least one sequence.</summary>
    /// <exception cref="IOException">The disk for temporary files is full, say.</exception>
    public SequenceSet Build()
    {
        byte[] digest = values.Complete();
        isHandedOver = true;
        string[] names = [.. InOrder(classes.Keys)];
        double[] numbers = [.. labelValues];
        if (kind == LabelKind.Classes)
        {
            var numberOf = new int[names.Length];
            foreach ((int number, string @class) in names.Index())
                numberOf[classes[@class]] = number;
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = numberOf[(int)numbers[i]];
        }

        int[] sizes = kind == LabelKind.Classes ? new int[names.Length] : [Count];
        if (kind == LabelKind.Classes)
        {
            foreach (double number in numbers)
                sizes[(int)number]++;
        }

        return new(values, [.. starts], numbers, hasSplit ? [.. tests] : null)
        {
            Name = name,
            Inputs = inputs,
            Labels = labels,
            Classes = names,
            ClassSizes = sizes,
            LongestLength = longest,
            Digest = Digest(digest, numbers, names),
        };
    }

    /// <summary>For a set that is not made after all.</summary>
    public void Dispose()
    {
        if (!isHandedOver)
            values.Dispose();
    }

    /// <summary>Numbers by their size, if all of them are numbers; otherwise by the codes of their letters.</summary>
    private static IEnumerable<string> InOrder(IEnumerable<string> names)
    {
        var ordered = names.Order(StringComparer.Ordinal);
        return ordered.All(name => TryNumber(name, out _))
            ? ordered.OrderBy(name => TryNumber(name, out double number) ? number : 0.0)
            : ordered;

        static bool TryNumber(string name, out double number)
            => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
    }

    private string Digest(byte[] ofValues, double[] numbers, string[] names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ofValues);
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes<long>(starts.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(tests.ToArray()));
        hash.AppendData(MemoryMarshal.AsBytes(string.Join('\n', names).AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void End(bool isTest)
    {
        longest = Math.Max(longest, (int)((values.Count - starts[^1]) / inputs.Count));
        starts.Add(values.Count);
        if (hasSplit)
            tests.Add(isTest);
    }
}
