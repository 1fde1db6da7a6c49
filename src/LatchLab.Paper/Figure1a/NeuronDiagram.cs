using LatchLab.Figures;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper.Figure1a;

/// <summary>
/// Figure 1(a): a diagram of the latching recurrent neuron of eq. (1): the sum a_t, the unit, and the self-loop w. The
/// number and the positions of the parameters come from the network.
/// </summary>
internal sealed class NeuronDiagram : IExperiment
{
    public string Id => "figure-1a";

    public string Title => "Figure 1(a): the latching recurrent neuron";

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings) => [];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => ["task.inputs"];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        int trainable = settings.BaseTask.Inputs;
        var network = new LatchNeuron<Tanh>(trainable, classes: 2, default);
        const int input = 0, summation = 1, unit = 2, output = 3;
        Node[] nodes =
        [
            new("hₜ", 0.0, 0.0, IsOutlined: false),
            new("Σ", 2.0, 0.0),
            new("tanh", 4.0, 0.0),
            new("xₜ", 6.0, 0.0, IsOutlined: false),
        ];
        Arrow[] arrows =
        [
            new(input, summation, ""),
            new(summation, unit, "aₜ"),
            new(unit, output, ""),
            new(unit, summation, "w", ArcHeight: 1.4),
        ];
        string[] equations =
        [
            "aₜ = w·xₜ₋₁ + hₜ,   xₜ = tanh aₜ,   x₀ = 0",
            $"hₜ is trainable for t ≤ L = {trainable} and noise for t > L",
        ];
        var data = new Table(
            ["parameter", "meaning"],
            [
                ["0", "self-loop weight w"],
                .. from sequenceClass in Enumerable.Range(0, 2).Reverse()
                   from step in Enumerable.Range(1, trainable)
                   select new[] { Table.FormatInteger(network.InputParameterIndex(step, sequenceClass)),
                       $"input of step {step} in class {sequenceClass}" },
            ]);
        var figure = new Figure(
            Id,
            Title,
            $"One unit with a self-loop, eq. (1). Its {network.Parameters} parameters are the weight w and, " +
                $"for each class of sequences, the first {trainable} inputs.",
            [new Diagram("", nodes, arrows, equations)],
            Columns: 1,
            data);
        return new([figure], []);
    }
}
