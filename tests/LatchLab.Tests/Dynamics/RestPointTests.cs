using System.Text.Json;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Networks;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>Fixed points of networks of cells, against those that another program found, and known ones.</summary>
public sealed class RestPointTests
{
    [Theory]
    [InlineData("first", 1, 1)]
    [InlineData("flip", 27, 8)]
    [InlineData("exploding", 5, 0)]
    public void The_fixed_points_of_trained_networks_are_those_of_the_reference(string name, int count, int stable)
    {
        TrainedNetworks trained = name == "first" ? TrainedNetworks.FirstBit
            : name == "flip" ? TrainedNetworks.FlipFlop : TrainedNetworks.Exploding;
        RestPoints found = Find(trained.Network, trained.Run());
        Assert.Equal((count, 1), (found.Points.Count, found.IndexSum));
        Assert.Equal(IndexVerdict.ConsistentWithComplete, found.Verdict);
        Assert.Equal(RestPointEnding.NothingNew, found.Ending);
        Assert.Equal(stable, found.Points.Count(point => point.Stability == RestPointStability.Stable));
        Assert.Equal(found.Starts, found.NotConverged + found.Points.Sum(point => point.Starts));
        foreach (JsonElement reference in trained.Reference.GetProperty("fixed_points_input_0").GetProperty("points")
            .EnumerateArray())
        {
            double[] state = Numbers(reference.GetProperty("state"));
            RestPoint point = found.Points.MinBy(point => Distance(point.State, state))!;
            Assert.InRange(Distance(point.State, state), 0.0, 1e-6);
            Assert.Equal(
                (reference.GetProperty("index").GetInt32(), reference.GetProperty("unstable").GetInt32()),
                (point.Index, point.UnstableDirections));
            Assert.Equal(reference.GetProperty("spectral_radius").GetDouble(), point.SpectralRadius, 1e-6);
            Assert.InRange(Distance(point.Outputs, Numbers(reference.GetProperty("output"))), 0.0, 1e-6);
            foreach (double[] value in reference.GetProperty("eigenvalues").EnumerateArray().Select(Numbers))
            {
                Assert.Contains(point.Eigenvalues, eigenvalue
                    => Distance([eigenvalue.Value.Real, eigenvalue.Value.Imaginary], value) < 1e-6);
            }
        }
    }

    [Fact]
    public void Threads_and_lanes_do_not_change_the_result()
    {
        TrainedNetworks trained = TrainedNetworks.FlipFlop;
        double[][] visited = trained.Run();
        var options = new RestPointOptions { VisitedStarts = 20, UniformStarts = 20, RestOrbits = 4, MaxStarts = 100 };
        string[] results = [.. Enumerable.Range(1, 3).Select(threads => JsonSerializer.Serialize(Find(
            trained.Network, visited, options: options with
            {
                Threads = threads,
                Lanes = threads == 1 ? LatchLab.Numerics.LaneKind.Scalar : null,
            })))];
        Assert.Single(results.Distinct());
    }

    // h = (1 − z)·tanh(2h) + z·h in each unit, r = ½: three solutions each, those of h = tanh 2h.
    [Fact]
    public void Uncoupled_units_have_every_combination_of_their_own_fixed_points()
    {
        const int n = 3;
        CellDefinition network = Of("gru", n, ("wg", 4.0));
        RestPoints found = Find(network, []);
        Assert.Equal((27, 1), (found.Points.Count, found.IndexSum));
        Assert.Equal(8, found.Points.Count(point => point.Stability == RestPointStability.Stable));
        foreach (RestPoint point in found.Points)
        {
            int zeros = point.State.Count(h => Math.Abs(h) < 1e-9);
            Assert.Equal((zeros, zeros % 2 == 0 ? 1 : -1), (point.UnstableDirections, point.Index));
            Assert.All(point.State, h => Assert.Equal(Math.Tanh(2.0 * h), h, 1e-12));
            Assert.Equal(
                zeros == n ? RestPointStability.Repelling
                    : zeros > 0 ? RestPointStability.Saddle : RestPointStability.Stable, point.Stability);
        }
    }

    [Fact]
    public void Given_states_are_the_first_starts()
    {
        CellDefinition network = Of("gru", 3, ("wg", 4.0));
        RestPoint point = Find(network, []).Points[^2];
        double[] near = [.. point.State.Select(h => h + 0.01)];
        RestPoints found = Find(network, [], options: new() { FirstStarts = [near], MaxStarts = 1 });
        Assert.InRange(Distance(Assert.Single(found.Points).State, point.State), 0.0, 1e-9);
        Assert.Throws<ValidationException>(() => Find(network, [], options: new() { FirstStarts = [[0.5]] }));
    }

    [Theory]
    [InlineData(false, 16, 17)]     // a pair of conjugate eigenvalues is not divided
    [InlineData(true, 257, 257)]
    public void Full_spectra_of_large_networks_are_computed_on_request(bool isRequested, int fewest, int most)
    {
        RestPoints found = Find(TrainedNetworks.Random("elman", 257, 1, seed: 1, scale: 0.5), [], options: new()
        {
            MaxStarts = 1,
            AllEigenvalues = isRequested,
        });
        Assert.InRange(Assert.Single(found.Points).Eigenvalues.Count, fewest, most);
    }

