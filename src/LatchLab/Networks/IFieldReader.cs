namespace LatchLab.Networks;

/// <summary>
/// Reads the fields of a network. Every member reports an invalid value and then returns a placeholder.
/// </summary>
public interface IFieldReader
{
    /// <summary>One of the <paramref name="allowed"/> words.</summary>
    string GetChoice(string name, IReadOnlyList<string> allowed);

    /// <summary>Names of units: one for all, or one for each, separated by commas.</summary>
    /// <param name="name">The field.</param>
    /// <param name="count">Number of units; null to leave it unchecked.</param>
    string GetUnitNames(string name, int? count);

    /// <summary>Whether the field is present.</summary>
    bool HasField(string name);

    /// <summary>Reports an error unless exactly one of two fields is present.</summary>
    void RequireExactlyOne(string name, string other);

    /// <summary>A finite number between the bounds, both included; by default any finite number.</summary>
    double GetDouble(string name, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity);

    /// <summary>A whole number between the bounds, both included.</summary>
    int GetInt32(string name, int minimum, int maximum);

    /// <summary>A list of at least one whole number between the bounds, both included, all distinct.</summary>
    IReadOnlyList<int> GetDistinctInt32s(string name, int minimum, int maximum);

    /// <summary>A list of finite numbers, of the given length unless that is null.</summary>
    /// <param name="name">The field.</param>
    /// <param name="length">Number of elements; null to leave it unchecked.</param>
    /// <param name="getRange">The bounds of each element, both included; null for any finite number.</param>
    IReadOnlyList<double> GetDoubles(
        string name, int? length, Func<int, (double Minimum, double Maximum)>? getRange = null);

    /// <summary>A list of rows, each a list of finite numbers, returned row by row.</summary>
    /// <param name="name">The field.</param>
    /// <param name="rows">Number of rows; null to leave the shape unchecked.</param>
    /// <param name="columns">Number of columns; null for any from 1, the same in every row.</param>
    IReadOnlyList<double> GetMatrix(string name, int? rows, int? columns);

    /// <summary>
    /// Whether a field that was read is valid. Values that must match an invalid field are not checked, because a
    /// message about its placeholder would mislead.
    /// </summary>
    bool IsValid(string name);
}
