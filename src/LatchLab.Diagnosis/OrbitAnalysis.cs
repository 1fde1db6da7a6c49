using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The orbit of a network under one input sequence: when the state is robustly latched and to which attractor
/// (Definition 5), the decay of the gradient with respect to the first state (Theorem 4), and the noise that Theorem 3
/// allows at each step. All states are activations.
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Sets">The attractors of the network without inputs.</param>
/// <param name="Orbit">States and gradients, t = 0 … T.</param>
/// <param name="Latching">The reduced attracting sets in which the states lie.</param>
/// <param name="Contractions">λ_t and b_t on balls around the states.</param>
/// <param name="Inputs">[t][input], u_1 … u_T, the trainable inputs of the network first.</param>
/// <param name="FirstTime">
/// The time of the first state: 0, or 1 if a_0 is infinite (no finite activation gives the output x_0), in which case
/// no later state depends on it.
/// </param>
public sealed record OrbitAnalysis(
    NetworkDefinition Network, InvariantSets Sets, DrivenOrbit Orbit, Latching Latching,
    IReadOnlyList<Contraction> Contractions, IReadOnlyList<double[]> Inputs, int FirstTime)
{
    private const int MaximumRows = 60;

    /// <summary>Analyses the orbit under a sequence.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[t][input]: the inputs after the trainable inputs of the network.</param>
    /// <param name="distance">d, the radius of the balls of Theorem 3.</param>
    /// <param name="seed">The seed of the search for attractors.</param>
    /// <param name="options">
    /// <see cref="NetworkDiagnosisOptions.Box"/>, without which the range of the network must be bounded, and
    /// <see cref="NetworkDiagnosisOptions.SampleSteps"/>, in which a state must reach an attractor to be decided.
    /// </param>
    /// <exception cref="ValidationException">
    /// A unit has no derivative, or the number of inputs per step differs from that of the network.
    /// </exception>
    public static OrbitAnalysis Analyze(
        NetworkDefinition network, IReadOnlyList<double> inputs, double distance, ulong seed,
        NetworkDiagnosisOptions options)
    {
        DrivenSystem driven = DrivenSystem.Create(network);
        if (inputs.Count % driven.Inputs != 0)
        {
            throw new ValidationException("", "sequence",
                $"has {inputs.Count} numbers, but the network has {driven.Inputs} " +
                $"inputs per step: give {driven.Inputs} for each step");
        }

        DynamicalSystem system = driven.WithConstantInputs();
        InvariantSets sets = InvariantSets.Find(system, options.CreateBox(system), new() { Seed = seed });
        double[] initialState = driven.InitialState();
        double[][] sequence = [.. network.TrainableInputValues.Concat(inputs).Chunk(driven.Inputs)];
        int firstTime = initialState.All(double.IsFinite) ? 0 : 1;
        if (firstTime == 1)
            initialState = driven.Image([.. initialState, .. sequence[0]]);
        DrivenOrbit orbit = DrivenOrbit.Simulate(driven, initialState, sequence.Skip(firstTime));
        return new(
            network,
            sets,
            orbit,
            Latching.Detect(system, sets, orbit.States, options.GetSampleSteps(system.Dimension)),
            Contraction.ForEachPoint(system, orbit.States, distance),
            sequence,
            firstTime);
    }

    /// <summary>Creates the sections with text and tables.</summary>
    public IReadOnlyList<ReportSection> CreateSections() => [CreateLatchingSection(), CreateOrbitSection()];

    private ReportSection CreateLatchingSection()
    {
        var driven = DrivenSystem.Create(Network);
        (int Number, Latching.LatchedInterval Interval)[] intervals =
            [.. Latching.LatchedIntervals.Select(interval => (GetLatchedAttractor(interval.Start)!.Value, interval))];
        return new(
            "latching",
            "Latching",
            [
                "The state is robustly latched (Definition 5) if it lies in the reduced attracting set Γ(X) of " +
                    "the network without inputs. " +
                    (Sets.Attractors.Count == 0 ? ""
                        : "Γ is not forward-invariant: a state in Γ may leave it at the next step, even without " +
                            "an input. ") +
                    DescribeLatching(),
                .. DescribeUnlatched(),
            ])
        {
            Table = new(
                ["attractor", "at a", TableFormat.NameOutputs(driven, Network), "since t", "until t"],
                [
                    .. intervals.Select(entry => new[]
                    {
                        $"X{entry.Number}",
                        TableFormat.FormatVector(entry.Interval.Attractor.Points[0]),
                        TableFormat.FormatOutputs(driven, Network, entry.Interval.Attractor.Points[0]),
                        Table.FormatInteger(entry.Interval.Start + FirstTime),
                        entry.Interval.End == Orbit.States.Count - 1 ? "the end"
                            : Table.FormatInteger(entry.Interval.End + FirstTime),
                    }),
                ],
                new Table(
                    ["attractor", "since", "until"],
                    [
                        .. intervals.Select(entry => (IReadOnlyList<string>)
                        [
                            Table.FormatInteger(entry.Number),
                            Table.FormatInteger(entry.Interval.Start + FirstTime),
                            Table.FormatInteger(entry.Interval.End + FirstTime),
                        ]),
                    ])),
        };
    }

    private ReportSection CreateOrbitSection()
    {
        var driven = DrivenSystem.Create(Network);
        int last = Orbit.States.Count - 1, stride = Math.Max(1, (last + MaximumRows - 1) / MaximumRows);
        return new(
            "orbit",
            "The orbit",
            [
                "One step: |∂a_t/∂a_(t−1)|. " +
                    $"|∂a_T/∂a_{FirstTime}| = {TableFormat.Exponential(Orbit.LogGradientNorms[^1])}. λ_t bounds " +
                    $"|M′| on a ball of radius d = {NumberFormat.Short(Contractions[0].Radius)} around a_t. If " +
                    "the noise added to the activations in the step from a_t is below b_t = (1 − λ_t)d for every " +
                    "t, the state stays within d of the orbit without noise (Theorem 3).",
                .. double.IsNegativeInfinity(Orbit.LogGradientNorms[^1])
                    ? (string[])[TableFormat.SaturationHint] : [],
                .. stride == 1 ? (string[])[]
                    : [
                        $"The table has one step in {NumberFormat.GroupThousands(stride)} and the last; all are in " +
                            "data/orbit.csv of the report (--out) and in the JSON document (--json).",
                    ],
            ])
        {
            Table = new(
                [
                    "t", "a_t", TableFormat.NameOutputs(driven, Network), "latched to", "one step",
                    $"log₁₀ |∂a_t/∂a_{FirstTime}|", "λ_t", "b_t",
                ],
                [
                    .. Enumerable.Range(0, last + 1).Where(t => t % stride == 0 || t == last)
                        .Select(t => CreateRow(driven, t)),
                ],
                new Table(
                    [
                        "t", .. Enumerable.Range(0, driven.Dimension).Select(unit => $"activation_{unit}"),
                        "latched_to", "local_norm", "log10_gradient", "rate", "noise",
                    ],
                    [.. Enumerable.Range(0, last + 1).Select(CreateDataRow)])),
        };
    }

    /// <summary>
    /// The number, from 1, of the attractor to which the state at a time is latched; null if it is not latched.
    /// </summary>
    public int? GetLatchedAttractor(int t)
        => Latching.Memberships[t].IsMember
            ? 1 + Sets.Attractors.Index().First(x => x.Item == Latching.Memberships[t].Ball!.Orbit).Index
            : null;

    /// <summary>What is known about latching at the end, as a sentence.</summary>
    internal string DescribeLatching()
        => Latching.LatchedIntervals switch
        {
            [] when Sets.Attractors.Count == 0
                => "There is no Γ: no stable fixed point or periodic orbit of the network without inputs was found" +
                    (DescribeMotion() is { } motion ? $"; its motion is {motion}." : "."),
            [] => "The state is never latched.",
            [.., var last] when last.End == Orbit.States.Count - 1
                => $"At the end the state is latched, since t = {last.Start + FirstTime}.",
            [.., var last] => $"At the end the state is no longer latched, since t = {last.End + 1 + FirstTime}.",
        };

    /// <summary>The motion of the network without inputs that is not periodic; null if none is known.</summary>
    private string? DescribeMotion()
    {
        string[] kinds =
        [
            .. Sets.Unsettled.Motions.Select(motion => motion.Kind).Distinct().Order()
                .Where(kind => kind != MotionKind.Undecided)
                .Select(kind => kind == MotionKind.Chaotic ? "chaotic" : "quasi-periodic"),
        ];
        return kinds.Length == 0 ? null : string.Join(" or ", kinds);
    }

    /// <summary>What is known about the states that reach no attractor, as sentences.</summary>
    private IEnumerable<string> DescribeUnlatched()
    {
        string CountOf(int states)
            => $"{NumberFormat.GroupThousands(states)} of {NumberFormat.GroupThousands(Orbit.States.Count)} states";

        if (Latching.StatesAtRest > 0)
        {
            yield return $"{CountOf(Latching.StatesAtRest)} come to rest without inputs at a fixed point that is no " +
                "attractor: they lie on a boundary of basins, or the fixed point is unstable or marginal.";
        }

        if (Latching.UndecidedStates > 0 && Sets.Attractors.Count > 0)
        {
            yield return $"Undecided: {CountOf(Latching.UndecidedStates)} reached no known attractor within " +
                $"{NumberFormat.GroupThousands(Latching.MaximumSteps)} steps without inputs (--sample-steps)." +
                (DescribeMotion() is { } motion ? $" Some motion of the network is {motion}." : "");
        }
    }

    /// <summary>
    /// log₁₀ of the norm of the gradient at a time; 0 where it is no larger than the rounding of its t factors, each a
    /// product of n×n matrices, its norm and the logarithm of that.
    /// </summary>
    internal double GetLog10Gradient(int t)
    {
        const double rounding = 2.3e-16;
        double logarithm = Orbit.LogGradientNorms[t];
        return Math.Abs(logarithm) <= 4.0 * Orbit.States[t].Length * t * rounding ? 0.0 : logarithm / Elementary.Ln10;
    }

    private string[] CreateRow(DrivenSystem driven, int t)
        =>
        [
            Table.FormatInteger(t + FirstTime),
            TableFormat.FormatVector(Orbit.States[t]),
            TableFormat.FormatOutputs(driven, Network, Orbit.States[t]),
            GetLatchedAttractor(t) is { } number ? $"X{number}" : "—",
            t == 0 ? "—" : NumberFormat.Short(Orbit.StepJacobianNorms[t]),
            NumberFormat.Short(GetLog10Gradient(t)),
            NumberFormat.Short(Contractions[t].Rate),
            Contractions[t].NoiseBound > 0.0 ? NumberFormat.Short(Contractions[t].NoiseBound) : "—",
        ];

    private string[] CreateDataRow(int t)
        =>
        [
            Table.FormatInteger(t + FirstTime),
            .. Orbit.States[t].Select(Table.FormatNumber),
            GetLatchedAttractor(t) is { } number ? Table.FormatInteger(number) : "",
            t == 0 ? "" : Table.FormatNumber(Orbit.StepJacobianNorms[t]),
            Table.FormatNumber(GetLog10Gradient(t)),
            Table.FormatNumber(Contractions[t].Rate),
            Table.FormatNumber(Contractions[t].NoiseBound),
        ];
}
