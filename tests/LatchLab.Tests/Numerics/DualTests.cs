using CsCheck;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Numerics;

/// <summary>
/// Derivatives by dual numbers: exact cases with small integers, where no operation rounds, and known identities.
/// </summary>
public class DualTests
{
    // Coefficients and arguments are small enough that f(g(x)) and its derivatives are integers below 2^53.
    private static readonly Gen<(int[] Outer, int[] Inner, int X)> Compositions =
        Gen.Select(Gen.Int[-9, 9].Array[4], Gen.Int[-9, 9].Array[4], Gen.Int[-9, 9]);

    [Fact]
    public void A_composition_of_integer_polynomials_has_its_exact_derivative()
        => Compositions.Sample(c =>
        {
            Dual<Scalar> y = Polynomial(c.Outer, Polynomial(c.Inner, Variable(c.X)));
            long inner = At(c.Inner, c.X);
            Assert.Equal(At(c.Outer, inner), y.Value.Value);
            Assert.Equal(At(Derivative(c.Outer), inner) * At(Derivative(c.Inner), c.X), y.Derivative.Value);
        });

    [Fact]
    public void A_dual_of_duals_carries_the_exact_second_derivative()
        => Compositions.Sample(c =>
        {
            Dual<Dual<Scalar>> y = Polynomial(c.Outer, Polynomial(c.Inner, Twice(c.X)));
            long g = At(c.Inner, c.X), derivative = At(Derivative(c.Inner), c.X);
            long expected = At(Derivative(Derivative(c.Outer)), g) * derivative * derivative
                + At(Derivative(c.Outer), g) * At(Derivative(Derivative(c.Inner)), c.X);
            Assert.Equal(expected, y.Derivative.Derivative.Value);
            Assert.Equal(y.Value.Derivative, y.Derivative.Value);
        });

    [Fact]
    public void Quotient_root_difference_and_fused_product_have_exact_derivatives()
    {
        Dual<Scalar> x = Variable(4.0), two = Dual<Scalar>.From(2.0);
        AssertIs(0.5, -0.125, two / x);
        AssertIs(3.0, -1.0, (two + x) / (x - two));
        AssertIs(2.0, 0.25, Dual<Scalar>.Sqrt(x));
        AssertIs(-4.0, -1.0, -x);
        AssertIs(20.0, 9.0, Dual<Scalar>.FusedMultiplyAdd(x, x, x));
        AssertIs(64.0, 48.0, x * x * x);
    }

    [Fact]
    public void A_selection_by_value_keeps_the_derivative_of_the_selected_operand()
    {
        Dual<Scalar> x = Variable(1.0), bound = Dual<Scalar>.From(2.0);
        AssertIs(1.0, 1.0, Dual<Scalar>.WhereLess(x, bound, x, bound));
        AssertIs(2.0, 0.0, Dual<Scalar>.WhereLess(bound, x, x, bound));
        AssertIs(1.0, 1.0, Dual<Scalar>.WhereLess(x, Dual<Scalar>.From(1.0), bound, x)); // equal: not less
    }

    [Fact]
    public void Tanh_satisfies_its_differential_equations()
        => Gen.Double[-6.0, 6.0].Sample(x =>
        {
            Dual<Dual<Scalar>> y = Dual<Dual<Scalar>>.Tanh(Twice(x));
            double t = Elementary.Tanh(new Scalar(x)).Value;
            Assert.Equal(t, y.Value.Value.Value);
            double derivative = Math.FusedMultiplyAdd(-t, t, 1.0);
            Assert.Equal(derivative, y.Derivative.Value.Value);

            // tanh'' = −2·t·(1 − t²): both sides round 1 − t² in the same way; three further roundings differ, each by
            // 2^-53.
            AssertClose(-2.0 * t * derivative, y.Derivative.Derivative.Value, 3 * Math.ScaleB(1, -52));
        });

    [Fact]
    public void Exp_and_log_are_inverses_with_derivative_one()
        => Gen.Double[-6.0, 6.0].Sample(x =>
        {
            Assert.Equal(1.0, Dual<Scalar>.Log(Dual<Scalar>.Exp(Variable(x))).Derivative.Value);

            // exp(log y)/y: log has an error of 0.86 ulp of at most 6, exp adds 1.41 ulp, and there are two more
            // roundings.
            double y = Math.Abs(x) + 0.01;
            AssertClose(1.0, Dual<Scalar>.Exp(Dual<Scalar>.Log(Variable(y))).Derivative.Value, 8 * Math.ScaleB(1, -52));
        });

    [Fact]
    public void The_second_derivative_of_the_logarithm_is_minus_the_square_of_the_reciprocal()
    {
        Dual<Dual<Scalar>> y = Dual<Dual<Scalar>>.Log(Twice(4.0));
        Assert.Equal(0.25, y.Derivative.Value.Value);
        Assert.Equal(-0.0625, y.Derivative.Derivative.Value);
    }

    [Fact]
    public void A_rectified_number_has_the_derivative_1_above_0_and_0_elsewhere()
    {
        AssertIs(2.0, 1.0, Dual<Scalar>.Rectify(Variable(2.0)));
        AssertIs(0.0, 0.0, Dual<Scalar>.Rectify(Variable(-2.0)));
        AssertIs(0.0, 0.0, Dual<Scalar>.Rectify(Variable(0.0)));
        Assert.Equal(double.NaN, Dual<Scalar>.Rectify(Variable(double.NaN)).Value.Value);
        Assert.Equal(0.0, Dual<Dual<Scalar>>.Rectify(Twice(2.0)).Derivative.Derivative.Value);
    }

    [Fact]
    public void Operations_with_one_variable_have_the_bits_of_the_products_that_they_replace()
        => Gen.Select(Gen.Double[-3.0, 3.0], Gen.Double[-3.0, 3.0]).Sample((x, c) =>
        {
            Dual<Dual<Scalar>> a = Twice(x), offset = Dual<Dual<Scalar>>.From(c);
            Assert.Equal(a * a, Dual<Dual<Scalar>>.Square(a));
            Assert.Equal(
                Dual<Dual<Scalar>>.FusedMultiplyAdd(-a, a, offset),
                Dual<Dual<Scalar>>.FusedNegatedSquareAdd(a, offset));
            Assert.Equal(Dual<Dual<Scalar>>.FusedMultiplyAdd(-a, a, a), Dual<Dual<Scalar>>.MultiplyByComplement(a));
        });

    private static Dual<Scalar> Variable(double x) => new(new Scalar(x), new Scalar(1.0));

    private static Dual<Dual<Scalar>> Twice(double x) => new(Variable(x), Dual<Scalar>.From(1.0));

    private static TLane Polynomial<TLane>(int[] coefficients, TLane x)
        where TLane : unmanaged, ILane<TLane>
        => coefficients.Aggregate(TLane.From(0.0), (sum, c) => sum * x + TLane.From(c));

    private static long At(int[] coefficients, long x) => coefficients.Aggregate(0L, (sum, c) => sum * x + c);

    private static int[] Derivative(int[] coefficients)
        => [.. coefficients[..^1].Select((c, i) => c * (coefficients.Length - 1 - i))];

    private static void AssertIs(double value, double derivative, Dual<Scalar> actual)
        => Assert.Equal((value, derivative), (actual.Value.Value, actual.Derivative.Value));

    private static void AssertClose(double expected, double actual, double relative)
        => Assert.InRange(actual - expected, -relative * Math.Abs(expected), relative * Math.Abs(expected));
}
