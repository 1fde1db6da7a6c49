using System.Globalization;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>The latching neuron of Figure 1(a): <see cref="LatchNeuron{TUnits}"/>.</summary>
public sealed record LatchKind : NetworkKind
{
    public override string Name => "latch";

    public override string Description => "one unit that feeds back to itself, with learned inputs (Figure 1(a))";

    public override double RandomWordPart => 0.0;

    public override bool SupportsTrainableInputs => true;

    public override bool SupportsSeveralInputsAndOutputs => false;

    public override int CountUnits(NetworkDesign design) => 1;

    public override bool HasChosenWeight => true;

    public override IReadOnlyList<double> GetRandomWordParts(NetworkDesign design)
        => design.Weight == WeightUse.Drawn ? base.GetRandomWordParts(design) : [design.InitialWeight];

    public override string GetGivenRule(NetworkDesign design)
        => design.Weight == WeightUse.Drawn ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"w{(design.Weight == WeightUse.Frozen ? ":=" : "=")}{design.InitialWeight:R};");

    public override IReadOnlyList<ParameterBlock> GetBlocks(NetworkDesign design, NetworkShape shape)
        =>
        [
            new("w", BlockRole.Recurrent, 1, 1, 0),
            new("u1", BlockRole.LearnedInput, shape.TrainableInputs, 1, 1),
            new("u0", BlockRole.LearnedInput, shape.TrainableInputs, 1, 1 + shape.TrainableInputs),
        ];

    public override IReadOnlyList<string> GetParameterNames(NetworkDesign design, NetworkShape shape)
        => ParameterNames.Latch(shape.TrainableInputs, classes: 2);

    public override IReadOnlyList<(double Minimum, double Maximum)> GetOutputRanges(NetworkDesign design, int outputs)
        => [KnownUnits.GetTargetRange(design.Unit, 0)];

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design)
    {
        yield return (nameof(NetworkDesign.InitialOutput), NetworkDesign.NoInitialOutput(Name));
        yield return (nameof(NetworkDesign.Projection), NetworkDesign.NoProjection(Name));
        foreach (var idle in FindIdleConnections(NetworkDesign.FixedConnections(this, design), [
            nameof(NetworkDesign.Units), nameof(NetworkDesign.Biases), nameof(NetworkDesign.InputWeights),
            .. CellSettings]))
            yield return idle;
    }

    public override NetworkDefinition CreateDefinition(
        NetworkDesign design, NetworkShape shape, IReadOnlyList<double> values)
        => new LatchDefinition(
            design.Unit,
            values[0],
            [.. values.Skip(1).Take(shape.TrainableInputs)],
            [.. values.Skip(1 + shape.TrainableInputs)]);
}
