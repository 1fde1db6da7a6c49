using LatchLab.Models.Interchange.Readers.Arrays;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>A class or function that a pickle names. It is never looked up, and never runs.</summary>
/// <param name="Module">Such as <c>torch.nn.modules.rnn</c>.</param>
/// <param name="Name">Such as <c>LSTM</c>.</param>
internal sealed record PickledName(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>What a pickle would create from a class or function, as data.</summary>
/// <param name="origin">The class or function.</param>
internal sealed class PickledObject(object? origin)
{
    /// <summary>The class or function; null if it is none.</summary>
    public PickledName? Origin { get; } = origin as PickledName;

    /// <summary>Its fields.</summary>
    public PickledDictionary Fields { get; set; } = new();
}

/// <summary>A dictionary; the order is that of the file.</summary>
internal sealed class PickledDictionary
{
    public List<(object? Key, object? Value)> Entries { get; } = [];

    /// <summary>The value of a text, or null.</summary>
    public object? Find(string key) => Entries.FindLast(entry => entry.Key is string text && text == key).Value;
}

/// <summary>A sequence of fixed length.</summary>
/// <param name="Items">The items.</param>
internal sealed record PickledTuple(object?[] Items);

/// <summary>The numbers of one or several tensors.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">Elements that the file claims.</param>
internal sealed record PickledStorage(ElementType Type, string Key, long Count);

/// <summary>A view of a storage.</summary>
/// <param name="Storage">The numbers.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Strides">The distance of neighbours along each dimension.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, int[] Shape, long[] Strides);
