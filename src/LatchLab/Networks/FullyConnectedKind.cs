using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;

namespace LatchLab.Networks;

/// <summary>
/// Fully connected units, the last of which are the outputs: <see cref="FullyConnected{TUnits, TForm}"/>.
/// </summary>
public sealed record FullyConnectedKind : NetworkKind
{
    public override string Name => "fully-connected";

    public override string Description => "fully connected units, the last of which are the outputs (Section V-E)";

    public override double RandomWordPart => 1.0;

    public override bool HasInputWeights(NetworkDesign design, int inputs)
        => inputs > 1 || design.InputWeights == InputWeightUse.Always;

    public override IReadOnlyList<ParameterBlock> GetBlocks(NetworkDesign design, NetworkShape shape)
    {
        int n = design.Units, m = HasInputWeights(design, shape.Inputs) ? shape.Inputs : 0;
        List<ParameterBlock> blocks = [new("w", BlockRole.Recurrent, n, n, 0)];
        if (m > 0)
            blocks.Add(new("v", BlockRole.Input, n, m, n * n));
        if (design.Biases == BiasUse.Yes)
            blocks.Add(new("b", BlockRole.Bias, n, 1, n * (n + m)));
        return blocks;
    }

    public override IReadOnlyList<(double Minimum, double Maximum)> GetOutputRanges(NetworkDesign design, int outputs)
        => [.. GetOutputUnits(design, outputs).Select(unit => KnownUnits.GetTargetRange(design.Unit, unit))];

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkDesign design)
    {
        yield return (nameof(NetworkDesign.InitialOutput), NetworkDesign.NoInitialOutput(Name));
        yield return (nameof(NetworkDesign.Projection), NetworkDesign.NoProjection(Name));
        foreach (string setting in CellSettings)
        {
            yield return (setting,
                $"the network {Name} has one layer whose last units are the outputs; elman has a choice");
        }
    }

    public override IEnumerable<(string Setting, string Reason)> FindIdleSettings(NetworkShape shape)
        => shape.Inputs > 1
            ? [("network.input-weights", "a step has several inputs, which always have weights")] : [];

    public override IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate(
        NetworkDesign design, NetworkShape shape)
    {
        if (design.Units >= shape.Outputs && KnownUnits.Validate(design.Unit, design.UnitCount) is null
            && GetOutputRanges(design, shape.Outputs).Distinct().Count() > 1)
        {
            yield return (["network.network", "network.units"],
                new("", "network.unit", $"the last {shape.Outputs} units are the outputs, and they must " +
                "have one range of targets: make none or all of them logistic or relu"));
        }
    }

    public override NetworkDefinition CreateDefinition(
        NetworkDesign design, NetworkShape shape, IReadOnlyList<double> values)
    {
        int recurrentCount = design.Units * design.Units,
            inputWeightCount = HasInputWeights(design, shape.Inputs) ? design.Units * shape.Inputs : 0;
        IReadOnlyList<int> outputs = GetOutputUnits(design, shape.Outputs);
        double[] weights = [.. values.Take(recurrentCount)],
            inputWeights = [.. values.Skip(recurrentCount).Take(inputWeightCount)];
        double[]? biases = design.Biases == BiasUse.Yes ? [.. values.Skip(recurrentCount + inputWeightCount)] : null;
        return inputWeightCount == 0
            ? new FullyConnectedDefinition(design.Unit, design.Units, input: 0, outputs, weights, biases)
            : new FullyConnectedDefinition(design.Unit, design.Units, inputWeights, outputs, weights, biases);
    }

    /// <summary>The output units: the last.</summary>
    private static IReadOnlyList<int> GetOutputUnits(NetworkDesign design, int outputs)
        => [.. Enumerable.Range(design.Units - outputs, outputs)];
}