    // The rule is about all fixed points, so a search that finds all of them must find the sum 1, and an odd number.
    [Theory]
    [InlineData("elman", 6.0)]
    [InlineData("gru", 6.0)]
    [InlineData("gru-reset-before", 6.0)]
    [InlineData("lstm", 6.0)]
    [InlineData("lstm-coupled", 6.0)]
    [InlineData("lstm-projected", 3.0)]
    public void Random_networks_have_an_odd_number_of_fixed_points_with_the_index_sum_1(string kind, double scale)
    {
        int decided = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            CellDefinition network = TrainedNetworks.Random(kind, 2 + (seed % 3), 1, seed, scale);
            RestPoints found = Find(network, [], options: new() { UniformStarts = 60, MaxStarts = 600 });

            // A forget gate of 1 − 1e-10 makes a point degenerate, whose index is not known.
            bool isDecided = found.Points.All(point => point.Index != 0);
            decided += isDecided ? 1 : 0;
            Assert.True(
                !isDecided || (found.IndexSum == 1 && found.Points.Count % 2 == 1), $"seed {seed}: {found}");
        }

        Assert.InRange(decided, 7, 8);
    }

    [Theory]
    [InlineData("tanh", IndexVerdict.Undecided)]
    [InlineData("relu", IndexVerdict.NotApplicable)]
    public void The_fixed_points_of_the_identity_are_marginal(string unit, IndexVerdict verdict)
    {
        CellDefinition network = Of("elman", 3, unit, ("w", 1.0));
        double[][] visited = [[0.5, 0.25, 0.125], [-0.5, 0.5, 0.25], [0.0, 0.0, 1.0]];
        RestPoints found = Find(network, visited, options: new() { UniformStarts = 8, MaxStarts = 60 });
        Assert.NotEmpty(found.Points);
        Assert.All(found.Points, point => Assert.Equal(RestPointStability.Marginal, point.Stability));
        Assert.Equal(verdict, found.Verdict);
        Assert.Equal(0, found.Missing);
    }

    [Fact]
    public void A_point_where_all_displacements_grow_is_repelling()
    {
        RestPoint point = Assert.Single(Find(Of("elman", 2, ("w", -3.0)), []).Points);
        Assert.Equal((RestPointStability.Repelling, 1, 2), (point.Stability, point.Index, point.UnstableDirections));
    }

    [Fact]
    public void A_constant_input_moves_the_points()
    {
        RestPoints found = Find(Of("elman", 1, ("w", 0.5), ("v", 1.0)), [], inputs: [0.3]);
        double h = Assert.Single(found.Points).State[0];
        Assert.Equal(Math.Tanh((0.5 * h) + 0.3), h, 1e-14);
    }

    [Fact]
    public void A_search_ends_at_its_deadline_and_at_its_limits()
    {
        CellDefinition network = Of("gru", 3, ("wg", 4.0));
        RestPoints found = RestPoints.Find(network, [], deadline: new CancellationToken(canceled: true));
        Assert.Equal((RestPointEnding.Deadline, 0), (found.Ending, found.Starts));
        found = Find(network, [], options: new() { MaxPoints = 5 });
        Assert.Equal((RestPointEnding.PointsUsedUp, 5), (found.Ending, found.Points.Count));
        var reports = new List<RestPointProgress>();
        found = Find(
            network, [], options: new() { UniformStarts = 3, MaxStarts = 4 }, progress: new Recorder(reports));
        Assert.Equal((4, 4), (found.Starts, reports[^1].Starts));
    }

    [Fact]
    public void Sizes_that_are_not_those_of_the_network_are_refused_all_at_once()
    {
        ValidationException error = Assert.Throws<ValidationException>(
            () => Find(Of("gru", 3), [[0.0, 0.0], [0.0, double.NaN, 0.0]], inputs: [1.0, 2.0]));
        Assert.Equal(["inputs", "visited[0]", "visited[1]"], error.Errors.Select(one => one.Field));
    }

    private static RestPoints Find(
        CellDefinition network, IReadOnlyList<IReadOnlyList<double>> visited, IReadOnlyList<double>? inputs = null,
        RestPointOptions? options = null, IProgress<RestPointProgress>? progress = null)
        => RestPoints.Find(network, visited, inputs, options, progress, TestContext.Current.CancellationToken);

    private static CellDefinition Of(string kind, int n, params (string Block, double Diagonal)[] blocks)
        => Of(kind, n, "tanh", blocks);

    /// <summary>A network whose blocks are 0, multiples of the identity, or of a vector of ones.</summary>
    private static CellDefinition Of(
        string kind, int n, string unit, params (string Block, double Diagonal)[] blocks)
    {
        CellDefinition zero = TrainedNetworks.Random(kind, n, 1, seed: 0, scale: 0.0, unit);
        double[] parameters = [.. zero.Parameters];
        foreach ((string name, double value) in blocks)
        {
            var block = zero.Blocks.Single(block => block.Name == name);
            for (int i = 0; i < block.Rows; i++)
                parameters[block.Offset + (i * block.Columns) + (block.Columns == 1 ? 0 : i)] = value;
        }

        return (CellDefinition)zero.WithParameters(parameters);
    }

    private static double Distance(IEnumerable<double> a, IEnumerable<double> b)
        => PeriodicOrbit.Distance(a.ToArray(), b.ToArray());

    private static double[] Numbers(JsonElement values)
        => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private sealed class Recorder(List<RestPointProgress> reports) : IProgress<RestPointProgress>
    {
        public void Report(RestPointProgress value) => reports.Add(value);
    }
}
