namespace LatchLab.Networks;

/// <summary>A kind of network that a file can describe.</summary>
/// <param name="Name">Value of the field <c>network</c>.</param>
/// <param name="RequiredFields">Names of the other required fields; an optional field may replace one of them.</param>
/// <param name="Example">A complete file.</param>
/// <param name="Read">Builds the definition from its fields.</param>
public sealed record NetworkFileKind(
    string Name, IReadOnlyList<string> RequiredFields, string Example, Func<IFieldReader, NetworkDefinition> Read)
{
    /// <summary>Names of the optional fields.</summary>
    public IReadOnlyList<string> OptionalFields { get; init; } = [];

    /// <summary>Names of fields in earlier versions, which are still read, with today's names.</summary>
    public IReadOnlyDictionary<string, string> FormerFieldNames { get; init; } = new Dictionary<string, string>();
}

/// <summary>Every kind of network. To add one, add an entry here.</summary>
public static class KnownNetworks
{
    /// <summary>In the order of the paper.</summary>
    public static IReadOnlyList<NetworkFileKind> All { get; } =
    [
        new(
            "latch",
            ["unit", "weight", "inputs"],
            """{"network":"latch","unit":"tanh","weight":1.3,"inputs":[0.5,0.4,0.3]}""",
            LatchDefinition.Read)
        {
            OptionalFields = ["class-0-inputs"],
            FormerFieldNames = new Dictionary<string, string> { ["other-inputs"] = "class-0-inputs" },
        },
        new(
            "fully-connected",
            ["units", "unit", "input", "output", "weights"],
            """
            {"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":1,"weights":[[1.2,0.1],[-0.3,1.4]]}
            """,
            FullyConnectedDefinition.Read)
        {
            OptionalFields = ["outputs", "input-weights", "biases", "initial-state"],
        },
        new(
            "parity",
            ["unit", "weights"],
            """{"network":"parity","unit":"tanh","initial-output":0,"weights":[10,10,-15,10,10,-20,-15]}""",
            ParityDefinition.Read)
        {
            OptionalFields = ["initial-output"],
        },
        .. KnownNetworkKinds.All.Select(kind => kind.FileKind).OfType<NetworkFileKind>(),
    ];
}
