using System.Globalization;
using LatchLab.Paper.Comparison;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Comparison.Work;

/// <summary>
/// A whole computation as a user of LatchLab starts it: trials from their initial parameters to the rule that ends
/// them. Its sizes are chosen so that no contestant needs more than some ten seconds.
/// </summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Sweep">The trials, by LatchLab's own settings.</param>
/// <param name="Units">Neurons of a network.</param>
/// <param name="Note">What a reader of the table must know.</param>
internal sealed record EndToEndRun(string Name, Sweep Sweep, int Units, string Note)
{
    /// <summary>The seed of all trials.</summary>
    public const ulong Seed = 1;

    /// <summary>T of training, one of the lengths of Figure 4.</summary>
    public const int TrainingLength = 50;

    /// <summary>Trials of a training, before it is scaled.</summary>
    public const int TrainingTrials = 1024;

    // Of Figure 4 they are 100,000 and 5,000,000, of Figure 2(a) 20,000. Here the slowest contestant sets them: what is
    // compared is the time of a unit-step, and the trials that all of them end in the same way.
    private const int TrainingBudget = 3_000, AnnealingBudget = 300_000, FigureBudget = 5_000;

    private const int AnnealingLength = 10, AnnealingTrials = 128;

    // As in the quick profile of `reproduce`.
    private const int GridPoints = 9;

    private const string BatchesNote =
        "PyTorch and TorchSharp: all trials as one batch, which ended trials leave; PyTorch in the way of writing " +
        "the network that was fastest in a trial before its time began, TorchSharp in one way, eager and element by " +
        "element.";

    private static string AnnealingNote => FormattableString.Invariant(
        $"T = {AnnealingLength}, settings tuned for Figure 4, {AnnealingBudget:N0} presentations at most. ") +
        "A candidate is charged with all sequences; LatchLab and plain C++ leave out those that cannot change " +
        "its fate, PyTorch presents all at once. Random numbers are each program's own: other trials converge, " +
        "the means tell that the same algorithm ran.";

    private static string FigureNote => string.Create(
        CultureInfo.InvariantCulture,
        $"{GridPoints} × {GridPoints} cells of Figure 2(a), {new ReproductionSettings().Resolution.Runs} trials " +
            $"each, ") +
        FormattableString.Invariant($"{FigureBudget:N0} presentations at most. ") +
        "Each program draws its own normal numbers: one for every noisy step. " + BatchesNote;

    /// <summary>Every one that can be named.</summary>
    public static IReadOnlyList<EndToEndRun> All { get; } =
    [
        new("training-latch", CreateTraining(Problem.Latch), Units: 1, TrainingNote(Problem.Latch)),
        new("training-two-sequence", CreateTraining(Problem.TwoSequence), Units: 5, TrainingNote(Problem.TwoSequence)),
        new("annealing-parity", CreateAnnealing(), Units: 2, AnnealingNote),
        new("figure-2a", CreateFigure2a(), Units: 1, FigureNote),
    ];

    /// <summary>The same with another number of trials in each cell.</summary>
    public EndToEndRun WithTrials(int trials) => this with { Sweep = Sweep with { TrialsPerConfiguration = trials } };

    /// <summary>A cell of Figure 4 with noise, its back-propagation tuned as there.</summary>
    private static Sweep CreateTraining(Problem problem)
        => new(problem.Id,
            [CreateConfiguration(problem, KnownAlgorithms.Backpropagation, TrainingLength, TrainingBudget)],
            TrainingTrials);

    private static string TrainingNote(Problem problem)
    {
        Configuration configuration = CreateTraining(problem).Configurations[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"T = {TrainingLength} (sequences from its half), noise {Problem.PaperNoise}, " +
                $"{configuration.TrainingSequences} of them; ") +
            FormattableString.Invariant(
                $"η = {configuration.Learner.Rate} (tuned for Figure 4), {TrainingBudget:N0} presentations at most. ") +
            "No test at the end. Everybody trains the same trials; LatchLab also draws them while it is timed. " +
            "A network at the edge of learning multiplies rounding errors: so some trials end otherwise. LatchLab " +
            "reviews what did not converge once more, and is charged with that. Its kernel alone: the same network " +
            "at the mean length, the median of short repetitions by the clock. " + BatchesNote;
    }

    private static Sweep CreateAnnealing()
        => new(
            "annealing",
            [CreateConfiguration(Problem.Parity, KnownAlgorithms.SimulatedAnnealing, AnnealingLength, AnnealingBudget)],
            AnnealingTrials);

    /// <summary>Without the test on fresh sequences at the end: compared is the training.</summary>
    private static TrainingConfiguration CreateConfiguration(Problem problem, Algorithm algorithm, int length,
        int budget)
        => problem.CreateConfiguration(algorithm, TunedSettings.CreateLearner(problem, algorithm), length,
            Problem.PaperNoise, budget) with
        {
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost, FreshSequences = 0 },
        };

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
                       Task = settings.BaseConfiguration.Task with { Noise = noise, NoiseDrawn = NoiseDraw.Afresh },
                       Training = settings.BaseConfiguration.Training with { Presentations = FigureBudget },
                       Start = settings.BaseConfiguration.Start with { InitialWeight = weight,
                           Weight = WeightUse.Trained },
                   },
            ],
            settings.Resolution.Runs);
    }
}
