using CsCheck;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using Xunit;

namespace LatchLab.Tests.Dynamics;

/// <summary>The single neuron against its defining equations and independent computations.</summary>
public sealed class SingleNeuronTests
{
    [Theory]
    [InlineData(1.25, 51, 14)]
    [InlineData(2.0, 16, 4)]
    public void Transients_have_their_known_lengths(double weight, long under1Point1, long under2)
    {
        double critical = SingleNeuron.Analyze(weight).CriticalInput!.Value;
        Assert.Equal(under1Point1, SingleNeuron.Analyze(weight, 1.1 * critical).TransientLength);
        Assert.Equal(under2, SingleNeuron.Analyze(weight, 2.0 * critical).TransientLength);
    }

    [Fact]
    public void Known_values_are_reproduced_to_the_last_digit()
    {
        SingleNeuron neuron = SingleNeuron.Analyze(2.0);
        Assert.Equal(0.957504024, neuron.Attractor!.Value, 9);    // x̄ = tanh 2x̄
        Assert.Equal(0.532839975, neuron.CriticalInput!.Value, 9); // √2 − arcosh √2
        Assert.Equal(0.166372088, neuron.Derivative!.Value, 9);
        Assert.Equal(0.0778051693, SingleNeuron.Analyze(1.25).CriticalInput!.Value, 9);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(0.0)]
    [InlineData(-2.0)]
    public void Up_to_a_weight_of_one_only_the_weight_is_defined(double weight)
        => Assert.Equal(new SingleNeuron(weight, null, null, null, null), SingleNeuron.Analyze(weight, 5.0));

    [Fact]
    public void The_attractor_solves_its_equation()
        => Gen.Double[1.0001, 15.0].Sample(w =>
        {
            double x = SingleNeuron.Analyze(w).Attractor!.Value;

            // Newton's correction (tanh(wx) − x)/(1 − derivative) is the error of x, apart from the 2 ulp error of
            // tanh.
            double error = (Math.Tanh(w * x) - x) / (1.0 - (w * (1.0 - (x * x))));
            return Math.Abs(error) <= 4e-16 / Math.Abs(1.0 - (w * (1.0 - (x * x))));
        });

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-8)]
    [InlineData(1e-14)]
    public void Just_above_one_nothing_cancels(double excess)
    {
        // With w = 1 + e: x̄² = 3e(1 + O(e)), h* = ⅔·e^{3/2}·(1 + O(e)), derivative = 1 − 2e + O(e²). The neglected
        // terms are less than 2e relative.
        double e = 1.0 + excess - 1.0;
        SingleNeuron neuron = SingleNeuron.Analyze(1.0 + e);
        Assert.Equal(1.0, neuron.Attractor!.Value / Math.Sqrt(3.0 * e), (2.0 * e) + 1e-14);
        Assert.Equal(1.0, neuron.CriticalInput!.Value / (2.0 / 3.0 * e * Math.Sqrt(e)), (2.0 * e) + 1e-14);
        Assert.Equal(1.0 - (2.0 * e), neuron.Derivative!.Value, (4.0 * e * e) + 4e-16);
    }

    [Fact]
    public void The_critical_input_separates_inputs_that_switch_from_those_that_do_not()
        => Gen.Select(Gen.Double[1.05, 8.0], Gen.Double[0.001, 0.5]).Sample((w, margin) =>
        {
            double critical = SingleNeuron.Analyze(w).CriticalInput!.Value,
                x = -SingleNeuron.Analyze(w).Attractor!.Value;
            for (int t = 0; t < 20_000; t++)
                x = Math.Tanh((w * x) + (critical * (1.0 - margin)));
            return x < 0.0 && SingleNeuron.Analyze(w, critical * (1.0 + margin)).TransientLength is > 0
                && SingleNeuron.Analyze(w, critical).TransientLength is null;
        }, iter: 50);

    [Fact]
    public void The_critical_input_grows_with_the_weight()
        => Gen.Select(Gen.Double[1.0001, 50.0], Gen.Double[1.0001, 2.0]).Sample((w, factor) =>
            SingleNeuron.Analyze(w * factor).CriticalInput > SingleNeuron.Analyze(w).CriticalInput);

    [Fact]
    public void Time_varying_inputs_below_the_critical_one_keep_the_sign()
        => Gen.Select(Gen.Double[1.05, 5.0], Gen.Double[-1.0, 1.0].Array[2000]).Sample((w, inputs) =>
        {
            double critical = SingleNeuron.Analyze(w).CriticalInput!.Value,
                x = SingleNeuron.Analyze(w).Attractor!.Value;
            return inputs.All(h => (x = Math.Tanh((w * x) + (0.9999 * critical * h))) > 0.0);
        }, iter: 100);

    [Fact]
    public void A_transient_of_more_than_a_hundred_million_steps_is_rejected()
    {
        SlowTests.SkipUnlessRequested();
        Assert.Throws<ValidationException>(() => SingleNeuron.Analyze(1.0000000001, 1e-15));
    }

    [Fact]
    public void A_larger_input_never_takes_longer()
        => Gen.Select(Gen.Double[1.05, 30.0], Gen.Double[1.001, 3.0], Gen.Double[1.0, 2.0]).Sample((w, factor, more) =>
        {
            double critical = SingleNeuron.Analyze(w).CriticalInput!.Value;
            return SingleNeuron.Analyze(w, critical * factor * more).TransientLength
                <= SingleNeuron.Analyze(w, critical * factor).TransientLength;
        });

    [Theory]
    [InlineData(25.0)]
    [InlineData(1e6)]
    [InlineData(1e300)]
    public void A_neuron_whose_attractor_rounds_to_one_can_still_be_switched(double weight)
    {
        SingleNeuron neuron = SingleNeuron.Analyze(weight, 3.0 * weight);
        Assert.Equal(1.0, neuron.Attractor);
        Assert.Equal(1, neuron.TransientLength);
    }
}
