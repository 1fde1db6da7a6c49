using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The neuron x ← tanh(w·x + h) in four pictures: its map with a cobweb, the trajectory, the state that each start
/// reaches, and the gradient with respect to the start.
/// </summary>
public static class NeuronReport
{
    private const int MapPoints = 201;
    private const int Starts = 401;
    private const int LimitSteps = 10_000;
    private const double DefaultStart = 0.9;

    /// <summary>Creates the report.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">The constant input h.</param>
    /// <param name="start">
    /// x_0, from −1 to 1; null for the attractor of the sign that the input does not have (−x̄ without input), or, for
    /// a neuron that has none, 0.9 of that sign.
    /// </param>
    /// <param name="steps">T, the steps of the trajectory; at least 1.</param>
    public static Report Create(SingleNeuron neuron, double input, double? start, int steps)
    {
        double w = neuron.Weight;
        double x0 = start ?? (input < 0.0 ? 1.0 : -1.0) * (neuron.Attractor ?? DefaultStart);
        double[] states = Iterate(w, input, x0, steps);
        double[] logGradients = ComputeLogGradients(w, states);
        return new(
            $"The neuron x = {FormatMap(w, input)}",
            [
                ("Weight w", Table.FormatNumber(w)), ("Input h", Table.FormatNumber(input)),
                ("Start x₀", Table.FormatNumber(x0)), ("Steps", Table.FormatInteger(steps)),
                ("LatchLab", ProgramVersion.Text),
            ],
            [CreateFigure(neuron, input, states, logGradients)],
            [],
            [])
        {
            Summary = [.. Summarize(neuron, input, states, logGradients)],
        };
    }

    /// <summary>
    /// What becomes of the bit of a neuron with w &gt; 1 under a constant input, or where another one goes, in one or
    /// two sentences.
    /// </summary>
    public static string DescribeInput(SingleNeuron neuron, double input)
        => neuron.CriticalInput is null ? DescribeLimits(neuron.Weight, input)
            : input == 0.0 ? "Without input the bit is kept."
            : neuron.TransientLength is { } steps
                ? "The magnitude of this input is above h*: from the attractor of the other sign, the bit is lost: " +
                    $"after {NumberFormat.WithNoun(steps, "step")} the state is beyond the other attractor."
            : Math.Abs(input) > neuron.CriticalInput
                ? "This input is above h* by less than the rounding of a step, which does not move the state."
            : "The magnitude of this input is not above h*: the bit is kept.";

    /// <summary>Where a neuron with w ≤ 1 goes without input, under the input, and after its end.</summary>
    private static string DescribeLimits(double weight, double input)
    {
        NeuronLimit free = NeuronLimit.Find(weight, 0.0), driven = NeuronLimit.Find(weight, input);
        if (!free.Alternates)
        {
            return input == 0.0 ? "It stores no bit: without input it goes to 0 from every start."
                : $"It stores no bit: under this input it goes to {NumberFormat.Short(driven.Highest)} from every " +
                    "start, and without it back to 0.";
        }

        string FormatPair(NeuronLimit limit)
            => $"between {NumberFormat.Short(limit.Lowest)} and {NumberFormat.Short(limit.Highest)}";
        string without = "It stores no sign: w is below −1, and without input x alternates " + FormatPair(free) +
            " from every start but 0.";
        return input == 0.0 ? without
            : !driven.Alternates
                ? $"{without} Under this input it goes to {NumberFormat.Short(driven.Highest)} from every start; " +
                    "after it, x alternates again, in a phase that no longer depends on the start."
            : $"{without} Under this input it alternates {FormatPair(driven)} from every start but one; after it, as " +
                "before, in " + (driven.Lowest < 0.0 && driven.Highest > 0.0 ? "the same phase."
                    : "a phase that no longer depends on the start.");
    }

    /// <summary>x_0 … x_T.</summary>
    internal static double[] Iterate(double weight, double input, double start, int steps)
    {
        var states = new double[steps + 1];
        states[0] = start;
        for (int t = 1; t <= steps; t++)
            states[t] = Elementary.Tanh((weight * states[t - 1]) + input);
        return states;
    }

    /// <summary>ln |∂x_t/∂x_0| at each t: the sum of ln |w(1 − x_s²)| over s = 1 … t.</summary>
    internal static double[] ComputeLogGradients(double weight, double[] states)
    {
        var logs = new double[states.Length];
        for (int t = 1; t < logs.Length; t++)
            logs[t] = logs[t - 1] + Elementary.Log(Math.Abs(weight * (1.0 - states[t]) * (1.0 + states[t])));
        return logs;
    }

    /// <summary>The right side of the map, for example <c>tanh(1.25·x − 0.1)</c>.</summary>
    private static string FormatMap(double w, double input)
    {
        string constant = input == 0.0 ? ""
            : $" {(input < 0.0 ? '−' : '+')} {NumberFormat.Short(Math.Abs(input))}";
        return $"tanh({NumberFormat.Short(w)}·x{constant})";
    }

