using LatchLab.Dynamics;
using LatchLab.Experiments.Results;
using LatchLab.Tasks;

namespace LatchLab.Experiments.Catalogue.Figure1b;

/// <summary>
/// Figure 1(b): two sample sequences, one of each class, with the trainable values as a successful run left them, and
/// the trajectory of the neuron beside each. The run is the first of its cell that learned with a weight above 1, the
/// latch that the paper speaks of; if there is none, the first that learned at all.
/// </summary>
public sealed class SampleSequences : IExhibit
{
    internal const int Trials = 256;

    /// <inheritdoc/>
    public string Id => "figure-1b";

    /// <inheritdoc/>
    public string Title => "Figure 1(b): two sample sequences and the trajectories of the neuron";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
    {
        MinimalCell cell = study.Cell with { Start = study.Cell.Start with { Weight = WeightUse.Trained } };
        return [new Sweep(Id, [cell], Trials) { KeptParameters = 1 + (2 * cell.Task.TrainableInputs) }];
    }

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        var cell = (MinimalCell)outcomes[0].Sweep.Cells[0];
        int[] learned = [.. Enumerable.Range(0, Trials).Where(n => outcomes[0].OfCell(0)[n].Converged)];
        string setting = $"T = {cell.Task.Length}, " +
            $"s = {Words.Short(cell.Task.Noise)} as {Settings.InWords(cell.Task.NoiseIs)}, " +
            $"w0 = {Words.Short(cell.Start.InitialWeight)}, w trained; {Words.Run(cell)}; " +
            $"rule {Settings.InWords(cell.Rule.Rule)}; " +
            (cell.Task.NoiseDrawn == NoiseDraw.Afresh ? "noise drawn afresh, that of the first pass is shown; " : "") +
            $"seed {seed}";
        if (learned.Length == 0)
            return new([NothingLearned(setting)], []);

        double WeightOf(int n) => outcomes[0].Parameters(0, n)[0];
        int[] latches = [.. learned.Where(n => WeightOf(n) > 1.0)];
        int trial = latches.Length > 0 ? latches[0] : learned[0];
        double[] parameters = outcomes[0].Parameters(0, trial).ToArray();
        Outcome outcome = outcomes[0].OfCell(0)[trial];
        var panels = new List<Panel>();
        var rows = new List<IReadOnlyList<string>>();
        for (int sequence = 0; sequence < 2; sequence++)
        {
            TrialReplay replay = TrialReplay.Of(cell, trial, seed, parameters, sequence);
            int sequenceClass = MinimalTask.ClassOf(sequence);
            panels.Add(InputPanel(replay, cell.Task.TrainableInputs, sequenceClass));
            panels.Add(StatePanel(replay, sequenceClass));
            rows.AddRange(Rows(replay, cell.Task.TrainableInputs, sequenceClass));
        }

        var figure = new Figure(
            Id,
            Title,
            $"Trial {trial} of {Trials}, the first that learned{(latches.Length > 0 ? " with w > 1" : "")}: " +
                $"{outcome.Presentations} presentations. " +
                $"{learned.Length} learned, {latches.Length} of them with w > 1. {setting}.",
            panels,
            Columns: 2,
            new Table(["class", "t", "input", "is_trainable", "state"], rows))
        {
            Remark = Explain(parameters[0], cell) + Flips(learned.Count(n => WeightOf(n) < -1.0), learned.Length),
        };
        return new([figure], []);
    }

    private static Chart InputPanel(TrialReplay replay, int trainable, int sequenceClass)
    {
        DataPoint[] points = [.. replay.Inputs.Select((h, i) => new DataPoint(i + 1, h))];
        return new(
            $"Class {sequenceClass}: input",
            new Axis("t", 0.0, replay.Inputs.Count + 1),
            new Axis("hₜ"),
            [
                new Series("trained", SeriesKind.BoldStems, points[..trainable], Colour: 1),
                new Series("noise", SeriesKind.Stems, points[trainable..], Colour: 0),
            ]);
    }

    private static Chart StatePanel(TrialReplay replay, int sequenceClass)
    {
        double target = sequenceClass == 1 ? MinimalTask.Target : -MinimalTask.Target;
        return new(
            $"Class {sequenceClass}: state",
            new Axis("t", 0.0, replay.Inputs.Count + 1),
            new Axis("xₜ", -1.1, 1.1),
            [
                new Series("xₜ", SeriesKind.Curve, [.. replay.States.Select((x, t) => new DataPoint(t, x))], Colour: 2),
                new Series(
                    "target", SeriesKind.Bound, [new(0.0, target), new(replay.Inputs.Count + 1, target)], Colour: 3),
            ]);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(TrialReplay replay, int trainable, int sequenceClass)
        => replay.Inputs.Select((h, i) => (IReadOnlyList<string>)
        [
            Table.Count(sequenceClass),
            Table.Count(i + 1),
            Table.Number(h),
            i < trainable ? "1" : "0",
            Table.Number(replay.States[i + 1]),
        ]);

    /// <summary>What theory says of the weight that was found.</summary>
    private static string Explain(double weight, MinimalCell cell)
    {
        string training = $"Training took w from {Words.Short(cell.Start.InitialWeight)} to {Words.Short(weight)}";
        SingleNeuron neuron = SingleNeuron.Of(Math.Abs(weight));
        if (neuron.CriticalInput is not { } critical)
        {
            return $"{training}: the only attractor is 0, " +
                "and the trace of the inputs still had the right sign when it was read.";
        }

        string attractors = weight > 0.0 ? "two attractors at" : "two orbits of period 2 through";
        string margin = cell.Task.Deviation > 0.0
            ? $", {Words.Short(critical / cell.Task.Deviation)} standard deviations of the noise"
            : "";
        return $"{training}: {attractors} x = ±{Words.Short(neuron.Attractor!.Value)}, and no input below h* = " +
            $"{Words.Short(critical)} can take the state from one to the other{margin}.";
    }

    /// <summary>
    /// A weight below −1 latches as well: x_t·(−1)^t obeys the same equation with −w, so the state flips its sign at
    /// every step and its two orbits of period 2 are the bit. With T fixed, the output reads it.
    /// </summary>
    private static string Flips(int flipping, int learned)
        => flipping == 0
            ? ""
            : $" {flipping} of the {learned} runs that learned did so with w < −1, a latch too: " +
                "the state flips its sign at every step, and the bit is in which of two orbits of period 2 it is on.";

    private Figure NothingLearned(string setting)
        => new(
            Id,
            Title,
            $"{setting}.",
            [new Diagram("", [new Node("no run learned", 0.0, 0.0, Outlined: false)], [], [])],
            Columns: 1,
            new Table(["class", "t", "input", "is_trainable", "state"], []))
        {
            Remark = $"None of the {Trials} runs at these settings learned, so there is no sequence to show.",
        };
}
