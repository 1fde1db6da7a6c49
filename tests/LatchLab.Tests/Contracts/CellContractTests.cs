using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Numerics;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Contracts;

/// <summary>The contracts of trials and of network files, for every network of cells.</summary>
public sealed class CellContractTests
{
    public static TheoryData<string, string> All
        => new(from kind in CellConfigurations.Kinds.Index()
               from learner in CellConfigurations.Learners.Keys.Index()
               where SlowTests.CombinesAll || (kind.Index + learner.Index) % 2 == 0
               select (kind.Item, learner.Item));

    public static TheoryData<string> Kinds => [.. CellConfigurations.Kinds];

    [Theory]
    [MemberData(nameof(All))]
    public void A_trial_is_the_same_on_every_lane_type_and_number_of_threads_and_alone(string kind, string learner)
    {
        int changed = 0;
        foreach (TrainingConfiguration[] configurations in CellConfigurations.Of(kind, learner))
        {
            // Four lanes take three trials of each of three lengths, so that lanes are refilled.
            string[][] expected = Describe(ContractConfigurations.Run(configurations, LaneKind.Scalar, trials: 3));
            foreach (LaneKind lane in SlowTests.LaneKinds.Skip(1))
            {
                int threads = lane == LaneKind.Widest ? 2 : 1;
                Assert.Equal(
                    expected, Describe(ContractConfigurations.Run(configurations, lane, threads, trials: 3)));
            }

            for (int i = 0; i < configurations.Length; i++)
            {
                Assert.Equal(
                    expected[i][0],
                    Describe(ContractConfigurations.Run([configurations[i]], LaneKind.Widest, trials: 1))[0][0]);
                string start = FormatBits(
                    configurations[i].CreateTrialStart(ContractConfigurations.Seed, 0).InitialParameters);
                changed += expected[i][0].EndsWith(start, StringComparison.Ordinal) ? 0 : 1;
            }
        }

        Assert.NotEqual(0, changed);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_trained_network_is_read_from_its_file_bit_for_bit(string kind)
    {
        foreach (TrainingConfiguration[] configurations in CellConfigurations.Of(kind, "back-propagation"))
        {
            IReadOnlyList<double> values = configurations[0].CreateTrialStart(seed: 3, trialIndex: 1).InitialParameters;
            var network = (CellDefinition)configurations[0].CreateNetwork(values);
            var read = (CellDefinition)NetworkFile.Parse(NetworkFile.Serialize(network), "written");
            Assert.Equal((network.Kind, network.Size, network.Unit), (read.Kind, read.Size, read.Unit));
            Assert.Equal(network.ParameterNames, read.ParameterNames);
            Assert.Equal(FormatBits(values), FormatBits(read.Parameters));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Layers_readout_and_initialization_change_trials(string kind)
    {
        TrainingConfiguration plain = CellConfigurations.Of(kind, "back-propagation")[0][0];
        string[] results =
        [
            .. from changed in (IEnumerable<(string, string)[]>)
               [
                   [], [("network.layers", "2")], [("network.readout", "tanh")],
                   [("network.initialization", "recurrent=orthogonal")], [("network.initial-range", "0.3")],
                   [("network.units", "4")],
               ]
               let configuration = Settings.With(plain, changed.ToDictionary(), [])
               select Describe(ContractConfigurations.Run([configuration], LaneKind.Widest, trials: 2))[0]
               into trials
               select string.Join('\n', trials),
        ];
        Assert.Equal(results.Length, results.Distinct().Count());
    }

    /// <summary>[configuration][trial]: the outcome and the final parameters.</summary>
    private static string[][] Describe(SweepOutcomes outcomes)
        => [.. outcomes.Sweep.Configurations.Select((_, index) => Enumerable
            .Range(0, outcomes.Sweep.TrialsPerConfiguration)
            .Select(trial => $"{outcomes.GetOutcomes(index)[trial]} " +
                FormatBits(outcomes.GetParameters(index, trial).ToArray())).ToArray())];

    private static string FormatBits(IEnumerable<double> values)
        => string.Join(' ', values.Select(BitConverter.DoubleToInt64Bits));
}
