using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Paper.Figure1b;

/// <summary>
/// Figure 1(b): two sample sequences, one of each class, with the trained inputs of a successful run, and the
/// trajectory of the neuron for each. The run is the first of its configuration that learned with a weight above 1,
/// which is the latch that the paper describes. If there is no such run, it is the first that learned.
/// </summary>
internal sealed class SampleSequences : IExperiment
{
    internal const int TrialCount = 256;

    private static readonly TableColumns<Step> Columns = new(
        ("class", step => step.SequenceClass),
        ("t", step => step.Time),
        ("input", step => step.Input),
        ("is_trainable", step => step.IsTrainable ? 1 : 0),
        ("state", step => step.State));

    /// <summary>A step of a shown sequence.</summary>
    private sealed record Step(int SequenceClass, int Time, double Input, bool IsTrainable, double State);

    public string Id => "figure-1b";

    public string Title => "Figure 1(b): two sample sequences and the trajectories of the neuron";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Fixed",
        ("sample-runs", TrialCount, "runs among which Figure 1(b) searches for one that learned"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
    {
        TrainingConfiguration configuration = settings.BaseConfiguration with
        {
            Network = settings.BaseConfiguration.Network with { Weight = WeightUse.Trained },
        };
        return [new Sweep(Id, [configuration], TrialCount) { StoredParameters = configuration.ParameterNames.Count }];
    }

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        => settings.BasePaths.Except([.. Settings.FindIdle(settings.BaseConfiguration).Keys, "network.weight"]);

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        var configuration = (TrainingConfiguration)outcomes[0].Sweep.Configurations[0];
        MinimalTask task = settings.BaseTask;
        int[] learnedTrials = [
            .. Enumerable.Range(0, TrialCount).Where(n => outcomes[0].GetOutcomes(0)[n].IsConverged)];
        string setting = $"T = {task.Length}, s = {NumberFormat.Short(task.Noise)} as " +
            $"{Settings.FormatValue(task.NoiseIs)}, w0 = " +
            $"{NumberFormat.Short(configuration.Network.InitialWeight)}, w trained; " +
            $"{CaptionFormat.FormatTrainingSettings(settings)}; rule " +
            $"{Settings.FormatValue(configuration.ConvergenceRule.Rule)}; " +
            (task.NoiseDrawn == NoiseDraw.Afresh
                ? "noise drawn afresh, the noise of the first presentation is shown; "
                : "") +
            $"seed {seed}";
        if (learnedTrials.Length == 0)
            return new([CreateEmptyFigure(setting)], []);

        double WeightOf(int n) => outcomes[0].GetParameters(0, n)[0];
        int[] latchingTrials = [.. learnedTrials.Where(n => WeightOf(n) > 1.0)];
        int trial = latchingTrials.Length > 0 ? latchingTrials[0] : learnedTrials[0];
        double[] parameters = outcomes[0].GetParameters(0, trial).ToArray();
        Outcome outcome = outcomes[0].GetOutcomes(0)[trial];
        var panels = new List<Panel>();
        var steps = new List<Step>();
        for (int sequence = 0; sequence < 2; sequence++)
        {
            TrialReplay replay = TrialReplay.Compute(configuration, trial, seed, parameters, sequence);
            int sequenceClass = GeneratedTask.ClassOf(sequence);
            panels.Add(CreateInputPanel(replay, task.Inputs, sequenceClass));
            panels.Add(CreateStatePanel(replay, task.Target, sequenceClass));
            steps.AddRange(replay.Inputs.Select((input, i) => new Step(
                sequenceClass, i + 1, input, i < task.Inputs, replay.States[i + 1])));
        }

        var figure = new Figure(
            Id,
            Title,
            $"Trial {trial} of {TrialCount}, the first that " +
                $"learned{(latchingTrials.Length > 0 ? " with w > 1" : "")}: {outcome.Presentations} presentations. " +
                $"{learnedTrials.Length} learned, {latchingTrials.Length} of them with w > 1. {setting}.",
            panels,
            Columns: 2,
            Columns.CreateTable(steps))
        {
            Remark = DescribeLearnedWeight(
                parameters[0], configuration.Network.InitialWeight, task.StandardDeviation)
                + DescribeSignFlipping(learnedTrials.Count(n => WeightOf(n) < -1.0), learnedTrials.Length),
        };
        return new([figure], []);
    }

    private static Chart CreateInputPanel(TrialReplay replay, int trainable, int sequenceClass)
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

    private static Chart CreateStatePanel(TrialReplay replay, double distance, int sequenceClass)
    {
        double target = sequenceClass == 1 ? distance : -distance;
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

    /// <summary>Describes the learned weight by the theory of the single neuron.</summary>
    private static string DescribeLearnedWeight(double weight, double initialWeight, double noise)
    {
        string training =
            $"Training took w from {NumberFormat.Short(initialWeight)} to " +
                $"{NumberFormat.Short(weight)}";
        SingleNeuron neuron = SingleNeuron.Analyze(Math.Abs(weight));
        if (neuron.CriticalInput is not { } critical)
        {
            return $"{training}: the only attractor is 0, and the decaying effect of the inputs still has the " +
                "correct sign at the end of the sequence.";
        }

        string attractors = weight > 0.0 ? "two attractors at" : "two orbits of period 2 through";
        string margin = noise > 0.0
            ? $", {NumberFormat.Short(critical / noise)} standard deviations of the " +
                "noise"
            : "";
        return $"{training}: {attractors} x = ±{NumberFormat.Short(neuron.Attractor!.Value)}, and no input below " +
            $"h* = {NumberFormat.Short(critical)} can move the state from one to the other{margin}.";
    }

    /// <summary>
    /// Describes the runs with a weight below −1, which also latch: x_t·(−1)^t obeys the same equation with −w, so the
    /// state changes its sign at every step, and the two orbits of period 2 represent the bit. With a fixed T, the
    /// output at the last step determines the orbit.
    /// </summary>
    private static string DescribeSignFlipping(int flipping, int learned)
        => flipping == 0
            ? ""
            : $" {flipping} of the {learned} runs that learned have w < −1, which is also a latch: " +
                "the state changes its sign at every step, and one of two orbits of period 2 represents the bit.";

    private Figure CreateEmptyFigure(string setting)
        => new(
            Id,
            Title,
            $"{setting}.",
            [new Diagram("", [new Node("no run learned", 0.0, 0.0, IsOutlined: false)], [], [])],
            Columns: 1,
            Columns.CreateTable([]))
        {
            Remark = $"None of the {TrialCount} runs at these settings learned, so there is no sequence to show.",
        };
}
