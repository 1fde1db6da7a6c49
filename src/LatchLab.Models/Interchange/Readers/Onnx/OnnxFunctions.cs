namespace LatchLab.Models.Interchange.Readers.Onnx;

/// <summary>The functions of ONNX that select and arrange the elements of constants.</summary>
internal static class OnnxFunctions
{
    private const int MaximumDimensions = 8;

    private static readonly string[] Known =
        ["Identity", "Cast", "Slice", "Concat", "Unsqueeze", "Squeeze", "Transpose", "Reshape", "Gather"];

    /// <summary>Whether a function can be computed.</summary>
    public static bool IsKnown(string operation) => Known.Contains(operation);

    /// <summary>The value of a node; null if its arguments are not constants or do not fit.</summary>
    public static NamedTensor? Compute(
        OnnxNode node, IReadOnlyList<NamedTensor> inputs, OnnxConstants constants, int depth)
    {
        NamedTensor input = inputs[0];
        if (inputs.Any(tensor => tensor.Shape.Length > MaximumDimensions))
            return null;
        return node.Operation switch
        {
            "Identity" or "Cast" => input,
            "Slice" => Slice(node, input, constants, depth),
            "Concat" => Concat(inputs, ToAxis(node.GetInteger("axis", 0), input.Shape.Length)),
            "Unsqueeze" => Unsqueeze(input, constants.FindIntegers(node, "axes", 1, depth)),
            "Squeeze" => Squeeze(input, constants.FindIntegers(node, "axes", 1, depth)),
            "Transpose" => Transpose(input, node.FindIntegers("perm")),
            "Reshape" => Reshape(input, constants.FindIntegers(node, "shape", 1, depth)),
            _ => Gather(node, input, constants.Find(node.Input(1), depth + 1)),
        };
    }

