using LatchLab.Figures;
using static LatchLab.Diagnosis.Questions.InvariantText;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The section of the page about noise: the three numbers of each state, and where the proof is.</summary>
internal static class NoiseSection
{
    /// <summary>Creates the section.</summary>
    /// <param name="noise">The answer.</param>
    /// <param name="input">Index of the held input.</param>
    /// <param name="certificate">The file of the certificates.</param>
    public static ReportSection Create(NoiseAtRest noise, int input, string certificate)
        => new(
            input == 0 ? "noise-states" : Format($"noise-states-{input + 1}"),
            input == 0 ? "Noise that the states survive" : Format($"Noise, held input {input + 1}"),
            [
                "Noise is added to every value of the state at every step. Noise up to the first number provably " +
                    "never drives the network from the state. The second is the smallest push that was seen to: the " +
                    "threshold lies between them. The last columns are the shares of runs that come back after " +
                    "random noise.",
                .. noise.Certificates is null ? Array.Empty<string>()
                    : [$"The proof is in {certificate}: latchlab dynamics check {certificate} verifies it."],
            ])
        {
            Table = CreateTable(noise),
        };

    private static ReportTable CreateTable(NoiseAtRest noise)
    {
        string[] amplitudes = [.. (noise.Random?.Amplitudes ?? []).Select(b => Format($"{b:G2}"))];
        IReadOnlyList<string> CreateRow(int i, Func<double, string> format) =>
        [
            Table.FormatInteger(i + 1), string.Join(", ", noise.States[i].Outputs.Take(8).Select(format)),
            format(noise.States[i].SpectralRadius),
            noise.Certified?[i] is { } proof ? format(proof.Noise) : "",
            noise.Erased?[i] is { } push ? format(push.Noise) : "",
            .. (noise.Random?.Shares[i] ?? []).Select(format),
        ];
        return new(
            [
                "State", "Outputs", "|λ|", "Proved harmless", "Seen to erase",
                .. amplitudes.Select(b => $"Back at {b}"),
            ],
            [.. noise.States.Select((_, i) => CreateRow(i, value => Format($"{value:G3}")))],
            new Table(
                [
                    "state", "outputs", "spectral_radius", "certified", "erased",
                    .. (noise.Random?.Amplitudes ?? []).Select(b => $"returns_at_{Table.FormatNumber(b)}"),
                ],
                [.. noise.States.Select((_, i) => CreateRow(i, Table.FormatNumber))]));
    }
}
