namespace LatchLab.Networks;

/// <summary>Writes the fields of a network.</summary>
public interface IFieldWriter
{
    /// <summary>A word.</summary>
    void WriteString(string name, string value);

    /// <summary>A finite number.</summary>
    void WriteDouble(string name, double value);

    /// <summary>A whole number.</summary>
    void WriteInt32(string name, int value);

    /// <summary>A list of whole numbers.</summary>
    void WriteInt32s(string name, IEnumerable<int> values);

    /// <summary>A list of finite numbers.</summary>
    void WriteDoubles(string name, IEnumerable<double> values);

    /// <summary>A list of rows with the given number of columns.</summary>
    void WriteMatrix(string name, IEnumerable<double> values, int columns);
}
