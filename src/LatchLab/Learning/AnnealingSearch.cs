using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Simulated annealing of continuous variables (Section V-A; Corana, Marchesi, Martini, Ridella, "Minimizing multimodal
/// functions of continuous variables with the simulated annealing algorithm", ACM Trans. Math. Software 13, 1987). N_S
/// cycles move the free parameters one after the other, in order, by U(−1, 1) times their step; then the steps are
/// adjusted so that about half of the moves are accepted; after N_T adjustments it cools and restarts from the best
/// point. It is stuck when the cost at the end of a temperature agrees with those at the ends of the N_ε former ones
/// and with the best.
/// </summary>
/// <remarks>
/// <para>
/// The Metropolis criterion accepts an increase Δ with probability exp(−Δ/T), that is where Δ ≤ −T·ln u. Its u is drawn
/// with the move and whether or not the cost turns out to increase: so the limit is known before the evaluation, and
/// the numbers that follow do not depend on the comparison. u is one minus a uniform number, which is never 0.
/// </para>
/// <para>
/// As in the public program (simann.f): a move out of the bounds is replaced by a uniform draw between them, a step
/// never exceeds their distance, and the start is evaluated first, so that evaluations = 1 mod N_T·N_S·n. A parameter
/// without two finite bounds is drawn again from the part of its step that lies within.
/// </para>
/// </remarks>
public sealed class AnnealingSearch : ISearch
{
    private readonly SearchSpace space;
    private readonly SimulatedAnnealing settings;
    private readonly int adjustments;
    private readonly UniformDraws uniforms;
    private readonly StuckTest stuck;
    private readonly double[] candidate;        // the current point, but for the parameter that moves
    private readonly double[] best;
    private readonly double[] steps;            // [free parameter]: v
    private readonly int[] accepted;            // [free parameter]: moves accepted since the last adjustment
    private bool hasStarted;
    private double cost = double.PositiveInfinity;
    private double replaced;                    // the current value of the parameter that moves
    private int coordinate, cycle, adjustment;  // finished since the last of the next larger

    /// <summary>A search whose first candidate is the start.</summary>
    /// <param name="space">What is free, and its bounds.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="start">Every parameter, the free ones within their bounds.</param>
    /// <param name="uniforms">Random numbers of this search alone.</param>
    /// <exception cref="InputException">The start is not in the space.</exception>
    public AnnealingSearch(
        SearchSpace space, SimulatedAnnealing settings, ReadOnlySpan<double> start, UniformDraws uniforms)
    {
        this.space = space;
        this.settings = settings;
        this.uniforms = uniforms;
        int n = space.Free.Length;
        adjustments = settings.Adjustments > 0 ? settings.Adjustments : Math.Max(100, 5 * n);
        stuck = new(settings.Stuck.StuckValues + 1, settings.Stuck.StuckTolerance);
        candidate = space.Start(start);
        best = space.Start(start);
        steps = new double[n];
        accepted = new int[n];
        Temperature = settings.InitialTemperature;
        for (int k = 0; k < n; k++)
            steps[k] = Math.Min(settings.InitialStep, LargestStep(k));
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> Candidate => candidate;

    /// <inheritdoc/>
    public double CostLimit { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public int WrongLimit => int.MaxValue;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Best => best;

    /// <inheritdoc/>
    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public bool HasStopped { get; private set; }

    /// <summary>The current temperature T; of a search that has stopped, its last.</summary>
    public double Temperature { get; private set; }

    /// <summary>Temperatures that were finished.</summary>
    public int Temperatures { get; private set; }

    /// <summary>The steps v of the free parameters.</summary>
    public ReadOnlySpan<double> Steps => steps;

    /// <inheritdoc/>
    public void Tell(in Evaluation evaluation)
    {
        if (HasStopped)
            throw new InvalidOperationException("the search has stopped");
        bool isAccepted = double.IsFinite(evaluation.Cost) && evaluation.Cost <= CostLimit;
        if (isAccepted)
            Accept(evaluation.Cost);
        if (hasStarted)
            FinishMove(isAccepted);
        hasStarted = true;
        if (!HasStopped)
            Propose();
    }

    private void Accept(double told)
    {
        cost = told;
        if (told < BestCost)
        {
            candidate.CopyTo(best, 0);
            BestCost = told;
        }
    }

    private void FinishMove(bool isAccepted)
    {
        if (isAccepted)
            accepted[coordinate]++;
        else
            candidate[space.Free[coordinate]] = replaced;

        if (++coordinate < steps.Length)
            return;
        coordinate = 0;
        if (++cycle < settings.Cycles)
            return;
        cycle = 0;
        AdjustSteps();
        if (++adjustment < adjustments)
            return;
        adjustment = 0;
        FinishTemperature();
    }

    /// <summary>Lengthens the steps that were accepted too often, and shortens those too rarely.</summary>
    private void AdjustSteps()
    {
        for (int k = 0; k < steps.Length; k++)
        {
            double share = (double)accepted[k] / settings.Cycles;
            if (share > 0.6)
                steps[k] *= 1.0 + (settings.StepFactor * (share - 0.6) / 0.4);
            else if (share < 0.4)
                steps[k] /= 1.0 + (settings.StepFactor * (0.4 - share) / 0.4);
            steps[k] = Math.Min(steps[k], LargestStep(k));
            accepted[k] = 0;
        }
    }

    private void FinishTemperature()
    {
        Temperatures++;
        HasStopped = stuck.Add(cost, BestCost);
        if (HasStopped)
            return;
        Temperature *= settings.Cooling;
        best.CopyTo(candidate, 0);
        cost = BestCost;
    }

    private void Propose()
    {
        int i = space.Free[coordinate];
        replaced = candidate[i];
        double step = steps[coordinate], low = space.Lower(i), high = space.Upper(i);
        double moved = replaced + (((2.0 * uniforms.Next()) - 1.0) * step);
        if (!space.Contains(i, moved))
        {
            moved = double.IsFinite(high - low)
                ? uniforms.Next(low, high)
                : uniforms.Next(Math.Max(low, replaced - step), Math.Min(high, replaced + step));
        }

        candidate[i] = moved;
        CostLimit = cost - (Temperature * Scalar.Log(new Scalar(1.0 - uniforms.Next())).Value);
    }

    private double LargestStep(int k)
        => Math.Min(settings.LargestStep, space.Upper(space.Free[k]) - space.Lower(space.Free[k]));
}
