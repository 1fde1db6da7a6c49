using LatchLab.Foundation;
using LatchLab.Networks.Cells;
using LatchLab.Numerics;

namespace LatchLab.Networks;

/// <summary>
/// How the initial values of blocks of parameters are drawn, written as rules such as
/// <c>recurrent=orthogonal; input=glorot; chrono=100</c>. A rule names a block (<c>wf</c>), the blocks of one role
/// (<c>recurrent</c>) or all (<c>*</c>); a later rule overrides an earlier one. Other parameters are uniform within the
/// initial range.
/// </summary>
/// <remarks>
/// Methods: <c>uniform</c>; <c>glorot</c>, uniform within ±√(6/(rows + columns)) (Glorot and Bengio 2010);
/// <c>orthogonal</c>, a random orthogonal matrix (Saxe, McClelland and Ganguli 2014); <c>identity</c> (Le, Jaitly and
/// Hinton 2015); a number. <c>chrono=T</c> sets the biases of time scales up to T (Tallec and Ollivier 2018): ln u of
/// the gate that holds a value, u uniform in 1 … T − 1, and −ln u of the gate that admits a new one.
/// </remarks>
public sealed class Initialization
{
    private const string SettingPath = "network.initialization", Chrono = "chrono", Uniform = "uniform",
        Glorot = "glorot", Orthogonal = "orthogonal", Identity = "identity";

    private static readonly string[] Methods = [Uniform, Glorot, Orthogonal, Identity];

    private readonly List<(ParameterBlock Block, string Method, double Number)> _rules = [];
    private readonly IReadOnlyList<ParameterBlock> _blocks;
    private readonly (string Hold, string Admit) _timeScaleBiases;

    /// <summary>Parses the rules.</summary>
    /// <param name="rules">The text; empty for none.</param>
    /// <param name="kind">The kind of the network.</param>
    /// <param name="blocks">The blocks of its parameters.</param>
    /// <param name="errors">Receives every validation error.</param>
    public Initialization(
        string rules, NetworkKind kind, IReadOnlyList<ParameterBlock> blocks, ICollection<ValidationError> errors)
    {
        (_blocks, _timeScaleBiases) = (blocks, kind.TimeScaleBiases);
        foreach (string rule in rules.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = rule.Split('=', StringSplitOptions.TrimEntries);
            (string name, string method) = (parts[0], parts.Length == 2 ? parts[1] : "");
            bool isNumber = NumberFormat.TryParseFinite(method, out double number);
            string? error = name == Chrono
                ? FindTimeError(rule, isNumber && number > 2.0, kind) : FindError(rule, name, method, isNumber);
            if (error is not null)
                errors.Add(new("", SettingPath, error));
            else
                _rules.AddRange(Find(name).Select(block => (block, name == Chrono ? name : method, number)));
        }
    }

    /// <summary>Whether the initial range has no effect on a parameter, because a rule draws it otherwise.</summary>
    public bool Replaces(int parameter)
        => _rules.LastOrDefault(rule => rule.Block.Contains(parameter)) is { Method: not (null or Uniform) };

    /// <summary>Draws the initial values.</summary>
    /// <param name="random">The random numbers of the trial.</param>
    /// <param name="range">Parameters without a rule are uniform between minus and plus this value.</param>
    /// <param name="count">Number of parameters.</param>
    /// <param name="first">The first parameter that takes a random number; those before it are 0.</param>
    public double[] Draw(TrialRandom random, double range, int count, int first = 0)
    {
        UniformStream uniforms = random.CreateUniformStream(Purpose.InitialParameters);
        var draws = new double[count];
        for (int i = first; i < count; i++)
            draws[i] = (2.0 * uniforms.Next()) - 1.0;
        double[] values = [.. draws.Select(draw => range * draw)];
        foreach ((ParameterBlock block, string method, double number) in _rules)
        {
            Span<double> target = values.AsSpan(block.Offset, block.Count);
            if (method == Orthogonal)
                DrawOrthogonal(random, block).CopyTo(target);
            else if (method == Chrono)
                SetTimeScales(block, number, draws, target);
            else
                Set(block, method, method == Uniform ? range : number, draws, target);
        }

        return values;
    }

