using static TorchSharp.torch;

namespace LatchLab.TorchPeer;

/// <summary>
/// The networks of <c>peers/pytorch/networks.py</c>, operation by operation, for a batch of trials. Every trial has its
/// own parameters; the trials are the last dimension, so that each operation accesses contiguous memory.
/// </summary>
internal static class Networks
{
    /// <summary>x_t = tanh(w·x_{t−1} + u_t); u_t is one tensor [trial] per step.</summary>
    public static Tensor Latch(Tensor w, IEnumerable<Tensor> inputs)
    {
        Tensor x = zeros_like(w);
        foreach (Tensor u in inputs)
            x = tanh(addcmul(u, w, x, 1.0));
        return x;
    }

    /// <summary>
    /// h = tanh(w1·u + w2·y' + b1), y = tanh(w3·u + w4·y' + w5·h + b2), y_0 = 0; w is [w1, w2, b1, w3, w4, w5, b2].
    /// </summary>
    public static Tensor Parity(Tensor[] w, IEnumerable<Tensor> inputs)
    {
        Tensor y = zeros_like(w[0]);
        foreach (Tensor u in inputs)
        {
            Tensor h = tanh(addcmul(addcmul(w[2], w[0], u, 1.0), w[1], y, 1.0));
            y = tanh(addcmul(addcmul(addcmul(w[6], w[3], u, 1.0), w[4], y, 1.0), w[5], h, 1.0));
        }

        return y;
    }

    /// <summary>x_t = tanh(W·x_{t−1} + e_0·u_t); W [i][j][trial], inputs e_0·u_t [t][i][trial]; last unit.</summary>
    public static Tensor MultiplyAndSum(Tensor w, Tensor inputs)
    {
        Tensor x = zeros_like(w[0]);
        foreach (Tensor u in inputs.unbind(0))
            x = tanh((w * x).sum(1) + u);
        return x[-1];
    }

    /// <summary>The same with a batched matrix product: W [trial][i][j], inputs [t][trial][i][1].</summary>
    public static Tensor BatchedProduct(Tensor w, Tensor inputs)
    {
        Tensor x = zeros_like(inputs[0]);
        foreach (Tensor u in inputs.unbind(0))
            x = tanh(u + bmm(w, x));
        return x.select(1, -1).squeeze(-1);
    }
}
