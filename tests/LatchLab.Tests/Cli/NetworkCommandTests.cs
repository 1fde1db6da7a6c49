using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace LatchLab.Tests.Cli;

public sealed class NetworkCommandTests : IDisposable
{
    private const string Latch = """{"network": "latch", "unit": "tanh", "weight": 2, "inputs": []}""";
    private const string TwoLatches =
        """{"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":1,"weights":[[2,0],[0,2]]}""";

    // Six stable and five unstable orbits of period 2, near a bifurcation.
    private const string Slow =
        """{"network":"fully-connected","unit":"tanh","units":3,"input":0,"output":0,"weights":""" +
        """[[1,0,-1],[0,-1,1],[-1,1,0]]}""";

    // a rotates about 0 by a fixed angle and converges to no point: the eigenvalues of W are 1.3 ± 0.14i.
    private const string Turning =
        """{"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":1,"weights":""" +
        """[[1.2,0.1],[-0.3,1.4]]}""";

    private const string Hopfield =
        """{"network":"fully-connected","unit":"threshold","units":2,"input":0,"output":0,"weights":""" +
        """[[0,-1],[-1,0]]}""";

    private const string Relu =
        """
        {"network":"fully-connected","unit":"relu","units":2,"input":0,"output":0,"weights":[[0,-2],[-2,0]],
        "biases":[1,1]}
        """;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_latch_of_the_paper_has_its_exact_numbers()
    {
        JsonObject answer = Answer(Latch);
        Assert.Equal("ok", (string)answer["status"]!);
        JsonArray attractors = answer["attractors"]!.AsArray();
        Assert.Equal(2, attractors.Count);

        // The published numbers have nine decimals.
        Assert.Equal(0.957504024, Math.Abs((double)attractors[0]!["outputs"]![0]![0]!), 1e-9);
        Assert.Equal(0.166372088, (double)attractors[0]!["spectralRadius"]!, 1e-9);
        Assert.Equal(0.532839975, (double)answer["noise"]!["criticalInput"]!, 1e-9);

        // The values are ordered: Theorem 3, the certificate, h*, the erasing noise. The search is accurate to 1e-6.
        double theorem = (double)attractors[0]!["theorem3"]!["noise"]!;
        double proved = (double)answer["noise"]!["largestForABit"]!["noise"]!;
        double critical = (double)answer["noise"]!["criticalInput"]!;
        double erasing = (double)answer["noise"]!["erasedBy"]![0]!["noise"]!;
        Assert.Equal(0.299090, theorem, 1e-6);
        Assert.InRange(proved, critical * (1.0 - 1e-5), critical);
        Assert.InRange(erasing, critical, critical * (1.0 + 1e-5));
    }

    [Fact]
    public void Two_latches_store_two_bits_and_their_basins_are_quadrants()
    {
        JsonObject answer = Answer(TwoLatches);
        JsonArray attractors = answer["attractors"]!.AsArray();
        Assert.Equal((4, 5), (attractors.Count, answer["otherFixedPoints"]!.AsArray().Count));
        JsonNode noise = answer["noise"]!;
        JsonNode all = noise["largestForAllStates"]!;
        Assert.Equal((4, 4), ((int)all["states"]!, (int)all["ofStates"]!));
        Assert.Equal((4, 4, 4, 4), ((int)noise["attractors"]!, (int)noise["states"]!, (int)noise["examinedAttractors"]!,
            (int)noise["examinedStates"]!));
        Assert.All(attractors, attractor =>
        {
            JsonNode share = attractor!["basinShare"]!;
            Assert.InRange(0.25, (double)share["lower"]! - 0.03, (double)share["upper"]! + 0.03);
        });
        Assert.Equal(0.0, (double)answer["basins"]!["undecided"]!["share"]!);
    }

