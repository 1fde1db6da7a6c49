using System.Diagnostics;
using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace LatchLab.Benchmarks;

/// <summary>
/// Measures what a search for fixed points of a large network repeats: the Jacobian of a step, and the solution of a
/// linear system. The least time of several repetitions, in one thread.
/// </summary>
internal static class LinearAlgebraTable
{
    private const int Repetitions = 9;

    private static readonly int[] Sizes = [64, 256, 512, 1024];

    /// <summary>Measures and prints two tables in Markdown.</summary>
    public static void Print()
    {
        MathNet.Numerics.Control.UseSingleThread();
        Console.WriteLine("| LU decomposition and one solution, ms | n = 64 | n = 256 | n = 512 | n = 1,024 |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        PrintRow("MathNet", Sizes, MeasureMathNet);
        foreach (LaneKind lanes in LaneKind.All.Where(kind => kind.IsSupported).Reverse())
            PrintRow($"LatchLab, {lanes.Name}", Sizes, n => MeasureDecomposition(n, lanes));
        Console.WriteLine();
        Console.WriteLine("| Jacobian of a step, ms | n = 64 | n = 256 | n = 512 |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach ((string kind, int layers) in ((string, int)[])[
            ("elman", 1), ("gru", 1), ("lstm", 1), ("gru-reset-before", 1), ("gru", 2)])
        {
            string name = layers == 1 ? kind : $"{kind}, {layers} layers";
            PrintRow(name, Sizes[..^1], n => MeasureJacobian(kind, n, layers));
        }

        PrintRow("lstm, by dual numbers", Sizes[..^1], n => MeasureDualNumbers("lstm", n));
    }

    private static void PrintRow(string name, int[] sizes, Func<int, double> measure)
        => Console.WriteLine($"| {name} | " + string.Join(" | ", sizes.Select(
            n => measure(n).ToString(n < 100 ? "F3" : "F2", CultureInfo.InvariantCulture))) + " |");

    private static double MeasureMathNet(int n)
    {
        double[] a = RandomNetworks.CreateNumbers(n * n, 1.0);
        Matrix<double> matrix = Matrix<double>.Build.DenseOfRowMajor(n, n, a);
        Vector<double> b = Vector<double>.Build.Dense(n, 1.0);
        return Measure(() => matrix.LU().Solve(b));
    }

    private static double MeasureDecomposition(int n, LaneKind lanes)
    {
        double[] a = RandomNetworks.CreateNumbers(n * n, 1.0), x = new double[n];
        var lu = new LuDecomposition(n, lanes);
        return Measure(() =>
        {
            lu.Decompose(a);
            Array.Fill(x, 1.0);
            lu.Solve(x);
        });
    }

    private static double MeasureJacobian(string kind, int n, int layers)
    {
        CellSystem system = CellSystem.Create(RandomNetworks.Create(kind, n, layers));
        double[] state = RandomNetworks.CreateNumbers(system.Dimension, 1.0), input = new double[system.Inputs];
        return Measure(() => system.Jacobian(state, input));
    }

    private static double MeasureDualNumbers(string kind, int n)
    {
        DrivenSystem system = DrivenSystem.Create(RandomNetworks.Create(kind, n, layers: 1));
        double[] point = RandomNetworks.CreateNumbers(system.Dimension + system.Inputs, 1.0);
        return Measure(() => system.Jacobian(point), n < 256 ? Repetitions : 1);
    }

    private static double Measure(Action action, int repetitions = Repetitions)
    {
        double least = double.PositiveInfinity;
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            long begin = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return least;
    }
}
