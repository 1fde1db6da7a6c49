using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Cells;

/// <summary>Rules of initial values: each method by its mathematics, and their order.</summary>
public sealed class InitializationTests
{
    private const double Range = 0.5;

    /// <summary>Two layers of 4 cells, 7 inputs and 9 outputs: matrices that are square, wide and tall.</summary>
    private static readonly NetworkShape Shape = new(TrainableInputs: 0, Inputs: 7, Outputs: 9);

    public static TheoryData<string> Kinds
        => [.. KnownNetworkKinds.All.OfType<LayeredKind>().Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parameters_without_a_rule_keep_their_draws(string kind)
    {
        double[] plain = Draw(kind, "");
        foreach (string rules in (string[])["recurrent=orthogonal", "c=0.25", "input=glorot; recurrent=identity"])
        {
            double[] values = Draw(kind, rules);
            foreach (ParameterBlock block in GetBlocks(kind))
            {
                bool hasRule = rules.Contains($"{block.Name}=", StringComparison.Ordinal)
                    || rules.Contains($"{Settings.FormatValue(block.Role)}=", StringComparison.Ordinal);
                Assert.Equal(!hasRule, Of(block, plain).SequenceEqual(Of(block, values)));
            }
        }

        Assert.All(plain, value => Assert.InRange(value, -Range, Range));
        Assert.Equal(plain, Draw(kind, "*=0; *=uniform"));
    }

    [Fact]
    public void A_uniform_draw_is_the_trial_s_stream_times_the_range()
    {
        UniformStream uniforms = CreateRandom(trial: 3).CreateUniformStream(Purpose.InitialParameters);
        double[] values = Draw("gru", "r=0", trial: 3);
        ParameterBlock readout = Find("gru", "r");
        for (int i = 0; i < values.Length; i++)
        {
            double expected = Range * ((2.0 * uniforms.Next()) - 1.0);
            Assert.Equal(readout.Contains(i) ? 0.0 : expected, values[i]);
        }
    }

    /// <summary>The bound is √(6/(rows + columns)).</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Glorot_scales_the_draws_to_its_bound(string kind)
    {
        double[] unit = Draw(kind, "", range: 1.0), values = Draw(kind, "*=glorot");
        foreach (ParameterBlock block in GetBlocks(kind))
        {
            double bound = Math.Sqrt(6.0 / (block.Rows + block.Columns));
            Assert.Equal(Of(block, unit).Select(draw => bound * draw), Of(block, values));
        }
    }

    /// <remarks>
    /// Vectors have a length of at most 9, and there are 4. In the second pass each of at most 3 subtractions has the
    /// error of a product of 9 terms and of a difference, 11ε; the norm has as much, and the sum of the test 9ε.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_orthogonal_matrix_has_orthonormal_rows_or_columns(string kind)
    {
        double epsilon = Math.ScaleB(1.0, -52);
        double[] values = Draw(kind, "recurrent=orthogonal; input=orthogonal; readout=orthogonal");
        foreach (ParameterBlock block in GetBlocks(kind).Where(block
            => block.Role is BlockRole.Recurrent or BlockRole.Input or BlockRole.Readout))
        {
            double[] matrix = Of(block, values);
            int count = Math.Min(block.Rows, block.Columns), length = Math.Max(block.Rows, block.Columns);
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = Enumerable.Range(0, length).Sum(k => Entry(i, k) * Entry(j, k));
                    Assert.Equal(i == j ? 1.0 : 0.0, product, 53 * epsilon);
                }
            }

            double Entry(int vector, int k) => block.Rows <= block.Columns
                ? matrix[(vector * block.Columns) + k] : matrix[(k * block.Columns) + vector];
        }
    }

    [Fact]
    public void Orthogonal_matrices_of_blocks_and_trials_differ()
    {
        var matrices = new List<double[]>();
        foreach (int trial in (int[])[0, 1])
        {
            double[] values = Draw("lstm", "recurrent=orthogonal", trial);
            matrices.AddRange(GetBlocks("lstm").Where(block => block.Role == BlockRole.Recurrent)
                .Select(block => Of(block, values)));
        }

        Assert.Equal(matrices.Count, matrices.DistinctBy(matrix => matrix[0]).Count());
        Assert.Equal(Draw("lstm", "recurrent=orthogonal", 1), Draw("lstm", "recurrent=orthogonal", 1));
    }

    [Fact]
    public void Identity_and_numbers_are_exact_and_later_rules_override_earlier_ones()
    {
        double[] values = Draw("elman", "*=0.125; recurrent=identity; v-2=-3; w-2=2; w-2=identity");
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], Of(Find("elman", "w-1"), values));
        Assert.Equal(Of(Find("elman", "w-1"), values), Of(Find("elman", "w-2"), values));
        Assert.All(Of(Find("elman", "v-2"), values), value => Assert.Equal(-3.0, value));
        Assert.All(Of(Find("elman", "v-1"), values), value => Assert.Equal(0.125, value));
        Assert.All(Of(Find("elman", "c"), values), value => Assert.Equal(0.125, value));
        Assert.All(Draw("elman", "recurrent=identity; *=0.125"), value => Assert.Equal(0.125, value));
    }

    [Theory]
    [InlineData("lstm", "bf", "bi")]
    [InlineData("lstm-peephole", "bf", "bi")]
    [InlineData("gru", "bz", null)]
    [InlineData("gru-reset-before", "bz", null)]
    public void Chrono_draws_the_biases_of_each_layer_from_its_time_scales(string kind, string hold, string? admit)
    {
        const double longestTime = 100.0;
        double[] draws = Draw(kind, "", range: 1.0), values = Draw(kind, "chrono=100");
        foreach (int layer in (int[])[1, 2])
        {
            ParameterBlock holds = Find(kind, $"{hold}-{layer}");
            double[] biases = Of(holds, values);
            Assert.Equal(
                Of(holds, draws).Select(draw => Elementary.Log(1.0 + (0.5 * (draw + 1.0) * (longestTime - 2.0)))),
                biases);
            Assert.All(biases, bias => Assert.InRange(bias, 0.0, Math.Log(longestTime - 1.0)));
            if (admit is not null)
                Assert.Equal(biases.Select(bias => -bias), Of(Find(kind, $"{admit}-{layer}"), values));
        }

        Assert.Equal(
            admit is null ? 8 : 16, values.Zip(Draw(kind, "")).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void The_order_of_chrono_among_the_rules_counts()
    {
        Assert.All(Of(Find("lstm", "bf-1"), Draw("lstm", "chrono=50; bias=1")), bias => Assert.Equal(1.0, bias));
        Assert.Equal(
            Of(Find("lstm", "bf-1"), Draw("lstm", "chrono=50")),
            Of(Find("lstm", "bf-1"), Draw("lstm", "chrono=9; bias=1; chrono=50")));
    }

    [Fact]
    public void The_initial_range_is_replaced_where_the_last_rule_is_not_uniform()
    {
        int last = GetBlocks("lstm").Sum(block => block.Count) - 1;
        Assert.True(Parse("lstm", "*=glorot").Rules.Replaces(last));
        Assert.False(Parse("lstm", "*=glorot; c=uniform").Rules.Replaces(last));
        Assert.False(Parse("lstm", "chrono=10").Rules.Replaces(last));
        Assert.True(Parse("lstm", "chrono=10").Rules.Replaces(Find("lstm", "bf-2").Offset));
    }

    [Theory]
    [InlineData("lstm", "wf=1", "'wf' is not a block of this network: give wi-1, wf-1, ", "*")]
    [InlineData("lstm", "recurent=1", "'recurent' is not a block of this network: give ",
        "did you mean \"recurrent\"?")]
    [InlineData("gru", "bz-1=glorott", "'glorott' is not a method: give uniform, glorot, orthogonal, identity or a " +
        "number", "did you mean \"glorot\"?")]
    [InlineData("gru", "c=1e999", "'1e999' is not a method", "or a number")]
    [InlineData("gru", "c=nan", "'nan' is not a method", "or a number")]
    [InlineData("gru", "c", "'c' is not a rule: give BLOCK=METHOD, separated by semicolons", "")]
    [InlineData("gru", "=1", "'=1' is not a rule: give BLOCK=METHOD", "")]
    [InlineData("gru", "c=1=2", "'c=1=2' is not a rule: give BLOCK=METHOD", "")]
    [InlineData("gru", "*=orthogonal", "'*=orthogonal' needs matrices, and br-1 is a vector", "a block of weights")]
    [InlineData("gru", "c=identity", "'c=identity' needs matrices, and c is a vector", "a block of weights")]
    [InlineData("gru", "chrono", "'chrono' has no length of time: give chrono=T", "above 2")]
    [InlineData("gru", "chrono=2", "'chrono=2' has no length of time: give chrono=T", "above 2")]
    [InlineData("gru", "chrono=long", "'chrono=long' has no length of time: give chrono=T", "above 2")]
    [InlineData("elman", "chrono=9", "'chrono=9' needs gates that hold a value, which the network elman does not " +
        "have: give lstm, ", ", gru")]
    public void Invalid_rules_are_refused_with_what_is_allowed(string kind, string rule, string start, string end)
    {
        ValidationError error = Assert.Single(Parse(kind, rule).Errors);
        Assert.Equal("network.initialization", error.Field);
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
        Assert.Contains(end, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_invalid_rules_are_reported_at_once()
        => Assert.Equal(3, Parse("elman", "chrono=9; foo=1; recurrent=identity; c=bar").Errors.Count);

    private static (Initialization Rules, List<ValidationError> Errors) Parse(string kind, string rules)
    {
        var errors = new List<ValidationError>();
        return (new(rules, KnownNetworkKinds.Find(kind), GetBlocks(kind), errors), errors);
    }

    private static double[] Draw(string kind, string rules, int trial = 0, double range = Range)
    {
        (Initialization initialization, List<ValidationError> errors) = Parse(kind, rules);
        Assert.Empty(errors);
        return initialization.Draw(CreateRandom(trial), range, GetBlocks(kind).Sum(block => block.Count));
    }

    private static TrialRandom CreateRandom(int trial) => new(Seed: 5, RandomWord: 7, trial);

    private static IReadOnlyList<ParameterBlock> GetBlocks(string kind)
        => KnownNetworkKinds.Find(kind).GetBlocks(new() { Network = kind, Units = 4, Layers = 2 }, Shape);

    private static ParameterBlock Find(string kind, string block)
        => GetBlocks(kind).Single(other => other.Name == block);

    private static double[] Of(ParameterBlock block, double[] values)
        => values[block.Offset..(block.Offset + block.Count)];
}
