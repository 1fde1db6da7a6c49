using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>
/// The functions of PyTorch whose meaning is known: those that rebuild tensors from their numbers. Every other call of
/// a pickle becomes an object without content.
/// </summary>
internal static class TorchCalls
{
    private const int MaximumDimensions = 8;

    private static readonly Dictionary<string, ElementType> Storages = new()
    {
        ["DoubleStorage"] = ElementType.Float64,
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["LongStorage"] = ElementType.Int64,
        ["IntStorage"] = ElementType.Int32,
        ["ShortStorage"] = ElementType.Int16,
        ["CharStorage"] = ElementType.Int8,
        ["ByteStorage"] = ElementType.UInt8,
        ["BoolStorage"] = ElementType.Boolean,
        ["QInt32Storage"] = new("qint32", 4),
        ["ComplexFloatStorage"] = new("complex64", 8),
        ["ComplexDoubleStorage"] = new("complex128", 16),
    };

    /// <summary>
    /// The storage of a persistent identifier ('storage', type, key, location, count), or the class of one
    /// ('module', class, …), as files of PyTorch before 1.6 have.
    /// </summary>
    public static object? CreateStorage(object? identifier) => (identifier as PickledTuple)?.Items switch
    {
        ["storage", PickledName type, string key, _, long count, ..]
            => new PickledStorage(Storages.GetValueOrDefault(type.Name) ?? new(type.Name, 1), key, count),
        ["module", PickledName type, ..] => type,
        _ => null,
    };

    /// <summary>The value of a call.</summary>
    public static object? Call(object? function, object? arguments)
    {
        object?[] items = (arguments as PickledTuple)?.Items ?? [];
        return (function as PickledName)?.ToString() switch
        {
            "collections.OrderedDict" => new PickledDictionary(),
            "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor_v3"
                or "torch._utils._rebuild_qtensor" => CreateTensor(items),
            "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state"
                or "torch.jit._pickle.restore_type_tag" or "torch.jit._pickle.build_tensorlist"
                    => items.ElementAtOrDefault(0),
            "torch._tensor._rebuild_from_type_v2" when items is [PickledName rebuild, _, PickledTuple inner, ..]
                => CreateRebuilt(rebuild, inner),
            _ => new PickledObject(function),
        };
    }

    /// <summary>A tensor of a subclass, or with attributes.</summary>
    private static object? CreateRebuilt(PickledName rebuild, PickledTuple arguments)
        => rebuild.Name == "_rebuild_from_type_v2" ? new PickledObject(rebuild) : Call(rebuild, arguments);

    private static PickledTensor? CreateTensor(object?[] arguments)
        => arguments is [PickledStorage storage, long offset, PickledTuple shape, PickledTuple strides, ..]
            && shape.Items.Length == strides.Items.Length && shape.Items.Length <= MaximumDimensions
            && shape.Items.All(size => size is long and >= 0 and <= int.MaxValue)
            && strides.Items.All(stride => stride is long)
                ? new(storage, offset, [.. shape.Items.Select(size => (int)(long)size!)],
                    [.. strides.Items.Select(stride => (long)stride!)])
                : null;
}
