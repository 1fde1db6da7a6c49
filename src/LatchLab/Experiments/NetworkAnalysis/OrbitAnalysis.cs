using LatchLab.Dynamics;
using LatchLab.Experiments.Catalogue;
using LatchLab.Experiments.Results;
using LatchLab.Networks;

namespace LatchLab.Experiments.NetworkAnalysis;

/// <summary>
/// One input sequence through a network: when it is robustly latched, and to what (Definition 5); how much of the
/// gradient with respect to the first state is left (Theorem 4); and how much noise Theorem 3 allows on the way. All
/// states are activations.
/// </summary>
/// <param name="Sets">The attractors of the network without inputs.</param>
/// <param name="Orbit">States and gradients, t = 0 … T.</param>
/// <param name="Latching">Where the states lie.</param>
/// <param name="Contractions">λ_t and b_t on balls around the states.</param>
/// <param name="First">
/// The time of the first state: 0, or 1 where a_0 is −∞ (x_0 is an output that no activation gives), so that nothing
/// depends on it.
/// </param>
public sealed record OrbitAnalysis(
    InvariantSets Sets, DrivenOrbit Orbit, Latching Latching, IReadOnlyList<Contraction> Contractions, int First)
{
    private const int MostRows = 40;

    /// <summary>Follows a sequence.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[t][input]: the inputs after those that are parameters of the network.</param>
    /// <param name="distance">d, the radius of the balls of Theorem 3.</param>
    /// <param name="seed">Of the search for attractors.</param>
    /// <exception cref="InputException">
    /// A unit has no slope, or the steps have not as many inputs as those of the network.
    /// </exception>
    public static OrbitAnalysis Of(
        NetworkDefinition network, IReadOnlyList<double> inputs, double distance, ulong seed)
    {
        DrivenSystem driven = DrivenSystem.Of(network);
        if (inputs.Count % driven.Inputs != 0)
        {
            throw new InputException("", "sequence", $"has {inputs.Count} numbers, and the network {driven.Inputs} " +
                $"inputs a step: give {driven.Inputs} for each step");
        }

        DynamicalSystem system = driven.Hold();
        InvariantSets sets = InvariantSets.Of(system, effort: new() { Seed = seed });
        double[] start = driven.InitialState();
        double[][] sequence = [.. network.LeadingInputs.Concat(inputs).Chunk(driven.Inputs)];
        int first = start.All(double.IsFinite) ? 0 : 1;
        if (first == 1)
            start = driven.Image([.. start, .. sequence[0]]);
        DrivenOrbit orbit = DrivenOrbit.Of(driven, start, sequence.Skip(first));
        return new(
            sets,
            orbit,
            Latching.Of(system, sets, orbit.States),
            Contraction.Every(system, orbit.States, distance),
            first);
    }

    /// <summary>In words and tables.</summary>
    public IReadOnlyList<ReportSection> Sections()
        =>
        [
            Cells.Section(
                "latching",
                "When it is latched",
                [
                    "Robustly latched (Definition 5): the state lies in the reduced attracting set Γ(X) of the " +
                        "network without inputs. " + Verdict(),
                ],
                ["attractor at a", "since t", "until t"],
                ["attractor", "since", "until"],
                [
                    .. Latching.Spells.Select(spell => new[]
                    {
                        Cells.Vector(spell.Attractor.Points[0]),
                        Table.Count(spell.Since + First),
                        spell.Until == Orbit.States.Count - 1 ? "the end" : Table.Count(spell.Until + First),
                    }),
                ]),
            Cells.Section(
                "orbit",
                "The orbit",
                [
                    "One step: |∂a_t/∂a_(t−1)|. " +
                        $"|∂a_T/∂a_{First}| = e^{Words.Short(Orbit.LogGradients[^1])}. λ_t bounds |M′| on a ball of " +
                        $"radius d = {Words.Short(Contractions[0].Distance)} around a_t. As long as what is added to " +
                        "the activations in the step from a_t is below b_t = (1 − λ_t)d, at every t, the state stays " +
                        "within d of where it would go without (Theorem 3).",
                ],
                ["t", "a_t", "latched to", "one step", $"ln |∂a_t/∂a_{First}|", "λ_t", "b_t"],
                ["t", "activations", "latched_to", "local_norm", "log_gradient", "rate", "noise"],
                [.. Shown().Select(Row)]),
        ];

    /// <summary>
    /// The attractor that a time is latched to, by its number from 1; null where it is latched to none.
    /// </summary>
    public int? LatchedTo(int t)
        => Latching.Memberships[t].HoldsPoint
            ? 1 + Sets.Attractors.Index().First(x => x.Item == Latching.Memberships[t].Ball!.Orbit).Index
            : null;

    private string Verdict()
        => Latching.Spells switch
        {
            [] when Sets.Attractors.Count == 0 => "The network has no attractor that was found.",
            [] => "The sequence never latches it.",
            [.., var last] when last.Until == Orbit.States.Count - 1
                => $"At the end it is latched, since t = {last.Since + First}.",
            [.., var last] => $"At the end it is not latched any more, since t = {last.Until + 1 + First}.",
        };

    /// <summary>Every time of a short orbit; of a long one the first and last and some in between.</summary>
    private IEnumerable<int> Shown()
    {
        int last = Orbit.States.Count - 1;
        return Enumerable.Range(0, MostRows).Select(i => (int)((long)last * i / (MostRows - 1))).Distinct();
    }

    private string[] Row(int t)
        =>
        [
            Table.Count(t + First),
            Cells.Vector(Orbit.States[t]),
            LatchedTo(t) is { } number ? Cells.Vector(Sets.Attractors[number - 1].Points[0]) : "—",
            t == 0 ? "—" : Words.Short(Orbit.LocalNorms[t]),
            Words.Short(Orbit.LogGradients[t]),
            Words.Short(Contractions[t].Rate),
            Contractions[t].Noise > 0.0 ? Words.Short(Contractions[t].Noise) : "—",
        ];
}
