namespace LatchLab.Networks;

/// <summary>Where the fields of a network go.</summary>
public interface IFieldWriter
{
    /// <summary>A word.</summary>
    void Word(string name, string value);

    /// <summary>A finite number.</summary>
    void Number(string name, double value);

    /// <summary>A whole number.</summary>
    void WholeNumber(string name, int value);

    /// <summary>A list of whole numbers.</summary>
    void WholeNumbers(string name, IEnumerable<int> values);

    /// <summary>A list of finite numbers.</summary>
    void Numbers(string name, IEnumerable<double> values);

    /// <summary>A list of rows of so many columns.</summary>
    void Matrix(string name, IEnumerable<double> values, int columns);
}
