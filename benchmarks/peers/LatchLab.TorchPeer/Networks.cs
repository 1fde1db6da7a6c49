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
