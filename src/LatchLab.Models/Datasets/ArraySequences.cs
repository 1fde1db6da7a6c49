using LatchLab.Foundation;
using LatchLab.Models.Interchange;

namespace LatchLab.Models.Datasets;

/// <summary>
/// Sequences in arrays of NumPy as other programs record them: inputs [sequence, step, input], or [step, input] of a
/// single sequence, and beside them states, outputs and targets, in .npz files by name.
/// </summary>
public sealed class ArraySequences
{
    private static readonly string[] InputNames = ["x", "inputs", "input", "data"];

    private readonly IReadOnlyList<NamedTensor> _arrays;
    private readonly string _path;

    private ArraySequences(string path, IReadOnlyList<NamedTensor> arrays) => (_path, _arrays) = (path, arrays);

    /// <summary>The names of the arrays; one empty name for a .npy file.</summary>
    public IEnumerable<string> Names => _arrays.Select(array => array.Name);

    /// <summary>Opens a file.</summary>
    /// <exception cref="ValidationException">It is no file of NumPy.</exception>
    public static ArraySequences Open(string path) => new(path, ArrayFile.ReadAll(path));

    /// <summary>Reads the inputs.</summary>
    /// <param name="inputs">m, the inputs of a step of the network.</param>
    /// <param name="embedding">
    /// The matrix before the layer: an array of whole numbers [sequence, step] is read as its rows; null for none.
    /// </param>
    /// <exception cref="ValidationException">There is no such array, or its shape does not fit.</exception>
    public double[][][] ReadInputs(int inputs, NamedTensor? embedding = null)
    {
        NamedTensor array = InputNames.Select(Find).FirstOrDefault(found => found is not null)
            ?? (_arrays is [var single] ? single : throw new ValidationException(_path, "", "has the arrays " +
                $"{string.Join(", ", Names)}: name the inputs x"));
        int[] shape = array.Shape;
        if (embedding is not null && IsOfSymbols(array, embedding))
            return Embed(array, embedding);
        if (shape.Length is not (2 or 3) || shape.Contains(0))
        {
            throw Error(array, $"has the shape {Format(shape)}: expected [sequence, step, input], or [step, input] " +
                "of a single sequence");
        }

        if (shape[^1] != inputs)
        {
            int fitting = Array.IndexOf(shape, inputs);
            string hint = fitting < 0 ? "" : $"; it would fit with axis {fitting} as the last one: save " +
                $"numpy.moveaxis({(array.Name.Length == 0 ? "x" : array.Name)}, {fitting}, -1)";
            throw Error(array, $"has the shape {Format(shape)}, but the network has {inputs} inputs: the last axis " +
                $"must have the length {inputs}{hint}");
        }

        CheckFinite(array);
        int steps = shape[^2], sequences = shape.Length == 3 ? shape[0] : 1;
        return Split(array, sequences, steps, inputs);
    }

    /// <summary>Reads values that belong to the inputs: states, outputs or targets.</summary>
    /// <param name="names">The names that the array may have; a .npy file has one array, whatever its name.</param>
    /// <param name="sequences">The number of sequences of the inputs.</param>
    /// <param name="steps">Their steps.</param>
    /// <returns>
    /// [sequence][step][value]; one step for an array [sequence] or [sequence, value]; null if there is none.
    /// </returns>
    /// <exception cref="ValidationException">The shape of the array does not fit.</exception>
    public double[][][]? Read(IReadOnlyList<string> names, int sequences, int steps)
    {
        NamedTensor? array = names.Select(Find).FirstOrDefault(found => found is not null)
            ?? (_arrays is [{ Name: "" } single] ? single : null);
        if (array is null)
            return null;
        int[] shape = array.Shape;
        bool hasSteps = shape.Length == 3 || (shape.Length == 2 && sequences == 1 && shape[0] == steps);
        int[] expected = hasSteps && shape.Length == 3 ? [sequences, steps] : hasSteps ? [steps] : [sequences];
        if (shape.Length is 0 or > 3 || !shape.Take(expected.Length).SequenceEqual(expected) || shape.Contains(0))
        {
            throw Error(array, $"has the shape {Format(shape)}, but the inputs have {sequences} sequences of {steps} " +
                $"steps: expected [{sequences}, {steps}, values], or [{sequences}, values] of the last step");
        }

        CheckFinite(array);
        return Split(array, sequences, hasSteps ? steps : 1, shape.Length == 1 ? 1 : shape[^1]);
    }

    /// <summary>Reads rows of numbers.</summary>
    /// <param name="name">The name of the array; a file with a single array may name it otherwise.</param>
    /// <param name="size">The length of a row.</param>
    /// <param name="meaning">What a row contains, for messages.</param>
    /// <exception cref="ValidationException">There is no such array, or its shape does not fit.</exception>
    public double[][] ReadRows(string name, int size, string meaning)
    {
        NamedTensor array = Find(name) ?? (_arrays is [var single] ? single : throw new ValidationException(
            _path, "", $"has the arrays {string.Join(", ", Names)}: name the one with the rows {name}"));
        if (array.Shape is not [> 0, var length] || length != size)
        {
            throw Error(
                array, $"has the shape {Format(array.Shape)}: expected [{name}, {size}], each row {meaning}");
        }

        CheckFinite(array);
        return Split(array, 1, array.Shape[0], size)[0];
    }

    /// <summary>Whether an array holds numbers of rows of an embedding, one each step.</summary>
    private static bool IsOfSymbols(NamedTensor array, NamedTensor embedding)
        => (array.Shape.Length == 2 || (array.Shape.Length == 3 && array.Shape[2] == 1))
            && array.Values.All(value => value >= 0.0 && value < embedding.Shape[0] && value == Math.Floor(value));

    private static double[][][] Embed(NamedTensor array, NamedTensor embedding)
    {
        int size = embedding.Shape[1];
        return [.. Split(array, array.Shape[0], array.Shape[1], 1).Select(sequence => sequence.Select(
            symbol => embedding.Values.AsSpan((int)symbol[0] * size, size).ToArray()).ToArray())];
    }

    private NamedTensor? Find(string name) => _arrays.FirstOrDefault(array => array.Name == name);

    private void CheckFinite(NamedTensor array)
    {
        int index = Array.FindIndex(array.Values, value => !double.IsFinite(value));
        if (index >= 0)
        {
            string place = string.Join(", ", Locate(index, array.Shape));
            throw Error(array, $"has the value {array.Values[index]} at [{place}]: finite numbers are expected");
        }
    }

    private static int[] Locate(int index, int[] shape)
    {
        var position = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
            (index, position[axis]) = Math.DivRem(index, shape[axis]);
        return position;
    }

    private static double[][][] Split(NamedTensor array, int sequences, int steps, int size)
        => [.. Enumerable.Range(0, sequences).Select(i => Enumerable.Range(0, steps).Select(
            t => array.Values.AsSpan(((i * steps) + t) * size, size).ToArray()).ToArray())];

    private static string Format(int[] shape) => $"[{string.Join(", ", shape)}]";

    private ValidationException Error(NamedTensor array, string problem) => new(_path, array.Name, problem);
}
