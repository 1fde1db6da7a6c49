using LatchLab.Diagnosis.Questions;
using LatchLab.Foundation;
using LatchLab.Models.Datasets;
using LatchLab.Tasks;

namespace LatchLab.Cli;

/// <summary>Raw sequences of the kind that a network of LatchLab was trained on, for its diagnosis.</summary>
internal static class RawSequences
{
    private const int MostSequences = 1000;

    /// <summary>Reads and normalises them.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="columns">What the network needs.</param>
    /// <exception cref="ValidationException">A file is invalid, or has no sequence.</exception>
    public static SequenceData Read(IReadOnlyList<string> paths, NetworkData columns)
    {
        var inputs = new List<double[][]>();
        var targets = new List<double[]?>();
        foreach (string path in paths)
        {
            using RawSequenceReader reader = RawSequenceReader.Open(path, columns, isSequenceOptional: true);
            foreach (RawSequence sequence in reader.ReadAll().Take(MostSequences - inputs.Count))
            {
                inputs.Add([.. columns.CreateInputs(sequence.Steps).Chunk(columns.Columns.Count)]);
                targets.Add(SequenceOptions.FindTargets(sequence, columns));
            }
        }

        return Align(string.Join(", ", paths.Select(Path.GetFileName)), inputs, targets);
    }

    /// <summary>
    /// Sequences of one length, the median: of longer ones the last steps, before which nothing is known, and no
    /// shorter ones.
    /// </summary>
    private static SequenceData Align(string source, List<double[][]> inputs, List<double[]?> targets)
    {
        int length = inputs.Select(sequence => sequence.Length).Order().ElementAt(inputs.Count / 2);
        int[] kept = [.. Enumerable.Range(0, inputs.Count).Where(i => inputs[i].Length >= length)];
        int shortened = kept.Count(i => inputs[i].Length > length);
        var remarks = new List<string>();
        if (inputs.Count == MostSequences)
            remarks.Add($"the first {MostSequences} sequences were read");
        if (kept.Length < inputs.Count)
        {
            remarks.Add(
                $"{NumberFormat.WithNoun(inputs.Count - kept.Length, "sequence")} of fewer steps were left out");
        }

        if (shortened > 0)
            remarks.Add($"of {NumberFormat.WithNoun(shortened, "longer sequence")} the last {length} steps were used");
        bool hasTargets = kept.All(i => targets[i] is not null);
        return new(source, [.. kept.Select(i => inputs[i][^length..])])
        {
            Targets = hasTargets ? [.. kept.Select(i => new[] { targets[i]! })] : null,
            Remarks = remarks,
        };
    }
}