    private static void Set(ParameterBlock block, string method, double number, double[] draws, Span<double> target)
    {
        double bound = method == Glorot ? Math.Sqrt(6.0 / (block.Rows + block.Columns)) : number;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = method switch
            {
                Identity => i / block.Columns == i % block.Columns ? 1.0 : 0.0,
                Uniform or Glorot => bound * draws[block.Offset + i],
                _ => number,
            };
        }
    }

    /// <summary>±ln u, u uniform in 1 … T − 1; both gates of a cell have the same u.</summary>
    private void SetTimeScales(ParameterBlock block, double longestTime, double[] draws, Span<double> target)
    {
        bool holds = IsOfLayer(block.Name, _timeScaleBiases.Hold);
        string layer = block.Name[(holds ? _timeScaleBiases.Hold : _timeScaleBiases.Admit).Length..];
        ParameterBlock source = _blocks.Single(other => other.Name == _timeScaleBiases.Hold + layer);
        for (int i = 0; i < target.Length; i++)
        {
            double uniform = 0.5 * (draws[source.Offset + i] + 1.0);
            double logarithm = Elementary.Log(1.0 + (uniform * (longestTime - 2.0)));
            target[i] = holds ? logarithm : -logarithm;
        }
    }

    private static bool IsOfLayer(string block, string name)
        => name.Length > 0 && (block == name || block.StartsWith(name + "-", StringComparison.Ordinal));

    /// <summary>
    /// A random matrix whose rows or columns, whichever are fewer, are orthonormal: Gaussian vectors made orthogonal
    /// twice by the method of Gram and Schmidt.
    /// </summary>
    private static double[] DrawOrthogonal(TrialRandom random, ParameterBlock block)
    {
        int count = Math.Min(block.Rows, block.Columns), length = Math.Max(block.Rows, block.Columns);
        double[] vectors = random.CreateGaussians(Purpose.OrthogonalMatrices, block.Offset, count * length);
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = vectors.AsSpan(i * length, length);
            for (int j = 0; j < 2 * i; j++)
                Subtract(vector, vectors.AsSpan(j % i * length, length));
            double norm = Math.Sqrt(Product(vector, vector));
            for (int k = 0; k < length; k++)
                vector[k] /= norm;
        }

        if (block.Rows <= block.Columns)
            return vectors;
        var transposed = new double[vectors.Length];
        for (int k = 0; k < vectors.Length; k++)
            transposed[k] = vectors[(k % count * length) + (k / count)];
        return transposed;
    }

    private static void Subtract(Span<double> vector, ReadOnlySpan<double> unit)
    {
        double product = Product(vector, unit);
        for (int k = 0; k < vector.Length; k++)
            vector[k] -= product * unit[k];
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0.0;
        for (int k = 0; k < a.Length; k++)
            sum += a[k] * b[k];
        return sum;
    }

    private IEnumerable<ParameterBlock> Find(string name)
        => _blocks.Where(block => name == Chrono
            ? IsOfLayer(block.Name, _timeScaleBiases.Hold) || IsOfLayer(block.Name, _timeScaleBiases.Admit)
            : name == "*" || block.Name == name || Settings.FormatValue(block.Role) == name);

    private string? FindError(string rule, string name, string method, bool isNumber)
    {
        if (name.Length == 0 || method.Length == 0)
            return $"'{rule}' is not a rule: give BLOCK=METHOD, separated by semicolons";
        if (!Find(name).Any())
        {
            string[] names = [.. _blocks.Select(block => block.Name),
                .. _blocks.Select(block => Settings.FormatValue(block.Role)), Chrono, "*"];
            names = [.. names.Distinct()];
            return $"'{name}' is not a block of this network: give {string.Join(", ", names[..^1])} or {names[^1]}" +
                NearestName.FormatSuggestion(name, names);
        }

        if (!isNumber && !Methods.Contains(method))
        {
            return $"'{method}' is not a method: give {string.Join(", ", Methods)} or a number" +
                NearestName.FormatSuggestion(method, Methods);
        }

        return method is Orthogonal or Identity && Find(name).FirstOrDefault(block => block.IsVector) is { } vector
            ? $"'{rule}' needs matrices, and {vector.Name} is a vector: give a block of weights" : null;
    }

    private static string? FindTimeError(string rule, bool isTime, NetworkKind kind)
    {
        if (kind.TimeScaleBiases.Hold.Length == 0)
        {
            IEnumerable<string> others = KnownNetworkKinds.All
                .Where(other => other.TimeScaleBiases.Hold.Length > 0).Select(other => other.Name);
            return $"'{rule}' needs gates that hold a value, which the network {kind.Name} does not have: " +
                $"give {string.Join(", ", others)}";
        }

        return isTime ? null
            : $"'{rule}' has no length of time: give {Chrono}=T, T the steps to bridge, above 2";
    }
}
