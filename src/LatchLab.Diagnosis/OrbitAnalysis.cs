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
    InvariantSets Sets, DrivenOrbit Orbit, Latching Latching, IReadOnlyList<Contraction> Contractions,
    IReadOnlyList<double[]> Inputs, int FirstTime)
{
    private const int MaximumRows = 40;

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
            sets,
            orbit,
            Latching.Detect(system, sets, orbit.States, options.GetSampleSteps(system.Dimension)),
            Contraction.ForEachPoint(system, orbit.States, distance),
            sequence,
            firstTime);
    }

    /// <summary>Creates the sections with text and tables.</summary>
    public IReadOnlyList<ReportSection> CreateSections()
        =>
        [
            TableFormat.CreateSection(
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
                ],
                ["attractor", "at a", "since t", "until t"],
                ["attractor", "activations", "since", "until"],
                [
                    .. Latching.LatchedIntervals.Select(interval => new[]
                    {
                        $"X{1 + Sets.Attractors.Index().First(entry => entry.Item == interval.Attractor).Index}",
                        TableFormat.FormatVector(interval.Attractor.Points[0]),
                        Table.FormatInteger(interval.Start + FirstTime),
                        interval.End == Orbit.States.Count - 1 ? "the end"
                            : Table.FormatInteger(interval.End + FirstTime),
                    }),
                ]),
            TableFormat.CreateSection(
                "orbit",
                "The orbit",
                [
                    "One step: |∂a_t/∂a_(t−1)|. " +
                        $"|∂a_T/∂a_{FirstTime}| = {TableFormat.Exponential(Orbit.LogGradientNorms[^1])}. λ_t bounds " +
                        $"|M′| on a ball of radius d = {NumberFormat.Short(Contractions[0].Radius)} around a_t. If " +
                        "the noise added to the activations in the step from a_t is below b_t = (1 − λ_t)d for every " +
                        "t, the state stays within d of the orbit without noise (Theorem 3).",
                ],
                ["t", "a_t", "latched to", "one step", $"log₁₀ |∂a_t/∂a_{FirstTime}|", "λ_t", "b_t"],
                ["t", "activations", "latched_to", "local_norm", "log10_gradient", "rate", "noise"],
                [.. SampleTimes().Select(CreateRow)]),
        ];

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
            .. Sets.UnsettledMotions.Select(motion => motion.Kind).Distinct().Order()
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

    /// <summary>All times of a short orbit; of a long orbit the first, the last and some in between.</summary>
    private IEnumerable<int> SampleTimes()
    {
        int last = Orbit.States.Count - 1;
        return Enumerable.Range(0, MaximumRows).Select(i => (int)((long)last * i / (MaximumRows - 1))).Distinct();
    }

    private string[] CreateRow(int t)
        =>
        [
            Table.FormatInteger(t + FirstTime),
            TableFormat.FormatVector(Orbit.States[t]),
            GetLatchedAttractor(t) is { } number ? TableFormat.FormatVector(Sets.Attractors[number - 1].Points[0])
                : "—",
            t == 0 ? "—" : NumberFormat.Short(Orbit.StepJacobianNorms[t]),
            NumberFormat.Short(GetLog10Gradient(t)),
            NumberFormat.Short(Contractions[t].Rate),
            Contractions[t].NoiseBound > 0.0 ? NumberFormat.Short(Contractions[t].NoiseBound) : "—",
        ];
}
