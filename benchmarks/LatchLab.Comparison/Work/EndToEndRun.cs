using System.Globalization;
using LatchLab.Networks;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Comparison.Work;

/// <summary>
/// A whole computation as a user of LatchLab starts it: trials from their initial parameters to the rule that ends
/// them. Its sizes are chosen so that every implementation needs at most about ten seconds.
/// </summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Sweep">The trials, in LatchLab's settings.</param>
/// <param name="Units">The neurons of a network.</param>
/// <param name="Note">A note for the reader of the table.</param>
internal sealed record EndToEndRun(string Name, Sweep Sweep, int Units, string Note)
{
    /// <summary>The seed of all trials.</summary>
    public const ulong Seed = 1;

    /// <summary>T of the training runs, one of the lengths of Figure 4.</summary>
    public const int TrainingLength = 50;

    /// <summary>The trials of a training run, before scaling.</summary>
    public const int TrainingTrials = 1024;

    // The budgets of Figure 4 are 100,000 and 5,000,000, that of Figure 2(a) is 20,000. The slowest implementation
    // limits the budgets here: the comparison uses the time of a unit-step and the trials that end alike in all
    // programs.
    private const int TrainingBudget = 3_000, AnnealingBudget = 300_000, FigureBudget = 5_000;

    private const int AnnealingLength = 10, AnnealingTrials = 128;

    // As in the quick profile of `reproduce`.
    private const int GridPoints = 9;

    private const string BatchesNote =
        "PyTorch and TorchSharp run all trials as one batch, from which ended trials are removed. PyTorch uses the " +
        "variant of the network that was fastest in an untimed test, TorchSharp its only variant, eager and " +
        "element by element.";

    private static string AnnealingNote => FormattableString.Invariant(
        $"T = {AnnealingLength}, settings tuned for Figure 4, {AnnealingBudget:N0} presentations at most. ") +
        "A candidate counts with all sequences; LatchLab and plain C++ skip those that cannot change its acceptance, " +
        "PyTorch presents all at once. Each program draws its own random numbers, so different trials converge; the " +
        "means show that the same algorithm ran.";

    private static string FigureNote => string.Create(
        CultureInfo.InvariantCulture,
        $"{GridPoints} × {GridPoints} configurations of Figure 2(a), " +
            $"{new ReproductionSettings().Resolution.Runs} trials each, ") +
        FormattableString.Invariant($"{FigureBudget:N0} presentations at most. ") +
        "Each program draws its own normal numbers, one for every noisy step. " + BatchesNote;

    /// <summary>All runs.</summary>
    public static IReadOnlyList<EndToEndRun> All { get; } =
    [
        new("training-latch", CreateTraining(Problem.Latch), Units: 1, TrainingNote(Problem.Latch)),
        new("training-two-sequence", CreateTraining(Problem.TwoSequence), Units: 5, TrainingNote(Problem.TwoSequence)),
        new("annealing-parity", CreateAnnealing(), Units: 2, AnnealingNote),
        new("figure-2a", CreateFigure2a(), Units: 1, FigureNote),
    ];

    /// <summary>The same run with another number of trials per configuration.</summary>
    public EndToEndRun WithTrials(int trials) => this with { Sweep = Sweep with { TrialsPerConfiguration = trials } };

    /// <summary>A configuration of Figure 4 with noise, with back-propagation tuned as in the figure.</summary>
    private static Sweep CreateTraining(Problem problem)
        => new(problem.Id,
            [CreateConfiguration(problem, KnownAlgorithms.Backpropagation, TrainingLength, TrainingBudget)],
            TrainingTrials);

    private static string TrainingNote(Problem problem)
    {
        TrainingConfiguration configuration = CreateTraining(problem).Configurations[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"T = {TrainingLength} (lengths from half of it), noise {Problem.PaperNoise}, " +
                $"{configuration.TrainingSequences} sequences; ") +
            FormattableString.Invariant(
                $"η = {configuration.Learner.Rate} (tuned for Figure 4), {TrainingBudget:N0} presentations at most. ") +
            "No test at the end (LatchLab: one sequence). All programs train the same trials; LatchLab also draws " +
            "them within its time. " +
            "A network at the edge of learning amplifies rounding errors, so some trials end differently. LatchLab " +
            "evaluates trials that did not converge once more, and this counts in its time. Its kernel alone is the " +
            "same network at the mean length, the median of short repetitions in wall-clock time. " + BatchesNote;
    }

    private static Sweep CreateAnnealing()
        => new(
            "annealing",
            [CreateConfiguration(Problem.Parity, KnownAlgorithms.SimulatedAnnealing, AnnealingLength, AnnealingBudget)],
            AnnealingTrials);

    /// <summary>
    /// A configuration with a single test sequence, the least that there can be: only training is compared. The other
    /// programs read the sequences from a file, the shortest first, so that their batches need not wait either.
    /// </summary>
    private static TrainingConfiguration CreateConfiguration(Problem problem, Algorithm algorithm, int length,
        int budget)
    {
        TrainingConfiguration configuration = problem.CreateConfiguration(
            algorithm, TunedSettings.CreateLearner(problem, algorithm, Problem.PaperNoise), length,
            Problem.PaperNoise, budget);
        return configuration with
        {
            Task = algorithm.Learner.IsSearch ? configuration.Task
                : configuration.Task with { Order = SequenceOrder.Sorted },
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost, TestSequences = 1 },
        };
    }

    private static Sweep CreateFigure2a()
    {
        ReproductionSettings settings = new();
        double[] Points(double largest)
            => [.. Enumerable.Range(0, GridPoints).Select(i => largest * i / (GridPoints - 1))];
        return new(
            "figure-2a",
            [
                .. from noise in Points(settings.Resolution.LargestNoise)
                   from weight in Points(settings.Resolution.LargestWeight)
                   select settings.BaseConfiguration with
                   {
                       Task = new MinimalTask
                       {
                           Noise = noise, NoiseDrawn = NoiseDraw.Afresh, Order = SequenceOrder.Sorted,
                       },
                       Limits = settings.BaseConfiguration.Limits with { Presentations = FigureBudget },
                       Network = settings.BaseConfiguration.Network with
                       {
                           InitialWeight = weight, Weight = WeightUse.Trained,
                       },
                   },
            ],
            settings.Resolution.Runs);
    }
}
