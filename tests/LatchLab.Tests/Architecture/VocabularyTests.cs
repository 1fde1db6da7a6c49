using System.Text.RegularExpressions;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// LatchLab speaks the language of machine learning, dynamical systems and .NET: words that once existed only here do
/// not come back into code, comments, messages, help or documentation. Help and messages are string literals of the
/// sources.
/// </summary>
public sealed partial class VocabularyTests
{
    private static readonly string[] Folders = ["src", "tests", "examples", "benchmarks", "docs"];

    private static readonly string[] Extensions = [".cs", ".md", ".toml", ".py", ".h", ".cpp", ".css", ".csproj"];

    /// <summary>Each banned expression with the term to use. Case does not matter; words are whole words.</summary>
    private static readonly (string Banned, string Term)[] Dictionary =
    [
        ("ways? back", "backward pass"),
        ("StepBack|CarryBack", "StepBackward, Backpropagate"),
        ("error signals?", "adjoint"),
        ("faint|FaintSignals", "underflow"),
        ("IsHeard|HasFaded", "IsSignificant, HasUnderflowed"),
        ("hears?|heard", "receives; depends on"),
        ("silences?|silenced", "flush to zero; a delay of zero inputs"),
        ("FormWithBend", "FullForm"),
        ("IContributions|TContributions", "IGradientTerms"),
        ("learning rules?|ILearningRule", "update rule"),
        ("Unfolding|unfolded network", "BackpropagationThroughTime, unrolled network"),
        ("ForwardLearner", "RealTimeRecurrentLearning"),
        ("Wiring", "NetworkShape"),
        ("UnitChance|PropagatesByChance", "StochasticUnitDraws, IsStochastic"),
        ("mistakes?|mistaken", "error, invalid value"),
        ("sayings?", "attributes"),
        ("Ensembles?", "trial batch"),
        ("ProblemCell|MinimalCell", "TrainingConfiguration"),
        ("WaitingTrials|QueuedTrial|HeldTrials", "TrialQueue, PendingTrial, CompletedTrials"),
        ("LearningProbe|TrialCheck", "TrainingDiagnostics, DiagnosticSnapshot"),
        ("LaneMeter|LiveTrials", "ProgressAccumulator, TrainingMonitor"),
        ("own sequences|OwnSequences|SequencesTask", "dataset"),
        ("IsPatient|LearnsOnlyFromWrong|HasShortSteps|TakesVectorsTogether", "see docs/explanation/decisions.md"),
        ("Fineness", "Resolution"),
        ("exhibits?", "experiment"),
        ("contenders?|standings|duels?", "algorithm, run table, paired comparison"),
        ("judgements?|judgments?", "claim test"),
        ("leftovers?", "stale temporary folders"),
        ("somebody|nobody|whoever", "name the actor or use the passive"),
        ("the house|this house|this room|rooms? of", "architecture, namespace"),
        ("asked for", "requested"),
        ("no business|business of", "say what it does"),
        ("knows? nothing of", "does not depend on"),
    ];

    [Fact]
    public void No_banned_word_is_used()
    {
        var banned = new Regex(
            string.Join('|', Dictionary.Select((entry, i) => $@"(?<w{i}>\b(?:{entry.Banned})\b)")),
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Compiled);
        Assert.Empty(
            from file in Files()
            from line in File.ReadLines(file).Index()
            from Match match in banned.Matches(Quotation().Replace(line.Item, ""))
            let entry = Dictionary.Index().First(entry => match.Groups[$"w{entry.Index}"].Success).Item
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: '{match.Value}': {entry.Term}");
    }

    private static IEnumerable<string> Files()
        => Folders
            .SelectMany(folder => Directory.GetFiles(
                Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Where(file => Extensions.Contains(Path.GetExtension(file))
                && Path.GetFileName(file) != $"{nameof(VocabularyTests)}.cs"
                && !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
                    .Any(part => part is "bin" or "obj" or ".torch"));

    /// <summary>A quotation of a title, which keeps its words.</summary>
    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quotation();
}