    [Fact]
    public void A_report_contains_figures_and_tables_and_the_certificate_verifies()
    {
        _sandbox.Write("n.json", TwoLatches);
        CommandResult result = _sandbox.Run(
            "dynamics network n.json --noise 0.5 --grid 40 --samples 100 --certificate c.json --out report");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(
            "proved: 4 of 4 states stay apart forever",
            File.ReadAllText(_sandbox.Below("report/data/noise.csv")),
            StringComparison.Ordinal);

        // On the boundary the gradient is 2^t exactly, also after the time at which rounding moves an orbit away.
        string last = File.ReadLines(_sandbox.Below("report/data/gradient.csv"))
            .Single(line => line.StartsWith("on a boundary,100,", StringComparison.Ordinal));
        Assert.Equal(100.0 * Math.Log10(2.0), double.Parse(last.Split(',')[2], CultureInfo.InvariantCulture), 1e-9);
        SortedDictionary<string, string> files = _sandbox.Files("report");
        Assert.Contains(Path.Combine("figures", "portrait.svg"), files.Keys);
        Assert.Contains(Path.Combine("data", "noise.csv"), files.Keys);

        CommandResult check = _sandbox.Run("dynamics check c.json --json");
        Assert.Equal((0, true), (check.ExitCode, (bool)check.Json()["holds"]!));
    }

    [Fact]
    public void A_certificate_that_was_tampered_with_does_not_verify()
    {
        _sandbox.Write("n.json", Latch);
        Assert.Equal(0, _sandbox.Run("dynamics network n.json --noise 0.5 --certificate c.json").ExitCode);
        string text = File.ReadAllText(_sandbox.Below("c.json"));

        // Above h*.
        _sandbox.Write("c.json", text.Replace("\"noise\": 0.5", "\"noise\": 0.54", StringComparison.Ordinal));
        CommandResult check = _sandbox.Run("dynamics check c.json");
        Assert.Equal(2, check.ExitCode);
    }

