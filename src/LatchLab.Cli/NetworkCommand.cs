using System.CommandLine;
using LatchLab.Diagnosis;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Models;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics network</c>: analyzes the network in a file (Section IV).</summary>
internal static class NetworkCommand
{
    private static readonly Argument<string> Network = Options.Argument(
        "FILE.json", "the network file (see docs/reference/network-files.md)");

    private static readonly Option<IReadOnlyList<double>?> Input = Options.Numbers(
        "--input", "U,…",
        "the constant inputs, one per network input, separated by commas; normalised, for a network that a dataset " +
            "trained (default: all 0)");

    private static readonly Option<string?> Out = Options.Text(
        "--out", "DIR", "folder for a report with figures, tables and certificates (default: no report)");

    private static readonly Option<string?> Certificate = Options.Text(
        "--certificate", "CERT.json",
        "file for a noise certificate: for the requested noise, or the largest that keeps two states apart");

    private static readonly ExecutionOptions Execution = new(defaultSeed: 0);

    private static readonly IReadOnlyList<SettingOption> SettingOptions =
        [.. Settings.GetAll(new NetworkDiagnosisOptions()).Select(setting => new SettingOption(setting))];

    public static Command Create() => new RunnableCommand(
        "network",
        "Analyze a network (Section IV): what it can store, how much noise its states withstand, and how much of " +
            "the gradient remains.",
        Run,
        () => [Network, Input, Out, ReportOutput.Open, Certificate, Options.Json, .. Execution.All, .. SettingOptions]);

    private static int Run(ParsedOptions parsed)
    {
        string? path = parsed.GetRequired(Network);
        NetworkDefinition? network = parsed.Read(path, file => NetworkFile.ReadUnits(file, CommandLine.WriteError));
        IReadOnlyList<double>? constantInputs = parsed.GetValue(Input);
        NetworkDiagnosisOptions question = SettingOption.Apply(new NetworkDiagnosisOptions(), SettingOptions, parsed);
        IReadOnlyList<SettingOption> given = SettingOption.FindGiven(SettingOptions, parsed);
        string? folder = parsed.GetValue(Out);
        ReportOutput.RefuseOpenWithoutReport(parsed, folder);
        bool isEnumerated = network is not null && KnownUnits.IsThresholdOnly(network.Unit);
        if (isEnumerated)
            parsed.RefuseUnused([Certificate, Execution.Seed, .. SettingOptions], ThresholdOutput.UnusedReason);
        if (network is not null)
            parsed.ValidationErrors.AddRange(Validate(path!, network, constantInputs, folder is not null, given));
        if (network is not null && question.Box == 0.0)
            parsed.ValidationErrors.AddRange(RequireBox(network));
        RunOptions options = Execution.Read(parsed);
        parsed.Check(folder, ReportFolder.CheckWritable);
        parsed.Check(parsed.GetValue(Certificate), CertificateFile.EnsureWritable);
        parsed.ThrowIfInvalid();
        using var signals = new TerminationSignals();
        if (isEnumerated)
        {
            ThresholdOutput.Run(parsed, network!, path!, constantInputs, options, folder, signals.Token);
            return ExitCodes.Success;
        }

        NetworkDiagnosis answer = NetworkAnalyzer.Analyze(network!, constantInputs, question, options);
        foreach (string note in FindUnused(answer, given))
            CommandLine.WriteError(note);
        return Report(parsed, answer, path!, signals.Token);
    }

    /// <summary>Notes for given options whose effect depends on what the analysis found.</summary>
    private static IEnumerable<string> FindUnused(NetworkDiagnosis answer, IEnumerable<Option> givenOptions)
    {
        const string settled = "every orbit reached an attractor or diverged";
        return from option in givenOptions
               let reason = option.Name switch
               {
                   "--exponents" when answer.LyapunovExponents is null => settled,
                   "--exponent-steps" when answer.LyapunovExponents is null
                       && answer.BasinFractions is null or
                       {
                           QuasiPeriodic.Successes: 0, Chaotic.Successes: 0,
                           Undecided.Successes: 0
                       } => settled,
                   "--samples" or "--sample-steps" when answer.BasinFractions is null => "no attractor was found",
                   _ => null,
               }
               where reason is not null
               select $"{option.Name} had no effect: {reason}.";
    }

