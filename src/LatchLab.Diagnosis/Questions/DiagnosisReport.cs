using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The page of a diagnosis: the verdict, the numbers, what would help, and the pictures.</summary>
public static class DiagnosisReport
{
    /// <summary>Creates the report.</summary>
    /// <param name="diagnoses">One, or two with the same questions.</param>
    public static Report Create(IReadOnlyList<TrainedNetworkDiagnosis> diagnoses)
    {
        if (diagnoses is [var only])
            return Create(only, suffix: "");
        Report[] reports = [.. diagnoses.Select((diagnosis, i) => Create(diagnosis, SuffixOf(i)))];
        return reports[0] with
        {
            Title = string.Join(" and ", reports.Select(report => report.Title)),
            Metadata = [.. reports.SelectMany((report, i) => report.Metadata.Select(
                entry => ($"{NameOf(i)}: {entry.Name}", entry.Value)))],
            Summary = [.. reports.SelectMany((report, i) => report.Summary.Select(
                sentence => sentence with { Text = $"{NameOf(i)}: {sentence.Text}" }))],
            Figures = [.. reports.SelectMany((report, i) => report.Figures.Select(figure => figure with
            {
                Id = figure.Id + SuffixOf(i),
                Title = $"{NameOf(i)}: {figure.Title}",
            }))],
            Sections = [.. reports.SelectMany((report, i) => report.Sections.Select(section => section with
            {
                Id = section.Id + SuffixOf(i),
                Title = $"{NameOf(i)}: {section.Title}",
            }))],
        };
    }

    /// <summary>The certificates of noise by the names of their files in the folder of the page.</summary>
    public static IEnumerable<(string Name, RestCertificates Certificates)> ListCertificates(
        IReadOnlyList<TrainedNetworkDiagnosis> diagnoses)
        => from diagnosis in diagnoses.Index()
           let suffix = diagnoses.Count == 1 ? "" : SuffixOf(diagnosis.Index)
           from noise in diagnosis.Item.Noise.Index()
           where noise.Item.Certificates is not null
           select (NameCertificate(suffix, noise.Index), noise.Item.Certificates);

    private static string NameCertificate(string suffix, int input)
        => $"noise-certificate{suffix}{(input == 0 ? "" : $"-{input + 1}")}.json";

    private static string SuffixOf(int index) => $"-{NameOf(index).ToLowerInvariant()}";

    private static string NameOf(int index) => index == 0 ? "A" : "B";

    private static Report Create(TrainedNetworkDiagnosis diagnosis, string suffix)
    {
        TrainedNetwork model = diagnosis.Model;
        return new(
            $"Diagnosis of {Path.GetFileName(model.Path)}",
            [
                ("Network", $"{model.Cell}, {model.Network.Inputs} → {model.Network.Size.Units} → " +
                    $"{model.Network.Size.Outputs}, {NumberFormat.WithNoun(model.Network.Size.Layers, "layer")}"),
                ("Parameters", NumberFormat.GroupThousands(model.Network.Parameters.Count)),
                ("File", model.Producer.Length == 0 ? model.Format : $"{model.Format}, {model.Producer}"),
                ("Data", diagnosis.Data is { } data
                    ? $"{data.Source}: {data.Inputs.Count} sequences of {data.Length} steps" : "none"),
                ("LatchLab", ProgramVersion.Text),
            ],
            [.. DiagnosisFigures.CreateAll(diagnosis)],
            [],
            [])
        {
            Summary = [.. VerdictText.Describe(diagnosis).Select(sentence => new SummarySentence(sentence))],
            Sections = [.. CreateSections(diagnosis, suffix)],
        };
    }

    private static IEnumerable<ReportSection> CreateSections(TrainedNetworkDiagnosis diagnosis, string suffix)
    {
        IReadOnlyList<DiagnosisRow> rows = DiagnosisRow.List(diagnosis);
        yield return new("answers", "The answers", [])
        {
            Table = new(
                ["Question", "Of", "Answer"],
                new Table(
                    ["question", "of", "answer"],
                    [.. rows.Select(row => (IReadOnlyList<string>)[row.Topic, row.Name, row.Text])])),
        };
        foreach ((int input, NoiseAtRest noise) in diagnosis.Noise.Index())
        {
            if (noise.States.Count > 0)
                yield return NoiseSection.Create(noise, input, NameCertificate(suffix, input));
        }

        IReadOnlyList<Advice> advice = Advice.Find(diagnosis);
        if (advice.Count > 0)
            yield return new("advice", "What would help", [.. advice.Select(item => item.Words)]);
        if (diagnosis.Model.Assumptions.Count > 0)
            yield return new("assumptions", "How the file was read", diagnosis.Model.Assumptions);
        if (diagnosis.Skipped.Count > 0)
            yield return new("skipped", "What was not computed", diagnosis.Skipped);
    }
}
