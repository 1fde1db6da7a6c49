using System.Collections;

namespace LatchLab.Training;

/// <summary>
/// The diagnostics of a learner at the end of a trial, in the order of their names
/// (<see cref="Learning.LearnerDefinition.DiagnosticNames"/>). Two lists are equal if their values are.
/// </summary>
/// <param name="values">The values; NaN if unknown.</param>
public readonly struct DiagnosticValues(params IReadOnlyList<double> values)
    : IReadOnlyList<double>, IEquatable<DiagnosticValues>
{
    private IReadOnlyList<double> Values => values ?? [];

    public int Count => Values.Count;

    public double this[int index] => Values[index];

    /// <summary>Whether two lists are equal.</summary>
    public static bool operator ==(DiagnosticValues left, DiagnosticValues right) => left.Equals(right);

    /// <summary>Whether two lists differ.</summary>
    public static bool operator !=(DiagnosticValues left, DiagnosticValues right) => !left.Equals(right);

    public bool Equals(DiagnosticValues other) => Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is DiagnosticValues other && Equals(other);

    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);

    public override string ToString() => $"[{string.Join(", ", Values)}]";

    public IEnumerator<double> GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
