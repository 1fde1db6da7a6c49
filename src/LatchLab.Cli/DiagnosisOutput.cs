using System.Globalization;
using LatchLab.Diagnosis.Questions;
using LatchLab.Foundation;

namespace LatchLab.Cli;

/// <summary>Prints a diagnosis on one screen: the verdict first, then the numbers, then what would help.</summary>
internal static class DiagnosisOutput
{
    private const int TopicWidth = 15, NameWidth = 14;

    /// <summary>Prints one diagnosis.</summary>
    public static void Print(TrainedNetworkDiagnosis diagnosis)
    {
        SectionPrinter.PrintParagraph(DescribeModel(diagnosis.Model));
        foreach (string line in DescribeInput(diagnosis))
            SectionPrinter.PrintParagraph(line);
        Console.Out.WriteLine();
        SectionPrinter.PrintParagraph($"VERDICT  {string.Join(" ", VerdictText.Describe(diagnosis))}");
        Console.Out.WriteLine();
        foreach (DiagnosisRow row in DiagnosisRow.List(diagnosis))
            PrintRow(row);

        IReadOnlyList<Advice> advice = Advice.Find(diagnosis);
        if (advice.Count > 0)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine("WHAT WOULD HELP");
            foreach ((int index, Advice item) in advice.Index())
                SectionPrinter.PrintParagraph($"{index + 1}  {item.Words}", indentation: 2);
        }

        if (diagnosis.Skipped.Count > 0)
        {
            Console.Out.WriteLine();
            SectionPrinter.PrintParagraph($"Not computed: {string.Join("; ", diagnosis.Skipped)}.");
        }
    }

    /// <summary>Prints two diagnoses with the same questions, line under line.</summary>
    public static void PrintComparison(TrainedNetworkDiagnosis first, TrainedNetworkDiagnosis second)
    {
        foreach ((string name, TrainedNetworkDiagnosis diagnosis) in new[] { ("A", first), ("B", second) })
        {
            SectionPrinter.PrintParagraph($"{name}  {DescribeModel(diagnosis.Model)}");
            foreach (string line in DescribeInput(diagnosis))
                SectionPrinter.PrintParagraph($"   {line}");
        }

        Console.Out.WriteLine();
        foreach ((string name, TrainedNetworkDiagnosis diagnosis) in new[] { ("A", first), ("B", second) })
            SectionPrinter.PrintParagraph($"VERDICT {name}  {string.Join(" ", VerdictText.Describe(diagnosis))}");
        Console.Out.WriteLine();
        IReadOnlyList<DiagnosisRow> rows = DiagnosisRow.List(first), others = DiagnosisRow.List(second);
        foreach (DiagnosisRow row in rows)
        {
            DiagnosisRow[] same = [.. others.Where(other => other.Name == row.Name && other.Topic == row.Topic)];
            PrintRow(row with { Text = $"A  {row.Text}" });
            PrintRow(new("", "", $"B  {(same.Length > 0 ? same[0].Text : "—")}"));
        }
    }

    private static void PrintRow(DiagnosisRow row) => Console.Out.WriteLine(NumberFormat.Typeset(
        $"  {row.Topic.PadRight(TopicWidth)}{row.Name.PadRight(NameWidth)}{row.Text}"));

    private static string DescribeModel(TrainedNetwork model)
    {
        var size = model.Network.Size;
        string layers = size.Layers == 1 ? "" : $" in {size.Layers} layers",
            producer = model.Producer.Length == 0 ? "" : $" ({model.Producer})";
        return $"{model.Path}   {model.Cell} {size.Inputs} → {size.Units} → {size.Outputs}{layers}, " +
            $"{NumberFormat.GroupThousands(model.Network.Parameters.Count)} parameters, {model.Format}{producer}";
    }

    private static IEnumerable<string> DescribeInput(TrainedNetworkDiagnosis diagnosis)
    {
        if (diagnosis.Model.Check is { } check)
            yield return "import   " + DescribeCheck(check);
        else if (diagnosis.Model.Format != DiagnosisInput.OwnFormat)
            yield return "import   not checked: give --recorded with the states that your program computed";
        foreach (string assumption in diagnosis.Model.Assumptions)
            yield return $"         {assumption}";
        if (diagnosis.Data is { } data)
        {
            string targets = data.Targets is null ? "no targets: the loss is Σ|output| of the last step"
                : $"targets given, loss: {Settings.FormatValue(diagnosis.Gradient?.Loss ?? EndLoss.LastOutput)}";
            yield return $"data     {data.Source}: {data.Inputs.Count} × {data.Length} steps, " +
                $"{NumberFormat.WithNoun(data.Inputs[0][0].Length, "input")}; {targets}";
            foreach (string remark in data.Remarks)
                yield return $"         {remark}";
        }
    }

    private static string DescribeCheck(ImportCheck check)
    {
        static string Format(string what, double? value)
            => value is { } number ? string.Create(CultureInfo.InvariantCulture, $" · {what} {number:G2}") : "";
        return ("largest differences from the recording" + Format("one step", check.OneStep) +
            Format("first ten steps", check.FirstSteps) + Format("free run", check.FreeRun) +
            Format("outputs", check.Outputs)).Replace("recording ·", "recording:", StringComparison.Ordinal) +
            (check is { FreeRun: { } free, OneStep: { } } && free > check.Tolerance
                ? " (a free run must part from the record where errors grow)" : "");
    }
}
