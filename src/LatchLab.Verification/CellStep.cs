using System.Numerics;

namespace LatchLab.Verification;

/// <summary>The equations of a step of each cell, with s = h, or s = (h, c), and weights of one layer.</summary>
/// <param name="kind">The name of the cell.</param>
/// <param name="unit">The name of the activation functions of an Elman layer.</param>
/// <param name="matrices">Weights by the name of the field, without the number of the layer.</param>
/// <param name="vectors">Biases likewise.</param>
internal sealed class CellStep(
    string kind, string unit, IReadOnlyDictionary<string, BigInteger[][]> matrices,
    IReadOnlyDictionary<string, BigInteger[]> vectors)
{
    /// <summary>The names of the cells.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["elman", "gru", "gru-reset-before", "lstm", "lstm-coupled", "lstm-projected"];

    /// <summary>The fields with weights of h, those with weights of the input, those with biases.</summary>
    public static (string[] Recurrent, string[] Input, string[] Biases) GetFields(string kind) => kind switch
    {
        "elman" => (["w"], ["v"], ["b"]),
        "gru" => (["wr", "wz", "wg"], ["vr", "vz", "vg"], ["br", "bz", "bg", "dg"]),
        "gru-reset-before" => (["wr", "wz", "wg"], ["vr", "vz", "vg"], ["br", "bz", "bg"]),
        "lstm-coupled" => (["wf", "wg", "wo"], ["vf", "vg", "vo"], ["bf", "bg", "bo"]),
        _ => (["wi", "wf", "wg", "wo"], ["vi", "vf", "vg", "vo"], ["bi", "bf", "bg", "bo"]),
    };

    /// <summary>Whether the state has cell values beside the hidden ones.</summary>
    public static bool HasCellValues(string kind) => kind.StartsWith("lstm", StringComparison.Ordinal);

    /// <summary>s_t of a layer: its hidden values, then its cell values.</summary>
    /// <param name="input">u_t, or the hidden values of the layer below.</param>
    /// <param name="h">The hidden values of s_{t−1}.</param>
    /// <param name="c">The cell values of s_{t−1}; empty if there are none.</param>
    public Differential[] Apply(Differential[] input, Differential[] h, Differential[] c)
    {
        Differential[] Affine(string gate) => Activate("w" + gate, "v" + gate, "b" + gate, input, h);
        return kind switch
        {
            "elman" => [.. Affine("").Select(a => unit switch
            {
                "logistic" => a.Logistic(),
                "relu" => a.Rectify(),
                _ => a.Tanh(),
            })],
            "gru" => ApplyGru(input, h, Affine("r"), Affine("z")),
            "gru-reset-before" => ApplyResetBefore(input, h, Affine("r"), Affine("z")),
            "lstm-coupled" => FinishLstm(
                [.. Affine("f").Zip(Affine("g"), c).Select(
                    gate => Differential.Blend(gate.First.Logistic(), gate.Second.Tanh(), gate.Third))],
                Affine("o")),
            _ => FinishLstm(
                [.. Affine("f").Zip(c, (f, old) => f.Logistic() * old)
                    .Zip(Affine("i").Zip(Affine("g"), (i, g) => i.Logistic() * g.Tanh()), (held, added)
                        => held + added)],
                Affine("o")),
        };
    }

    /// <summary>r, z = σ(…), q = R·h + d, g = tanh(V_g·u + b_g + r∘q), h′ = (1 − z)∘g + z∘h.</summary>
    private Differential[] ApplyGru(Differential[] input, Differential[] h, Differential[] r, Differential[] z)
    {
        Differential[] q = Activate("wg", null, "dg", input, h), g = Activate(null, "vg", "bg", input, h);
        return [.. h.Select((old, i) => Differential.Blend(
            z[i].Logistic(), (g[i] + (r[i].Logistic() * q[i])).Tanh(), old))];
    }

    /// <summary>r, z = σ(…), g = tanh(R·(r∘h) + V_g·u + b_g), h′ = (1 − z)∘g + z∘h.</summary>
    private Differential[] ApplyResetBefore(Differential[] input, Differential[] h, Differential[] r, Differential[] z)
    {
        Differential[] admitted = [.. r.Zip(h, (gate, old) => gate.Logistic() * old)],
            g = Activate("wg", "vg", "bg", input, admitted);
        return [.. h.Select((old, i) => Differential.Blend(z[i].Logistic(), g[i].Tanh(), old))];
    }

    /// <summary>h′ = o∘tanh c′, or its projection, then c′.</summary>
    private Differential[] FinishLstm(Differential[] c, Differential[] o)
    {
        Differential[] outputs = [.. o.Zip(c, (gate, value) => gate.Logistic() * value.Tanh())];
        if (matrices.TryGetValue("p", out BigInteger[][]? projection))
            outputs = [.. projection.Select(row => Differential.Sum(row, outputs, DimensionOf(c)))];
        return [.. outputs, .. c];
    }

    private Differential[] Activate(
        string? recurrent, string? fromInput, string bias, Differential[] input, Differential[] h)
        => [.. vectors[bias].Select((value, i) =>
        {
            Differential sum = new(FixedPointInterval.Singleton(value), new FixedPointInterval[DimensionOf(h)]);
            if (fromInput is not null)
                sum += Differential.Sum(matrices[fromInput][i], input, DimensionOf(h));
            return recurrent is null ? sum
                : sum + Differential.Sum(matrices[recurrent][i], h, DimensionOf(h));
        })];

    private static int DimensionOf(Differential[] values) => values[0].Gradient.Length;
}
