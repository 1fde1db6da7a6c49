using System.CommandLine;
using LatchLab.Dynamics;
using LatchLab.Experiments;
using LatchLab.Experiments.NetworkAnalysis;
using LatchLab.Formats;
using LatchLab.Networks;
using LatchLab.Networks.Units;
using LatchLab.Reporting;

namespace LatchLab.Cli;

/// <summary><c>latchlab dynamics network</c>: everything that the theory says of the network in a file.</summary>
internal static class NetworkCommand
{
    private const ulong DefaultSeed = 0;

    public static Command Create()
    {
        var file = new TextArgument("FILE.json", "the network file (see docs/network-files.md)");
        var input = new TextOption(
            "--input", "U,…", "the constant inputs, as many as the network has, separated by commas (default: all 0)");
        var folder = new TextOption(
            "--out", "DIR", "folder for a report with pictures, tables and certificates (default: none is written)");
        var certificate = new TextOption(
            "--certificate",
            "CERT.json",
            "file for a noise certificate: for the noise asked for, or the largest that leaves two states apart");
        var json = new Flag("--json", "print one JSON document on standard output");
        var choices = new RunChoices(DefaultSeed);
        var command = new Command("network", "What a network can store, how much noise that survives, and how much " +
            "of the gradient is left: Section IV of one network.")
        {
            file, input, folder, certificate, json,
        };
        foreach (Option option in choices.Options)
            command.Add(option);
        List<TextOption> settings =
            [.. Settings.Of(new NetworkQuestion()).Select(setting => SettingOption.Of(setting))];
        settings.ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(file);
            NetworkDefinition? network = path is null ? null : given.Try(() => NetworkFile.Read(path));
            IReadOnlyList<double>? held = given.Numbers(input);
            NetworkQuestion question = SettingOption.Changed(new NetworkQuestion(), settings, given);
            if (network is not null)
                given.Mistakes.AddRange(Mistakes(path!, network, held, settings.Where(s => given.Text(s) is not null)));
            RunOptions options = choices.Read(given);
            if (given.Text(folder) is { } target)
                given.Try(() => ReportFolder.Check(target));
            if (given.Text(certificate) is { } proof)
                given.Try(() => CertificateFile.CheckWritable(proof));
            given.ThrowIfMistaken();
            using var interruption = new Interruption();
            NetworkAnswer answer = NetworkStudy.Of(network!, held, question, options);
            return Tell(
                answer, path!, given.Text(folder), given.Text(certificate), given.Has(json), interruption.Token);
        });
        return command;
    }

    private static int Tell(
        NetworkAnswer answer,
        string path,
        string? folder,
        string? certificate,
        bool json,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string? page = folder is null
            ? null
            : ReportFolder.Write(folder, NetworkReport.Of(answer, Path.GetFileName(path)), cancellation);
        NoiseCertificate? proof = answer.AskedCertificate ?? answer.BitCertificate;
        bool isProved = proof is { States: >= 2 };
        if (certificate is not null && isProved)
            CertificateFile.Write(certificate, proof!);
        if (json)
        {
            Numbers.Print(NetworkJson.Of(answer, page));
        }
        else
        {
            SectionTables.Print(NetworkReport.SectionsOf(answer));
            if (page is not null)
                Console.Out.WriteLine($"Report: {page}");
            if (certificate is not null && isProved)
                Console.Out.WriteLine($"Certificate: {certificate}");
        }

        if (!answer.IsConclusive)
        {
            CommandLine.Tell($"No attractor was found within {answer.Question.MostSteps} steps from " +
                $"{answer.Question.Orbits} starts: give a larger --most-steps, --orbits or --longest-period, or " +
                "other constant inputs with --input.");
            return ExitCodes.Input;
        }

        if (certificate is null || isProved)
            return ExitCodes.Success;
        CommandLine.Tell(answer.AskedCertificate is null
            ? "No certificate was written: no two states could be proved to stay apart under any noise."
            : "No certificate was written: with this noise no two states could be proved to stay apart. Leave " +
                "--noise out for the largest that can be, or give a smaller one.");
        return ExitCodes.Input;
    }

    /// <summary>What is wrong between the options and the network.</summary>
    private static IEnumerable<InputError> Mistakes(
        string path, NetworkDefinition network, IReadOnlyList<double>? held, IEnumerable<TextOption> given)
    {
        if (KnownUnits.HasThreshold(network.Unit))
        {
            yield return new(
                path, "unit", $"a threshold has no slope: give a network of {KnownUnits.DifferentiableNames} units");
            yield break;
        }

        DrivenSystem system = DrivenSystem.Of(network);
        if (held is not null && held.Count != system.Inputs)
        {
            yield return new("--input", "", $"{held.Count} given, but the network has {system.Inputs}: give as many " +
                "as it has inputs");
        }

        if (system.Dimension > 2 && given.Any(option => option.Name == "--grid"))
        {
            yield return new("--grid", "", $"a picture needs a network of 1 or 2 variables, and this one has " +
                $"{system.Dimension}: leave it out; the basins are sampled, see --samples");
        }
    }
}
