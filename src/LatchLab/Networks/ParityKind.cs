using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>The seven-parameter network of the Parity problem: <see cref="ParityNetwork{TUnits}"/>.</summary>
public sealed record ParityKind : NetworkKind
{
    public override string Name => "parity";

    public override string Description => "the two units with seven parameters of the Parity problem";

    public override double RandomWordPart => 2.0;

    public override bool SupportsSeveralInputsAndOutputs => false;

    public override int CountUnits(NetworkDesign design) => 2;

    public override IReadOnlyList<ParameterBlock> GetBlocks(NetworkDesign design, NetworkShape shape)
        => [.. ParameterNames.Parity.Select((name, i) => new ParameterBlock(name, RoleOf(name), 1, 1, i))];

    public override IReadOnlyList<string> GetParameterNames(NetworkDesign design, NetworkShape shape)
        => ParameterNames.Parity;

    public override IReadOnlyList<(double Minimum, double Maximum)> GetOutputRanges(NetworkDesign design, int outputs)
        => [KnownUnits.GetTargetRange(design.Unit, 0)];

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design)
        => FindIdleConnections(NetworkDesign.FixedConnections(this, design), [
            nameof(NetworkDesign.Units), nameof(NetworkDesign.Biases), nameof(NetworkDesign.InputWeights),
            .. CellSettings]).Append((nameof(NetworkDesign.Projection), NetworkDesign.NoProjection(Name)));

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(
        NetworkDesign design, NetworkShape shape)
    {
        if (KnownUnits.Validate(design.Unit, design.UnitCount) is null
            && ParityDefinition.ValidateInitialOutput(design.Unit, design.InitialOutput) is { } error)
        {
            yield return (["network.network", "network.units", "network.unit"],
                new("", "network.initial-output", error));
        }
    }

    public override NetworkDefinition CreateDefinition(
        NetworkDesign design, NetworkShape shape, IReadOnlyList<double> values)
        => new ParityDefinition(design.Unit, values, design.InitialOutput);

    private static BlockRole RoleOf(string name) => name switch
    {
        "w2" or "w4" => BlockRole.Recurrent,
        "w1" or "w3" => BlockRole.Input,
        "w5" => BlockRole.Projection,
        _ => BlockRole.Bias,
    };
}
