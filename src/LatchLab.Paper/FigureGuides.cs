using LatchLab.Figures;

namespace LatchLab.Paper;

/// <summary>
/// For each experiment the sentence of the paper that it is about, word for word, and what to look at in its first
/// figure.
/// </summary>
internal static class FigureGuides
{
    private const string Conclusion = "Section VI";

    private static readonly Dictionary<string, FigureGuide> All = new()
    {
        ["figure-1a"] = new(
            "Thus the recurrent neuron of Fig. 1(a) can robustly latch one bit of information, represented by the " +
                "sign of its activation.",
            "Section III", "The loop: everything that the neuron remembers passes through the weight w."),
        ["figure-1b"] = new(
            "The trainable values (marked in bold) have been tuned by one of the successfully learning simulations.",
            "Figure 1", "The bold inputs push the neuron to one side; the noise after them must not push it back."),
        ["figure-2a"] = new(
            "It can be seen that convergence becomes very unlikely for large noise variance or small initial values " +
                "of w.",
            "Section III", "The dark regions, for small w0 and large s: there training seldom converges."),
        ["figure-2b"] = new(
            "When T becomes large it is extremely difficult to attain convergence.",
            "Section III", "The curves fall with T, and the dashed ceiling says how much of that no algorithm avoids."),
        ["figure-3"] = new(
            "Ball of uncertainty grows exponentially (a) outside Γ, but is bounded (b) inside Γ.",
            "Figure 3", "The size of each ball over time: it grows outside Γ, for a finite time, and shrinks inside."),
        ["vanishing-gradient"] = new(
            "If the input u_t is such that a system remains robustly latched on attractor X after time 0, then " +
                "∂a_t/∂a_0 → 0 as t → ∞.",
            "Section IV-A, Theorem 4", "Top left: the gradient of a latched state falls by the same factor at every " +
                "step, and on a boundary it grows. Bottom left: systems at the gaps in the proofs."),
        ["weight-gradient"] = new(
            "This term tends to become very small in comparison to terms for which τ is close to t.",
            "Section IV-B", "How fast the terms fall with their distance from the last step."),
        ["trade-off"] = new(
            "These results expose a trade-off between efficient learning by gradient descent and latching on " +
                "information for long periods.",
            "Abstract",
            "The upper right corner has only the system whose slow unit stores nothing: no stored bit survives much " +
                "noise and keeps much gradient."),
        ["figure-4"] = new(
            "Although simulated annealing performed well on all problems, it requires an order of magnitude more " +
                "training time than all the other algorithms.",
            "Section V-E", "For each problem and T: who has a small error (left), and who of them stops early " +
                "(right). A search that is stuck stops, too."),
        ["curriculum"] = new(
            "For example, in the Latch problem or the Parity problem, if we start by training with short sequences, " +
                "the system rapidly settles in the correct region of parameter space.",
            Conclusion, "Each pair: the same algorithm on all lengths at once, and on short sequences first."),
        ["generality"] = new(
            "Note that the theoretical results presented in this paper hold for any error criterion and not only for " +
                "the mean square error criterion.",
            Conclusion, "Left: whether the curves of all criteria fall with T. Right: the gradient shrinks with " +
                "every step or layer before the last."),
    };

    /// <summary>The guide of the first figure of an experiment; null for another name.</summary>
    /// <param name="experiment">The name of the experiment.</param>
    public static FigureGuide? Find(string experiment) => All.GetValueOrDefault(experiment);
}
