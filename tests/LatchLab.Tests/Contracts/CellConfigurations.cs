using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// Small configurations of every network of cells: one and two layers, both readouts, learned inputs, several inputs
/// and outputs, targets at the last and at every step.
/// </summary>
internal static class CellConfigurations
{
    public static IReadOnlyList<string> Kinds { get; } =
        [.. KnownNetworkKinds.All.OfType<LayeredKind>().Select(kind => kind.Name)];

    /// <summary>A learner for each way to train: on-line, forward, in mini-batches, and by search.</summary>
    public static IReadOnlyDictionary<string, LearnerDefinition> Learners { get; } =
        new Dictionary<string, LearnerDefinition>
        {
            ["back-propagation"] = new Backpropagation { Optimizer = Clipped },
            ["forward-propagation"] = new ForwardPropagation { Optimizer = Clipped },
            ["mini-batches"] = new Backpropagation
            {
                Updates = UpdateTime.MiniBatch,
                BatchSize = 4,
                Optimizer = Clipped,
            },
            ["multigrid-random-search"] = new MultigridRandomSearch(),
        };

    private static OptimizerSettings Clipped => new() { Optimizer = "clip-norm 1; adam" };

    /// <summary>The tasks, each with another network. Configurations of one task differ in length.</summary>
    public static IReadOnlyList<TrainingConfiguration[]> Of(string kind, string learner)
    {
        var design = new NetworkDesign { Network = kind, Units = 3 };
        NetworkDesign deep = design with { Layers = 2, Readout = TrainedReadout.Tanh };
        (string Task, NetworkDesign Network)[] combinations =
        [
            ("latch", design),
            ("flip-flop", deep),
            ("adding", design with { Readout = TrainedReadout.Tanh }),
            ("dataset", deep with { Readout = TrainedReadout.Linear, Initialization = "recurrent=orthogonal" }),
        ];
        return
        [
            .. from combination in combinations
               where ContractConfigurations.CanTrain(
                   KnownTasks.All.Single(task => task.Name == combination.Task), Learners[learner])
               select ContractConfigurations.Lengths.Select(length => ContractConfigurations.Of(
                   combination.Task, Learners[learner], combination.Network, length)).ToArray(),
        ];
    }
}
