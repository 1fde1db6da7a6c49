using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LatchLab.Tests.Contracts;

/// <summary>
/// A folder with small CSV files, among which the probes of the task dataset choose: two files of sequences, each with
/// two columns of labels and one that marks the test sequences, and a file of labels.
/// </summary>
internal sealed class ProbeDataset : IDisposable
{
    public const string FileName = "data.csv", Inputs = "band1,band2";

    private const int Sequences = 16, Steps = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-");

    public ProbeDataset()
    {
        Write(FileName, seed: 1);
        Write("other.csv", seed: 2);
        File.WriteAllText(
            System.IO.Path.Combine(Path, "missing.csv"),
            Regex.Replace(
                File.ReadAllText(System.IO.Path.Combine(Path, FileName)), @"(?<=train,)1\.[01][0-9]*(?=,)", ""));
        WriteRows("either.csv", "sequence,label,x1,x2", sequence => "");
        WriteRows("steps.csv", "sequence,label,tick,x1,x2", sequence => $"{sequence / 8},");
        File.WriteAllText(System.IO.Path.Combine(Path, "labels.csv"), "sequence,label\n" + string.Concat(
            Enumerable.Range(0, Sequences).Select(sequence => $"{sequence},{sequence / (Sequences / 2)}\n")));
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Writes a file with one row per sequence.</summary>
    private void WriteRows(string name, string header, Func<int, string> getColumn)
    {
        var random = new Random(3);
        File.WriteAllText(System.IO.Path.Combine(Path, name), header + "\n" + string.Concat(
            Enumerable.Range(0, Sequences).Select(sequence => string.Create(CultureInfo.InvariantCulture,
                $"{sequence},{sequence % 2},{getColumn(sequence)}{(sequence % 2) + random.NextDouble()}," +
                $"{sequence}\n"))));
    }

    private void Write(string name, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("sequence,half,label,other,part,band1,band2\n");
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            string attributes = $"{sequence % 2},{sequence / 2 % 2},{(sequence < 6 ? "test" : "train")}";
            for (int step = 0; step < Steps; step++)
            {
                double first = (sequence % 2) + random.NextDouble(), second = Math.Pow(random.NextDouble(), 2);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{sequence},{(2 * sequence) + (step / 5)},{attributes},{first},{second}\n");
            }
        }

        File.WriteAllText(System.IO.Path.Combine(Path, name), text.ToString());
    }
}