    private static int Report(
        ParsedOptions parsed, NetworkDiagnosis answer, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string? folder = parsed.GetValue(Out), certificatePath = parsed.GetValue(Certificate);
        string? page = folder is null ? null : ReportOutput.Write(
            parsed, folder, NetworkReport.Create(answer, Path.GetFileName(path)), cancellation);
        NoiseCertificate? noiseCertificate = answer.RequestedCertificate ?? answer.TwoStateCertificate;
        bool isProved = noiseCertificate is { StateCount: >= 2 };
        if (certificatePath is not null && isProved)
            CertificateFile.Write(certificatePath, noiseCertificate!);
        if (parsed.GetValue(Options.Json))
        {
            JsonOutput.WriteDocument(
                NetworkJson.ToJson(answer, page), answer.IsConclusive ? "ok" : "no attractor found");
        }
        else
        {
            SectionPrinter.PrintSummary(NetworkSummary.Create(answer));
            SectionPrinter.Print(NetworkReport.CreateSections(answer));
            if (page is not null)
                Console.Out.WriteLine($"Report: {page}");
            if (certificatePath is not null && isProved)
                Console.Out.WriteLine($"Certificate: {certificatePath}");
        }

        ReportOutput.OpenIfWanted(parsed, page);
        if (!answer.IsConclusive)
        {
            CommandLine.WriteError(DescribeNoAttractor(answer));
            return ExitCodes.InvalidInput;
        }

        if (certificatePath is null || isProved)
            return ExitCodes.Success;
        CommandLine.WriteError(answer.RequestedCertificate is null
            ? "No certificate was written: no two states could be proved to stay apart under any noise."
            : "No certificate was written: no two states could be proved to stay apart with this noise. Omit " +
                "--noise to search for the largest provable noise, or give a smaller one.");
        return ExitCodes.InvalidInput;
    }

    /// <summary>Says that no attractor was found, and which options may find one.</summary>
    private static string DescribeNoAttractor(NetworkDiagnosis answer)
    {
        InvariantSets sets = answer.InvariantSets;
        string starts = NumberFormat.WithNoun(answer.Options.Orbits, "start");
        if (sets.MoreStepsDecideNothing && sets.DivergentCount == 0)
        {
            return $"No attractor was found: from {starts}, every orbit comes to rest at, or approaches, a fixed " +
                "point or periodic orbit that is not known to be stable." +
                (answer.Network.Inputs > 0 ? " Other constant inputs (--input) may have an attractor." : "");
        }

        string more = sets.MoreStepsDecideNothing
            ? "--orbits" : "--most-steps, --orbits, --longest-period or --exponent-steps";
        string inputs = answer.Network.Inputs > 0 ? ", or other constant inputs with --input" : "";
        return $"No attractor was found within {answer.Options.MostSteps} steps from {starts}: give a larger " +
            $"{more}{inputs}.";
    }

    /// <summary>Returns an error if the states of a network have no bounds, so that a search needs a box.</summary>
    internal static IEnumerable<ValidationError> RequireBox(NetworkDefinition network)
    {
        if (!KnownUnits.HasUnbounded(network.Unit) || KnownUnits.HasThreshold(network.Unit)
            || DynamicalSystem.Create(network).Range().All(side => double.IsFinite(side.Width)))
        {
            yield break;
        }

        yield return new("--box", "", "missing: relu units have no bounds, so no box contains all states; give the " +
            "largest activation from which searches start, for example 10");
    }

    /// <summary>Returns an error for each option that does not fit the network.</summary>
    private static IEnumerable<ValidationError> Validate(
        string path, NetworkDefinition network, IReadOnlyList<double>? constantInputs, bool hasReport,
        IEnumerable<Option> givenOptions)
    {
        if (constantInputs is not null && constantInputs.Count != network.Inputs)
        {
            yield return new("--input", "",
                $"{constantInputs.Count} given, but the network has {network.Inputs}: give one value for each input");
        }

        if (KnownUnits.HasThreshold(network.Unit))
        {
            if (!KnownUnits.IsThresholdOnly(network.Unit))
            {
                yield return new(
                    path, "unit",
                    "some units are thresholds, which have no derivative: give a network of " +
                        $"{KnownUnits.DifferentiableNames} units, or of threshold units alone");
            }
            else if (ThresholdDynamics.Validate(network) is { } error)
            {
                yield return new(path, "unit", error);
            }

            yield break;
        }

        bool IsGiven(string name) => givenOptions.Any(option => option.Name == name);
        DrivenSystem system = DrivenSystem.Create(network);
        if (system.Dimension == 1 && IsGiven("--starts"))
        {
            yield return new("--starts", "",
                "has no effect: the fixed points of one variable are found by bracketing, " +
                "not by Newton's method");
        }

        if (system.Dimension <= 2 && !hasReport && IsGiven("--grid"))
            yield return new("--grid", "", "has no effect without a report: give --out, too");
        if (system.Dimension > 2 && IsGiven("--grid"))
        {
            yield return new("--grid", "", $"a basin map needs a network of 1 or 2 variables, and this one has " +
                $"{system.Dimension}: omit it; the basins are sampled, see --samples");
        }
    }
}
