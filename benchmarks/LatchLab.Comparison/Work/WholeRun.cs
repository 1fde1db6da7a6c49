using LatchLab.Experiments;
using LatchLab.Experiments.Comparison;
using LatchLab.Tasks;

namespace LatchLab.Comparison.Work;

/// <summary>
/// A whole computation as a user of LatchLab starts it: trials from their initial parameters to the rule that ends
/// them. Its sizes are chosen so that no contestant needs more than some ten seconds.
/// </summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Sweep">The trials, by LatchLab's own settings.</param>
/// <param name="Units">Neurons of a network.</param>
/// <param name="Note">What a reader of the table must know.</param>
internal sealed record WholeRun(string Name, Sweep Sweep, int Units, string Note)
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

    private static string FigureNote => FormattableString.Invariant(
        $"{GridPoints} × {GridPoints} cells of Figure 2(a), {new Study().Fineness.Runs} trials each, ") +
        FormattableString.Invariant($"{FigureBudget:N0} presentations at most. ") +
        "Each program draws its own normal numbers: one for every noisy step. " + BatchesNote;

    /// <summary>Every one that can be named.</summary>
    public static IReadOnlyList<WholeRun> Known { get; } =
    [
        new("training-latch", Learned(Problem.Latch), Units: 1, TrainingNote(Problem.Latch)),
        new("training-two-sequence", Learned(Problem.TwoSequence), Units: 5, TrainingNote(Problem.TwoSequence)),
        new("annealing-parity", Annealed(), Units: 2, AnnealingNote),
        new("figure-2a", DensityOfConvergence(), Units: 1, FigureNote),
    ];

    /// <summary>The same with another number of trials in each cell.</summary>
    public WholeRun WithTrials(int trials) => this with { Sweep = Sweep with { Trials = trials } };

    /// <summary>A cell of Figure 4 with noise, its back-propagation tuned as there.</summary>
    private static Sweep Learned(Problem problem)
        => new(problem.Id, [Cell(problem, Contenders.Backpropagation, TrainingLength, TrainingBudget)], TrainingTrials);

    private static string TrainingNote(Problem problem)
    {
        Cell cell = Learned(problem).Cells[0];
        return FormattableString.Invariant(
            $"T = {TrainingLength} (sequences from its half), noise {Problem.PaperNoise}, {cell.Sequences} of them; ") +
            FormattableString.Invariant(
                $"η = {cell.Learner.Rate} (tuned for Figure 4), {TrainingBudget:N0} presentations at most. ") +
            "No test at the end. Everybody trains the same trials; LatchLab also draws them while it is timed. " +
            "A network at the edge of learning multiplies rounding errors: so some trials end otherwise. LatchLab " +
            "reviews what did not converge once more, and is charged with that. Its kernel alone: the same network " +
            "at the mean length, the median of short repetitions by the clock. " + BatchesNote;
    }

    private static Sweep Annealed()
        => new(
            "annealing",
            [Cell(Problem.Parity, Contenders.Annealing, AnnealingLength, AnnealingBudget)],
            AnnealingTrials);

    /// <summary>Without the test on fresh sequences at the end: compared is the training.</summary>
    private static ProblemCell Cell(Problem problem, Contender contender, int length, int budget)
        => problem.Cell(contender, TunedSettings.Learner(problem, contender), length, Problem.PaperNoise, budget) with
        {
            Rule = new() { Rule = RuleKind.SignAndCost, FreshSequences = 0 },
        };

    private static Sweep DensityOfConvergence()
    {
        Study study = new();
        double[] Points(double largest)
            => [.. Enumerable.Range(0, GridPoints).Select(i => largest * i / (GridPoints - 1))];
        return new(
            "figure-2a",
            [
                .. from noise in Points(study.Fineness.LargestNoise)
                   from weight in Points(study.Fineness.LargestWeight)
                   select study.Cell with
                   {
                       Task = study.Cell.Task with { Noise = noise, NoiseDrawn = NoiseDraw.Afresh },
                       Training = study.Cell.Training with { Presentations = FigureBudget },
                       Start = study.Cell.Start with { InitialWeight = weight, Weight = WeightUse.Trained },
                   },
            ],
            study.Fineness.Runs);
    }
}
