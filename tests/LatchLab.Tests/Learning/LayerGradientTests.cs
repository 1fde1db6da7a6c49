using LatchLab.Experiments.Catalogue.BeyondThePaper;
using LatchLab.Learning;
using LatchLab.Networks;
using LatchLab.Tasks;
using Xunit;

namespace LatchLab.Tests.Learning;

/// <summary>The share of every layer in the gradient.</summary>
public sealed class LayerGradientTests
{
    [Fact]
    public void A_single_layer_has_the_whole_gradient()
    {
        var random = new Random(4);
        NetworkDefinition network = Samples.Network("parity", random, "tanh");
        SequenceGradient whole = SequenceGradient.Of(network, [0.3], target: 0.0); // ∂C/∂w = x_T·∂x_T/∂w
        double norm = Math.Sqrt(whole.Gradient.Sum(gradient => gradient * gradient)) / Math.Abs(whole.Output);
        Assert.Equal(1.0, Assert.Single(LayerGradients.Of(network, [0.3])) / norm, 1e-14);
    }

    [Fact]
    public void Layers_of_one_unit_have_the_products_of_slopes_and_states_and_add_up_to_the_gradient()
    {
        // ∂x_T/∂w_t = x_{t−1}·f′(a_t)·Π_{s>t} w·f′(a_s), of inputs at time t besides that the input's own, without
        // x_{t−1}. All are positive here, so that the shares of the weight add up to the gradient itself.
        const double weight = 1.3, first = 0.7;
        double[] later = [0.1, 0.2, 0.05, 0.3];
        double[] inputs = [first, .. later], states = new double[6], expected = new double[5];
        for (int t = 1; t <= 5; t++)
            states[t] = Math.Tanh((weight * states[t - 1]) + inputs[t - 1]);
        double product = 1.0, ofWeight = 0.0;
        for (int t = 5; t >= 1; t--)
        {
            double slope = 1.0 - (states[t] * states[t]), share = states[t - 1] * slope * product;
            expected[t - 1] = t == 1 ? slope * product : share; // x_0 = 0, and the first input is a parameter
            ofWeight += share;
            product *= weight * slope;
        }

        var network = new LatchDefinition("tanh", weight, [first]);
        Assert.Equal(expected, LayerGradients.Of(network, later), (e, a) => Math.Abs(e - a) <= 1e-13 * e);
        SequenceGradient whole = SequenceGradient.Of(network, later, target: 0.0);
        Assert.Equal(1.0, whole.Gradient[0] / (whole.Output * ofWeight), 1e-13);
    }

    [Fact]
    public void The_automaton_computes_parity_and_its_early_layers_have_a_vanishing_share()
    {
        for (int number = 0; number < 30; number++)
        {
            double[] inputs = Generality.AutomatonInputs(seed: 3, number);
            int target = TaskDefinition.ClassOf(number) == 1 ? 1 : -1;
            Assert.True(SequenceGradient.Of(Generality.Automaton, inputs, target).Output * target > 0.9);
            IReadOnlyList<double> norms = LayerGradients.Of(Generality.Automaton, inputs);
            Assert.True(norms[0] < 1e-10 * norms[^1]);
        }
    }

    [Fact]
    public void A_threshold_has_no_gradient()
        => Assert.Throws<InputException>(() => LayerGradients.Of(new LatchDefinition("threshold", 1.0, []), [0.1]));
}
