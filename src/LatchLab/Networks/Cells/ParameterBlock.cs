namespace LatchLab.Networks.Cells;

/// <summary>
/// Parameters of a network that form a matrix or a vector and have one role. Names of parameters, rules of
/// <see cref="PriorKnowledge"/>, <see cref="Initialization"/> and the fields of a network file refer to blocks.
/// </summary>
/// <param name="Name">Name in equations and rules, such as <c>wf</c>.</param>
/// <param name="Role">What its parameters multiply.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns; 1 for a vector.</param>
/// <param name="Offset">Index of the first parameter; the others follow row by row.</param>
public sealed record ParameterBlock(string Name, BlockRole Role, int Rows, int Columns, int Offset)
{
    /// <summary>Whether it is a vector: its parameters have one index.</summary>
    public bool IsVector
        => Role is BlockRole.Bias or BlockRole.Peephole or BlockRole.ReadoutBias or BlockRole.LearnedInput;

    /// <summary>Number of parameters.</summary>
    public int Count => Rows * Columns;

    /// <summary>Whether it has the parameter of an index.</summary>
    public bool Contains(int parameter) => parameter >= Offset && parameter < Offset + Count;

    /// <summary>Names of its parameters: <c>wf[i,j]</c>, or <c>bf[i]</c> of a vector.</summary>
    public IEnumerable<string> ParameterNames
        => from i in Enumerable.Range(0, Rows)
           from j in Enumerable.Range(0, Columns)
           select IsVector ? $"{Name}[{i}]" : $"{Name}[{i},{j}]";
}

/// <summary>What the parameters of a block multiply.</summary>
public enum BlockRole
{
    /// <summary>Values of the previous step.</summary>
    Recurrent,

    /// <summary>The input of the step.</summary>
    Input,

    /// <summary>Nothing: they are added.</summary>
    Bias,

    /// <summary>Each a single cell value.</summary>
    Peephole,

    /// <summary>The cell values of which hidden values are formed.</summary>
    Projection,

    /// <summary>They are inputs of the first steps.</summary>
    LearnedInput,

    /// <summary>The hidden values of which outputs are formed.</summary>
    Readout,

    /// <summary>Nothing: they are added to outputs.</summary>
    ReadoutBias,
}
