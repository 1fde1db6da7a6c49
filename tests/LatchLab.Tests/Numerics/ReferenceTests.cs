using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>The high-precision reference against constants printed to 40 decimals (OEIS A001113, A002162, …).</summary>
public class ReferenceTests
{
    [Fact]
    public void The_reference_gives_published_constants_to_forty_decimals()
    {
        Assert.Equal("2.7182818284590452353602874713526624977572", Reference.Exp(1).ToDecimal(40));
        Assert.Equal("0.3678794411714423215955237701614608674458", Reference.Exp(-1).ToDecimal(40));
        Assert.Equal("0.6931471805599453094172321214581765680755", Reference.Log(2).ToDecimal(40));
        Assert.Equal("2.3025850929940456840179914546843642076011", Reference.Log(10).ToDecimal(40));
        Assert.Equal("0.7615941559557648881194582826047935904127", Reference.Tanh(1).ToDecimal(40));
        Assert.Equal("0.4621171572600097585023184836436725487302", Reference.Tanh(0.5).ToDecimal(40));
        Assert.Equal("1.4142135623730950488016887242096980785696", Reference.Sqrt(Real.Of(2)).ToDecimal(40));
        Assert.Equal("0.7071067811865475244008443621048490392848", Reference.CosSinPi(0.25).Cos.ToDecimal(40));
        Assert.Equal("0.3826834323650897717284599840303988667613", Reference.CosSinPi(0.125).Sin.ToDecimal(40));
    }

    [Fact]
    public void The_reference_measures_distances_in_units_in_the_last_place()
    {
        Assert.Equal(0.0, Real.Of(1.5).UlpsTo(1.5));
        Assert.Equal(1.0, Real.Of(1.5).UlpsTo(Math.BitIncrement(1.5)));
        Assert.Equal(3.0, Real.Of(0.0).UlpsTo(3 * double.Epsilon));
        Assert.Equal(1.0, Real.Of(-double.MaxValue).UlpsTo(-Math.BitDecrement(double.MaxValue)));
    }
}
