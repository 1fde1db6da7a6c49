namespace LatchLab.Networks;

/// <summary>
/// Where the fields of a network come from. Every member reports a mistake and goes on with a stand-in.
/// </summary>
public interface IFieldReader
{
    /// <summary>One of the <paramref name="allowed"/> words.</summary>
    string GetChoice(string name, IReadOnlyList<string> allowed);

    /// <summary>Names of units: one for all, or one for each, separated by commas.</summary>
    /// <param name="name">The field.</param>
    /// <param name="count">Number of units; null to leave it unchecked.</param>
    string GetUnitNames(string name, int? count);

    /// <summary>Whether the field is there.</summary>
    bool HasField(string name);

    /// <summary>Calls it a mistake unless exactly one of two fields is there.</summary>
    void RequireExactlyOne(string name, string other);

    /// <summary>A finite number.</summary>
    double GetDouble(string name);

    /// <summary>A whole number between the bounds, both included.</summary>
    int GetInt32(string name, int minimum, int maximum);

    /// <summary>A list of at least one whole number between the bounds, both included, no two alike.</summary>
    IReadOnlyList<int> GetDistinctInt32s(string name, int minimum, int maximum);

    /// <summary>A list of finite numbers; of the given length unless that is null.</summary>
    IReadOnlyList<double> GetDoubles(string name, int? length);

    /// <summary>A list of rows, each a list of finite numbers, given back row after row.</summary>
    /// <param name="name">The field.</param>
    /// <param name="rows">Number of rows; null to leave the shape unchecked.</param>
    /// <param name="columns">Number of columns; null for any from 1, the same in every row.</param>
    IReadOnlyList<double> GetMatrix(string name, int? rows, int? columns);

    /// <summary>
    /// Whether a field that was read had no mistake: what must fit to a stand-in is not worth checking, and a message
    /// about it would mislead.
    /// </summary>
    bool IsValid(string name);
}
