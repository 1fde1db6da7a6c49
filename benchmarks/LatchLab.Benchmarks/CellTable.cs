using System.Diagnostics;
using System.Globalization;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Benchmarks;

/// <summary>
/// The cost of a parameter-step of networks of cells: one parameter, one time step, one trial, forward and back, on the
/// widest lanes and one thread. All networks are measured in turn, round after round, with one, two and four vectors of
/// trials.
/// </summary>
internal static class CellTable
{
    private const int Rounds = 21;

    private static readonly string[] Kinds = ["elman", "lstm", "gru", "gru-reset-before"];

    private static readonly int[] Cells = [5, 8, 16], Vectors = [1, 2, 4];

    /// <summary>Measures and prints a table in Markdown: least and median nanoseconds of a parameter-step.</summary>
    /// <param name="length">T.</param>
    public static void Print(int length)
    {
        Case[] cases =
        [
            .. from kind in Kinds from cells in Cells from vectors in Vectors
               select Case.Prepare(kind, cells, vectors, length),
        ];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Case one in cases)
                one.Measure();
        }

        Console.WriteLine($"| T = {length} | n | {string.Join(" | ", Vectors.Select(count => $"{count} vectors"))} |");
        Console.WriteLine("|---|--:|" + string.Concat(Vectors.Select(_ => "--:|")));
        foreach (Case[] row in cases.Chunk(Vectors.Length))
        {
            string results = string.Join(" | ", row.Select(one => one.Result));
            Console.WriteLine($"| {row[0].Kind} | {row[0].Cells} | {results} |");
        }
    }

    private sealed class Case(
        string kind, int cells, LearnerWorkloadFactory.PreparedWorkload prepared, double operations)
    {
        private readonly List<double> _nanoseconds = [];

        public string Kind => kind;

        public int Cells => cells;

        public string Result => string.Create(
            CultureInfo.InvariantCulture, $"{_nanoseconds.Min():F2}, {_nanoseconds.Order().ElementAt(Rounds / 2):F2}");

        public static Case Prepare(string kind, int cells, int vectors, int length)
        {
            var design = new NetworkDesign { Network = kind, Units = cells };
            var prepared = LaneKind.Widest.Accept(
                new LearnerWorkloadFactory(design, new Backpropagation { LearningRate = 1e-12 }, length, vectors));
            for (int i = 0; i < 200; i++)
                prepared.Workload.Run();
            int parameters = design.GetParameterNames(new(TrainableInputs: 0)).Count;
            return new(kind, cells, prepared, (double)prepared.UnitSteps / cells * parameters);
        }

        public void Measure()
        {
            const int presentations = 20;
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < presentations; i++)
                prepared.Workload.Run();
            _nanoseconds.Add(Stopwatch.GetElapsedTime(begin).TotalNanoseconds / presentations / operations);
        }
    }
}