    private static IEnumerable<SummarySentence> Summarize(
        SingleNeuron neuron, double input, double[] states, double[] logGradients)
    {
        yield return new(neuron is { Attractor: { } attractor, CriticalInput: { } critical }
            ? $"Without input it stores a bit, the sign of x: attractors at ±{NumberFormat.Short(attractor)}, " +
                $"which no input of a magnitude below h* ≈ {NumberFormat.Short(critical)} can exchange. " +
                DescribeInput(neuron, input) +
                (neuron.TransientLength is not null && states[0] * input < 0.0 && states[^1] * input < 0.0
                    ? " The trajectory shown ends before the sign changes." : "")
            : DescribeInput(neuron, input));
        yield return new($"From {NumberFormat.Short(states[0])} under the input {NumberFormat.Short(input)} it is at " +
            $"{NumberFormat.Short(states[^1])} after {NumberFormat.WithNoun(states.Length - 1, "step")}.");
        yield return new("Of the gradient with respect to the start " +
            $"{NumberFormat.Short(Elementary.Exp(logGradients[^1]))} is then left.");
    }

    private static Figure CreateFigure(
        SingleNeuron neuron, double input, double[] states, double[] logGradients)
    {
        double w = neuron.Weight;
        DataPoint[] map =
            [.. Spread(MapPoints).Select(x => new DataPoint(x, Elementary.Tanh((w * x) + input)))];
        DataPoint[] cobweb =
        [
            new(states[0], states[0]),
            .. Enumerable.Range(1, states.Length - 1).SelectMany(
                t => new DataPoint[] { new(states[t - 1], states[t]), new(states[t], states[t]) }),
        ];
        double[][] ends = [.. Spread(Starts).Select(x => Iterate(w, input, x, LimitSteps + 1)[^2..])];
        Series CreateLimits(string name, int step, int colour) => new(
            name, SeriesKind.Path, [.. Spread(Starts).Zip(ends, (x, end) => new DataPoint(x, end[step]))], colour);
        string limitSteps = $"after {NumberFormat.GroupThousands(LimitSteps)} steps";
        // below −1 the states alternate
        Series[] limits = w < -1.0
            ? [CreateLimits(limitSteps, 0, 2), CreateLimits("one step later", 1, 4)]
            : [CreateLimits("state reached", 0, 2)];
        Series[] attractors = neuron.Attractor is { } attractor
            ? [Series.CreateLevel("±x̄ without input", attractor), Series.CreateLevel("±x̄ without input", -attractor)]
            : [];
        var state = new Axis("x", -1.0, 1.0);
        return new(
            "neuron",
            "Map, trajectory, basin and gradient",
            $"x ← {FormatMap(w, input)}. Top left: the map, and the steps of " +
                "the trajectory as a cobweb between it and the diagonal. Top right: the trajectory. Bottom left: the " +
                $"state {limitSteps} from each start" +
                (w < -1.0 ? " and one step later" : "") + ". Bottom right: the " +
                "gradient of x_t with respect to the start.",
            [
                new Chart("map and cobweb", new Axis("xₜ", -1.0, 1.0), new Axis("xₜ₊₁", -1.0, 1.0),
                [
                    new("cobweb", SeriesKind.Path, cobweb, 1),
                    new("tanh(w·x + h)", SeriesKind.Path, map, 0),
                    new("diagonal", SeriesKind.Bound, [new(-1.0, -1.0), new(1.0, 1.0)], Series.Grey),
                ]),
                new Chart("trajectory", new Axis("time step t"), state,
                    [new("x", SeriesKind.Curve, [.. states.Select((x, t) => new DataPoint(t, x))], 1), .. attractors]),
                new Chart(w > 1.0 ? "basin of the sign" : "state reached", new Axis("x₀", -1.0, 1.0), state,
                    [.. limits, .. attractors]),
                new Chart("gradient", new Axis("time step t"), new Axis("log₁₀ |∂xₜ/∂x₀|"),
                [
                    new("gradient", SeriesKind.Curve,
                        [.. logGradients.Select((log, t) => new DataPoint(t, log / Elementary.Ln10))], 3),
                ]),
            ],
            Columns: 2,
            new Table(
                ["t", "x", "log10_gradient"],
                [
                    .. states.Select((x, t) => (IReadOnlyList<string>)
                    [
                        Table.FormatInteger(t), Table.FormatNumber(x),
                        Table.FormatNumber(logGradients[t] / Elementary.Ln10),
                    ]),
                ]));
    }

    private static IEnumerable<double> Spread(int count)
        => Enumerable.Range(0, count).Select(i => -1.0 + (2.0 * i / (count - 1)));
}