    private static NamedTensor? Slice(OnnxNode node, NamedTensor input, OnnxConstants constants, int depth)
    {
        long[]? starts = constants.FindIntegers(node, "starts", 1, depth),
            ends = constants.FindIntegers(node, "ends", 2, depth),
            axes = constants.FindIntegers(node, "axes", 3, depth),
            steps = constants.FindIntegers(node, "steps", 4, depth);
        axes ??= [.. Enumerable.Range(0, starts?.Length ?? 0).Select(axis => (long)axis)];
        if (starts is null || ends?.Length != starts.Length || axes.Length != starts.Length
            || steps?.Any(step => step != 1) == true)
        {
            return null;
        }

        NamedTensor? result = input;
        for (int i = 0; i < starts.Length && result is not null; i++)
        {
            int axis = ToAxis(axes[i], result.Shape.Length);
            if (axis < 0)
                return null;
            long size = result.Shape[axis], start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size),
                end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], start, size);
            result = Select(result, axis, [.. Enumerable.Range((int)start, (int)(end - start))]);
        }

        return result;
    }

    private static NamedTensor? Gather(OnnxNode node, NamedTensor input, NamedTensor? indices)
    {
        int axis = ToAxis(node.GetInteger("axis", 0), input.Shape.Length);
        if (indices is null || axis < 0 || indices.Shape.Length > 1 || indices.Values.Length > input.Shape[axis])
            return null;
        int size = input.Shape[axis];
        int[] selected =
            [.. indices.Values.Select(index => (int)Math.Clamp(index < 0 ? index + size : index, -1, size))];
        if (selected.Any(index => index < 0 || index >= size))
            return null;
        NamedTensor? result = Select(input, axis, selected);
        return indices.Shape.Length == 1 || result is null ? result
            : result with { Shape = [.. result.Shape[..axis], .. result.Shape[(axis + 1)..]] };
    }

    /// <summary>The parts of an array at some indices of an axis.</summary>
    private static NamedTensor? Select(NamedTensor input, int axis, int[] indices)
    {
        if (axis < 0)
            return null;
        ReadOnlySpan<int> shape = input.Shape;
        int size = shape[axis], inner = Product(shape[(axis + 1)..]), outer = Product(shape[..axis]);
        var values = new double[outer * indices.Length * inner];
        for (int i = 0; i < outer; i++)
        {
            foreach ((int place, int index) in indices.Index())
            {
                Array.Copy(
                    input.Values, ((i * size) + index) * inner, values, ((i * indices.Length) + place) * inner, inner);
            }
        }

        return new("", [.. shape[..axis], indices.Length, .. shape[(axis + 1)..]], values);
    }

    private static NamedTensor? Concat(IReadOnlyList<NamedTensor> inputs, int axis)
    {
        int[] shape = inputs[0].Shape;
        if (axis < 0 || inputs.Any(input => input.Shape.Length != shape.Length
            || !input.Shape.Where((_, i) => i != axis).SequenceEqual(shape.Where((_, i) => i != axis))))
        {
            return null;
        }

        var values = new List<double>();
        for (int i = 0; i < Product(shape.AsSpan(0, axis)); i++)
        {
            foreach (NamedTensor input in inputs)
            {
                int length = Product(input.Shape.AsSpan(axis));
                values.AddRange(input.Values.AsSpan(i * length, length));
            }
        }

        return new("", [.. shape[..axis], inputs.Sum(input => input.Shape[axis]), .. shape[(axis + 1)..]], [.. values]);
    }

    private static NamedTensor? Unsqueeze(NamedTensor input, long[]? axes)
    {
        int rank = input.Shape.Length + (axes?.Length ?? 0);
        if (axes is null || rank > MaximumDimensions)
            return null;
        var shape = new List<int>(input.Shape);
        foreach (int axis in axes.Select(axis => ToAxis(axis, rank)).Order())
        {
            if (axis < 0 || axis > shape.Count)
                return null;
            shape.Insert(axis, 1);
        }

        return input with { Shape = [.. shape] };
    }

    private static NamedTensor? Squeeze(NamedTensor input, long[]? axes)
    {
        int rank = input.Shape.Length;
        int[] removed = axes is null ? [.. Enumerable.Range(0, rank).Where(axis => input.Shape[axis] == 1)]
            : [.. axes.Select(axis => ToAxis(axis, rank))];
        return removed.Any(axis => axis < 0 || input.Shape[axis] != 1) ? null
            : input with { Shape = [.. input.Shape.Where((_, axis) => !removed.Contains(axis))] };
    }

    private static NamedTensor? Transpose(NamedTensor input, IReadOnlyList<long>? permutation)
    {
        int rank = input.Shape.Length;
        long[] order = [.. permutation ?? [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)]];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis)))
            return null;
        int[] shape = [.. order.Select(axis => input.Shape[axis])],
            strides = [.. order.Select(axis => Product(input.Shape.AsSpan((int)axis + 1)))];
        var values = new double[input.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int source = 0, rest = i;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                (rest, int index) = Math.DivRem(rest, shape[axis]);
                source += index * strides[axis];
            }

            values[i] = input.Values[source];
        }

        return new("", shape, values);
    }

    /// <summary>A size of 0 is that of the input, and one of −1 follows from the others.</summary>
    private static NamedTensor? Reshape(NamedTensor input, long[]? sizes)
    {
        if (sizes is null || sizes.Length > MaximumDimensions || sizes.Any(size => size < -1)
            || sizes.Count(size => size == -1) > 1)
        {
            return null;
        }

        long[] shape = [.. sizes.Select((size, axis) => size == 0 ? input.Shape.ElementAtOrDefault(axis) : size)];
        Int128 known = shape.Where(size => size != -1).Aggregate((Int128)1, (product, size) => product * size);
        int count = input.Values.Length;
        bool fits = shape.Contains(-1) ? known > 0 && count % known == 0 : known == count;
        return fits ? input with { Shape = [.. shape.Select(size => (int)(size == -1 ? count / known : size))] } : null;
    }

    /// <summary>An axis from the beginning; −1 if there is none.</summary>
    private static int ToAxis(long axis, int rank)
        => axis < 0 && axis >= -rank ? (int)(axis + rank) : axis >= 0 && axis < rank ? (int)axis : -1;

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
            product *= size;
        return product;
    }
}