    [Fact]
    public void Noise_above_the_critical_input_gets_no_certificate()
    {
        _sandbox.Write("n.json", Latch);
        CommandResult result = _sandbox.Run("dynamics network n.json --noise 0.5329 --certificate c.json");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("No certificate was written", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_sandbox.Below("c.json")));
    }

    [Fact]
    public void A_network_that_does_not_converge_is_fully_reported_with_a_suggestion()
    {
        // At w = 1 the origin is marginal: orbits approach it like t^(−1/2).
        _sandbox.Write("n.json", Latch.Replace("2", "1", StringComparison.Ordinal));
        CommandResult result = _sandbox.Run("dynamics network n.json --most-steps 5000 --json");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("No attractor was found: from 64 starts, every orbit comes to rest at, or approaches, a fixed " +
            "point or periodic orbit that is not known to be stable. Other constant inputs (--input) may have an " +
            "attractor.", result.Error.TrimEnd());
        JsonObject answer = result.Json();
        Assert.Equal("no attractor found", (string)answer["status"]!);
        Assert.Equal(64, (int)answer["search"]!["unsettledOrbits"]!);
        Assert.All(answer["search"]!["unsettledMotions"]!.AsArray(),
            motion => Assert.Equal("undecided", (string)motion!["kind"]!));
        Assert.Single(answer["exponents"]!["exponents"]!.AsArray());
        Assert.Null(answer["basins"]);
    }

    /// <summary>At w = −2 every orbit alternates, which a search for fixed points alone does not find.</summary>
    [Fact]
    public void More_steps_are_suggested_only_where_they_may_decide()
    {
        _sandbox.Write("n.json", Latch.Replace("2", "-2", StringComparison.Ordinal));
        CommandResult result = _sandbox.Run(
            "dynamics network n.json --most-steps 50 --longest-period 1 --orbit-period 1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("give a larger --most-steps, --orbits, --longest-period or --exponent-steps", result.Error,
            StringComparison.Ordinal);
    }

    /// <summary>
    /// a_1 ← max(0, a_1) + 0.001·x_0 grows by 0.001·0.9575 a step where the sign of x_0 is positive, and otherwise goes
    /// to −0.001·0.9575.
    /// </summary>
    [Fact]
    public void Starts_that_grow_slowly_are_divergent()
    {
        JsonNode basins = Answer(
            """
            {"network":"fully-connected","unit":"tanh,relu","units":2,"input":0,"output":0,
            "weights":[[2,0],[0.001,1]]}
            """, "--box 1 --samples 20 --sample-steps 3000")["basins"]!;
        Assert.Equal(0.0, (double)basins["undecided"]!["share"]!);
        Assert.InRange((double)basins["divergent"]!["share"]!, 0.2, 0.8); // one half, ± three standard deviations
    }

    [Fact]
    public void A_network_that_contracts_everywhere_survives_any_noise()
    {
        JsonNode theorem = Answer(
            """{"network":"latch","unit":"relu","weight":0.75,"inputs":[]}""", "--box 1 --samples 20")
            ["attractors"]![0]!["theorem3"]!;
        Assert.Equal((true, 0.75), ((bool)theorem["anyNoise"]!, (double)theorem["rate"]!));
        Assert.Null(theorem["noise"]);
        Assert.Matches("Theorem 3 around attractor 1, noise in activations +│ any +│ .*λ = 0.75 for every d",
            _sandbox.Run("dynamics network n.json --box 1 --samples 20").Output);
    }

    [Fact]
    public void An_invariant_circle_is_named_quasi_periodic_and_attracts_every_start()
    {
        const string effort = "--samples 50 --sample-steps 5000 --most-steps 10000";
        JsonObject answer = Answer(Turning, effort);
        Assert.Equal("ok", (string)answer["status"]!);
        Assert.Empty(answer["attractors"]!.AsArray());
        Assert.All(answer["search"]!["unsettledMotions"]!.AsArray(), motion =>
        {
            Assert.Equal("quasi-periodic", (string)motion!["kind"]!);
            Assert.InRange(Math.Abs((double)motion["exponent"]!), 0.0, (double)motion["error"]!);
        });
        Assert.Equal(1.0, (double)answer["basins"]!["quasiPeriodic"]!["share"]!);
        Assert.Equal(0.0, (double)answer["basins"]!["undecided"]!["share"]!);
        string text = _sandbox.Run($"dynamics network n.json {effort}").Output;
        Assert.Contains("64 quasi-periodic", text, StringComparison.Ordinal);
        string[] summary = text.Split('\n');
        Assert.StartsWith("It stores nothing at a point: no stable fixed point or periodic orbit was found; all 50 " +
            "random starts move quasi-periodically (the largest Lyapunov exponent is 0 within ", summary[0],
            StringComparison.Ordinal);
        Assert.Equal("From its initial state, x_0 = 0, the network does not move: x_0 is an unstable fixed point, " +
            "which it leaves under noise.", summary[1]);
        Assert.Equal(
            "Along its quasi-periodic motion the gradient neither decays nor grows in the long run.", summary[3]);
        Assert.Contains("│ quasi-periodic", text, StringComparison.Ordinal);
        Assert.Contains("undecided after 5,000 steps", text, StringComparison.Ordinal);
    }

    /// <summary>The first steps of a latch from 0 under a constant input u are tanh u, tanh(2·tanh u + u), …</summary>
    [Theory]
    [InlineData("0.1", 1, null)]
    [InlineData("0", null, 0.0)]
    public void The_end_of_the_initial_state_is_reported(string input, int? attractor, double? restsAt)
    {
        JsonNode end = Answer(Latch, $"--samples 20 --input {input}")["initialState"]!;
        Assert.Equal(attractor, (int?)end["attractor"]);
        Assert.Equal(restsAt, (double?)end["restsAt"]?[0]);
        Assert.Null(end["motion"]);
    }

    [Fact]
    public void Starts_that_reach_no_attractor_are_counted_in_the_first_sentence()
    {
        _sandbox.Write("n.json", """{"network":"latch","unit":"relu","weight":0.9,"inputs":[]}""");
        string[] lines = _sandbox.Run("dynamics network n.json --box 1 --samples 20").Output.Split('\n');
        Assert.Equal("One attractor was found: the network forgets its initial state and stores no bit.", lines[0]);
        Assert.StartsWith("At rest at the attractor, at most 1 % of the gradient ‖∂a_t/∂a_0‖ is left after 44 steps " +
            "or more; after 100 steps it is at most ", lines[3], StringComparison.Ordinal); // 0.9^43 > 0.01 > 0.9^44
        _sandbox.Write("n.json", """{"network":"latch","unit":"relu","weight":2,"inputs":[]}""");
        CommandResult result = _sandbox.Run("dynamics network n.json --box 1 --samples 20");
        Assert.Matches("^No stable fixed point or periodic orbit was found; of 64 random starts [0-9]+ rest at a " +
            "fixed point that is not known to be stable and [0-9]+ diverge\\.\n", result.Output);
        Assert.DoesNotContain("--most-steps", result.Error, StringComparison.Ordinal); // they move no more
        _sandbox.Write("n.json", """{"network":"latch","unit":"relu","weight":1,"inputs":[]}""");
        result = _sandbox.Run("dynamics network n.json --box 3 --samples 20");
        Assert.DoesNotContain("give a larger", result.Error, StringComparison.Ordinal); // all of them rest
        _sandbox.Write("n.json", """{"network":"latch","unit":"relu","weight":-2,"inputs":[]}""");
        result = _sandbox.Run("dynamics network n.json --box 3 --samples 20");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    /// <summary>Where M′ is far from normal, ρ^t is below 1 % after 5 steps, when 12.7 % of the norm is left.</summary>
    [Fact]
    public void The_gradient_that_is_left_is_the_norm_that_the_figure_shows()
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("n.json", """
            {"network":"fully-connected","unit":"tanh","units":2,"input":0,"output":0,"weights":[[1.5,0],[20,0.3]]}
            """);
        CommandResult result = _sandbox.Run("dynamics network n.json --samples 20 --out r");
        (double T, double Log)[] norms =
        [
            .. File.ReadLines(_sandbox.Below("r/data/gradient.csv")).Select(line => line.Split(','))
                .Where(row => row[0] == "at attractor 1")
                .Select(row => (double.Parse(row[1]), double.Parse(row[2]))),
        ];
        Assert.Equal(-0.896, norms[5].Log, 0.01);
        double last = norms.Last(norm => norm.Log > -2.0).T;
        Assert.Contains($" of the gradient ‖∂a_t/∂a_0‖ is left after {last + 1} steps or more; after 100 steps it is " +
            $"{Math.Pow(10.0, norms[100].Log + 40.0):G4} × 10⁻⁴⁰.\n", result.Output, StringComparison.Ordinal);
        string[] row = File.ReadLines(_sandbox.Below("r/data/gradient-decay.csv")).ElementAt(1).Split(',');
        Assert.Equal($"{norms.Last(norm => norm.Log > -6.0).T + 1}", row[2]);
        foreach ((string cell, int t) in row[3..].Zip([10, 50, 100]))
            Assert.Equal(norms[t].Log, Math.Log10(double.Parse(cell)), 1e-3); // four digits
        JsonNode gradient = _sandbox.Run("dynamics network n.json --samples 20 --json")
            .Json()["attractors"]![0]!["gradient"]!;
        Assert.Equal(last + 1, (double)gradient["stepsTo1Percent"]!);
        Assert.Equal(norms[100].Log, (double)gradient["log10After100"]!, 1e-6);
    }

    // Close to its bifurcation at w = 1 a latch needs about 1,000 steps.
    [Theory]
    [InlineData("--sample-steps 5", 5, 1.0)]
    [InlineData("", 100_000, 0.0)]
    public void Starts_that_take_longer_than_the_limit_are_reported_as_undecided_after_it(
        string option, int steps, double share)
    {
        SlowTests.SkipUnlessRequested();
        string slow = Latch.Replace("2", "1.01", StringComparison.Ordinal);
        JsonNode basins = Answer(slow, $"--samples 50 {option}")["basins"]!;
        Assert.Equal(steps, (int)basins["undecidedAfterSteps"]!);
        Assert.Equal(share, (double)basins["undecided"]!["share"]!, 0.3);
    }

    [Fact]
    public void Unstable_orbits_and_the_sum_of_indices_are_listed()
    {
        SlowTests.SkipUnlessRequested();
        JsonObject answer = Answer(Slow, "--samples 50 --noise-at inputs");
        Assert.Equal(6, answer["attractors"]!.AsArray().Count);
        Assert.Equal(0.0, (double)answer["basins"]!["undecided"]!["share"]!);
        JsonArray orbits = answer["otherPeriodicOrbits"]!.AsArray();
        Assert.Equal(5, orbits.Count);
        Assert.All(orbits, orbit =>
        {
            Assert.Equal(1.012853, (double)orbit!["eigenvalues"]![0]![0]!, 5.1e-7);
            Assert.Equal((2, 1, -1), ((int)orbit["period"]!, (int)orbit["unstableDirections"]!, (int)orbit["index"]!));
        });
        Assert.Equal(
            [(1, 3, 1, "consistent-with-complete"), (2, 25, 1, "consistent-with-complete")],
            answer["indexSums"]!.AsArray().Select(sum => (
                (int)sum!["period"]!, (int)sum["points"]!, (int)sum["sum"]!, (string)sum["verdict"]!)));
    }

    [Fact]
    public void Only_bracketing_proves_completeness()
    {
        SlowTests.SkipUnlessRequested();
        JsonNode sum = Assert.Single(Answer(Latch, "--samples 20 --orbit-period 1")["indexSums"]!.AsArray())!;
        Assert.Equal("proved-complete", (string)sum["verdict"]!);
        Assert.Contains("proved by", _sandbox.Run("dynamics network n.json --samples 20").Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "proved-complete", Answer(TwoLatches, "--samples 20").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_and_lane_types_change_no_byte()
    {
        SlowTests.SkipUnlessRequested();
        _sandbox.Write("n.json", TwoLatches);
        string scalar = _sandbox.Run("dynamics network n.json --json --threads 1 --lane scalar").Output;
        Assert.Equal(scalar, _sandbox.Run("dynamics network n.json --json --threads 2").Output);
    }

    /// <summary>Five latches have 32 attractors, of which the first 16 are examined for certificates.</summary>
    [Fact]
    public void What_all_states_means_is_counted_where_some_attractors_are_not_examined()
    {
        string rows = string.Join(',', Enumerable.Range(0, 5).Select(
            i => $"[{string.Join(',', Enumerable.Range(0, 5).Select(j => i == j ? 2 : 0))}]"));
        _sandbox.Write(
            "n.json",
            $$"""{"network":"fully-connected","unit":"tanh","units":5,"input":0,"output":0,"weights":[{{rows}}]}""");
        JsonNode noise = _sandbox.Run("dynamics network n.json --samples 10 --json").Json()["noise"]!;
        Assert.Equal((32, 32, 16, 16), ((int)noise["attractors"]!, (int)noise["states"]!,
            (int)noise["examinedAttractors"]!, (int)noise["examinedStates"]!));
        JsonNode all = noise["largestForAllStates"]!;
        Assert.Equal((16, 16), ((int)all["states"]!, (int)all["ofStates"]!));
    }

    [Fact]
    public void Threshold_units_are_enumerated_in_text_report_and_JSON()
    {
        _sandbox.Write("n.json", Hopfield);
        CommandResult result = _sandbox.Run("dynamics network n.json --out report");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("4 states", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1,orbit of period 2,0,0,-1,2,0.5,0,0,1", File.ReadAllText(_sandbox.Below("report/data/storage.csv")),
            StringComparison.Ordinal);
        JsonObject answer = _sandbox.Run("dynamics network n.json --json").Json();
        Assert.Equal(
            (3, 2, 4), ((int)answer["attractorCount"]!, (int)answer["fixedPointCount"]!, (int)answer["states"]!));
        Assert.Equal(0.25, (double)answer["attractors"]![1]!["basinShare"]!);
        Assert.Contains("Lyapunov exponents", answer["notDefined"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Settings_that_threshold_units_do_not_use_are_rejected()
    {
        _sandbox.Write("n.json", Hopfield);
        const string reason = "has no effect: the states of threshold units are enumerated, and a threshold has no " +
            "derivative";
        _sandbox.Run("dynamics network n.json --seed 3 --noise 0.1 --certificate c.json").AssertRejected(
            $"--certificate: {reason}", $"--seed: {reason}", $"--noise: {reason}");
        string row = string.Join(',', Enumerable.Repeat("1", 23));
        string rows = string.Join(',', Enumerable.Repeat($"[{row}]", 23));
        _sandbox.Write("n.json", Hopfield.Replace(":2,", ":23,", StringComparison.Ordinal)
            .Replace("[0,-1],[-1,0]", rows, StringComparison.Ordinal));
        _sandbox.Run("dynamics network n.json --input 1,2").AssertRejected(
            "--input: 2 given, but the network has 1: give one value for each input",
            "n.json: unit: the network has 23 threshold units and 2^23 states: all states are enumerated, which is " +
                "possible for up to 22 units");
    }

    [Fact]
    public void Relu_units_need_a_box_in_which_searches_start()
    {
        const string message = "--box: missing: relu units have no bounds, so no box contains all states; give the " +
            "largest activation from which searches start, for example 10";
        _sandbox.Write("n.json", Relu);
        _sandbox.Write("s.csv", "1\n0\n");
        _sandbox.Run("dynamics network n.json").AssertRejected(message);
        _sandbox.Run("dynamics network n.json --box 0").AssertRejected(message);
        _sandbox.Run("dynamics orbit --network n.json --sequence s.csv").AssertRejected(message);
        JsonObject answer = _sandbox.Run("dynamics network n.json --box 10 --samples 100 --json").Json();
        Assert.Equal(3, answer["attractors"]!.AsArray().Count);
        Assert.Equal(-10.0, (double)answer["range"]![0]![0]!);
        JsonObject orbit = _sandbox.Run("dynamics orbit --network n.json --sequence s.csv --box 10 --json").Json();
        Assert.Equal(3, orbit["attractors"]!.AsArray().Count);
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        _sandbox.Write(
            "n.json",
            """{"network":"fully-connected","unit":"tanh","units":3,"input":0,"output":0,"weights":""" +
                """[[1,0,0],[0,1,0],[0,0,1]]}""");
        _sandbox.Run("dynamics network n.json --grid 50 --input 1,2 --noise -1 --input-noise").AssertRejected(
            "--input-noise: is not an option of latchlab dynamics network; latchlab dynamics network --help lists " +
                "the options",
            "--noise: '-1' is not allowed: give a number from 0 to 1000000",
            "--input: 2 given, but the network has 1: give one value for each input",
            "--grid: a basin map needs a network of 1 or 2 variables, and this one has 3: omit it; the basins are " +
                "sampled, see --samples");
        _sandbox.Write(
            "t.json", """{"network":"parity","unit":"tanh,threshold","weights":[1,2,3,4,5,6,7]}""");
        _sandbox.Run("dynamics network t.json").AssertRejected(
            "t.json: unit: some units are thresholds, which have no derivative: give a network of tanh, logistic or " +
                "relu units, or of threshold units alone");
        _sandbox.Run("dynamics network").AssertRejected(
            "FILE.json: is missing; give the network file (see docs/reference/network-files.md)");
    }

    [Fact]
    public void An_orbit_reports_when_it_is_latched()
    {
        _sandbox.Write("n.json", Latch);

        // The unit is driven to + at once, keeps it, is driven to − at t = 4, and keeps it.
        _sandbox.Write("s.csv", "3\n0\n0\n-9\n0\n0\n");
        JsonObject orbit = _sandbox.Run("dynamics orbit --network n.json --sequence s.csv --json").Json();
        (int Since, int Until, double Sign)[] intervals =
        [
            .. orbit["latchedIntervals"]!.AsArray().Select(
                interval => ((int)interval!["since"]!, (int)interval["until"]!,
                (double)Math.Sign((double)orbit["attractors"]![(int)interval["attractor"]!]![0]![0]!))),
        ];
        Assert.Equal([(1, 3, 1.0), (4, 6, -1.0)], intervals);
        Assert.Equal(0.0, (double)orbit["times"]![0]!["logGradient"]!);

        // ∂a_1/∂a_0 = w at a_0 = 0.
        Assert.Equal(Math.Log(2.0), (double)orbit["times"]![1]!["logGradient"]!, 1e-15);
        _sandbox.Run("dynamics orbit --network n.json --sequence s.csv --distance 0")
            .AssertRejected("--distance: '0' is not allowed: give a number above 0 up to 1000000");
    }

    [Fact]
    public void An_orbit_takes_all_inputs_of_the_network_per_step()
    {
        // Two latches with one input each: both are driven to +, then the second one to −.
        _sandbox.Write("n.json", """
            {"network": "fully-connected", "unit": "tanh", "units": 2, "output": 0, "weights": [[2, 0], [0, 2]],
            "input-weights": [[1, 0], [0, 1]]}
            """);
        _sandbox.Write("s.csv", "3,3\n0,0\n0,-9\n0,0\n");
        JsonObject orbit = _sandbox.Run("dynamics orbit --network n.json --sequence s.csv --json").Json();
        int[][] signs =
        [
            .. orbit["latchedIntervals"]!.AsArray().Select(
                interval => orbit["attractors"]![(int)interval!["attractor"]!]![0]!
                .AsArray().Select(activation => Math.Sign((double)activation!)).ToArray()),
        ];
        Assert.Equal([[1, 1], [1, -1]], signs);
        _sandbox.Write("s.csv", "3\n");
        _sandbox.Run("dynamics orbit --network n.json --sequence s.csv").AssertRejected(
            "s.csv: has 1 column, and the network has 2 inputs: give a file with 2 numbers on each line");
    }

    private JsonObject Answer(string network, string options = "")
    {
        _sandbox.Write("n.json", network);
        CommandResult result = _sandbox.Run($"dynamics network n.json --json {options}".TrimEnd());
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Json();
    }
}
