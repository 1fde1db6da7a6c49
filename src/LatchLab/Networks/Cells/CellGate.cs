using LatchLab.Networks.Units;

namespace LatchLab.Networks.Cells;

/// <summary>A gate of a cell: values in (0, 1) on the tape that multiply others.</summary>
/// <param name="Name">Its name, such as <c>forget</c>.</param>
/// <param name="Tape">Index of its first value on the tape.</param>
/// <param name="Count">Its values, one a unit.</param>
/// <param name="Holds">Whether a value near 1 keeps what the unit holds.</param>
public readonly record struct CellGate(string Name, int Tape, int Count, bool Holds)
{
    /// <summary>The gates of a cell: the values of its tape between 0 and 1.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="firstTape">Where its tape begins.</param>
    public static IEnumerable<CellGate> ListAll(ICell cell, int firstTape)
    {
        CellSize size = cell.Size;
        int count = size.State > size.Hidden ? size.State - size.Hidden : size.Hidden;
        return from function in cell.TapeFunctions
               where KnownUnits.GetOutputRange(function.Function, unit: 0) is (0.0, 1.0)
               select new CellGate(
                   Describe(function.Name), firstTape + function.First, count,
                   cell.TimeScaleBiases.Hold == $"b{function.Name}");
    }

    private static string Describe(string gate) => gate switch
    {
        "i" => "input",
        "f" => "forget",
        "o" => "output",
        "r" => "reset",
        "z" => "update",
        _ => gate,
    };
}
