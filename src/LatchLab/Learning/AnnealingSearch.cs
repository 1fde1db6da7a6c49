using LatchLab.Numerics;

namespace LatchLab.Learning;

/// <summary>
/// Simulated annealing of continuous variables (Section V-A; Corana, Marchesi, Martini, Ridella, "Minimizing multimodal
/// functions of continuous variables with the simulated annealing algorithm", ACM Trans. Math. Software 13, 1987). Each
/// of N_S cycles moves every trainable parameter in turn by U(−1, 1) times its step size. Then the step sizes are
/// adjusted so that about half of the moves are accepted. After N_T adjustments the temperature is lowered, and the
/// search restarts from the best point. The search is stuck when the cost at the end of a temperature agrees with the
/// costs at the ends of the previous N_ε temperatures and with the best cost.
/// </summary>
/// <remarks>
/// <para>
/// The Metropolis criterion accepts an increase Δ with probability exp(−Δ/T), that is, where Δ ≤ −T·ln u. The number u
/// is drawn together with the move, whether or not the cost increases. So the limit is known before the evaluation, and
/// later random numbers do not depend on the comparison. u is one minus a uniform number, which is never 0.
/// </para>
/// <para>
/// As in the public program (simann.f): a move out of the bounds is replaced by a uniform draw between them, a step
/// size never exceeds their distance, and the start is evaluated first, so that evaluations = 1 mod N_T·N_S·n. A
/// parameter without two finite bounds is drawn again from the part of its step interval that lies within the bounds.
/// </para>
/// </remarks>
internal sealed class AnnealingSearch : Search
{
    private readonly SimulatedAnnealing _settings;
    private readonly int _adjustments;
    private readonly StuckTest _stuck;
    private readonly double[] _stepSizes;  // [trainable parameter]: v
    private readonly int[] _accepted;      // [trainable parameter]: moves accepted since the last adjustment
    private double _temperature;
    private bool _hasStarted;
    private double _cost = double.PositiveInfinity;
    private double _costLimit = double.PositiveInfinity;
    private double _previousValue;                 // the current value of the parameter that moves
    private int _coordinate, _cycle, _adjustment;  // completed: moves in the cycle, cycles, adjustments

    public AnnealingSearch(
        SearchSpace space, SimulatedAnnealing settings, ReadOnlySpan<double> start, UniformStream uniforms)
        : base(space, start, uniforms)
    {
        _settings = settings;
        int n = space.TrainableParameters.Length;
        _adjustments = settings.Adjustments > 0 ? settings.Adjustments : Math.Max(100, 5 * n);
        _stuck = new(settings.Stuck.StuckValues + 1, settings.Stuck.StuckTolerance);
        _stepSizes = new double[n];
        _accepted = new int[n];
        _temperature = settings.InitialTemperature;
        for (int k = 0; k < n; k++)
            _stepSizes[k] = Math.Min(settings.InitialStep, MaxStepSize(k));
    }

    public override double CostLimit => _costLimit;

    /// <remarks>The last one if the search has stopped.</remarks>
    public override double Temperature => _temperature;

    /// <summary>Number of completed temperatures.</summary>
    public int Temperatures { get; private set; }

    public override IReadOnlyList<double> Diagnostics => [Temperatures];

    /// <summary>The step sizes v of the trainable parameters.</summary>
    public ReadOnlySpan<double> StepSizes => _stepSizes;

    protected override void TransferOwnState(StateTransfer state)
    {
        _stuck.TransferState(state);
        state.Transfer(_stepSizes);
        for (int k = 0; k < _accepted.Length; k++)
            _accepted[k] = state.Transfer(_accepted[k]);
        _temperature = state.Transfer(_temperature);
        Temperatures = state.Transfer(Temperatures);
        _hasStarted = state.Transfer(_hasStarted);
        _cost = state.Transfer(_cost);
        _costLimit = state.Transfer(_costLimit);
        _previousValue = state.Transfer(_previousValue);
        _coordinate = state.Transfer(_coordinate);
        _cycle = state.Transfer(_cycle);
        _adjustment = state.Transfer(_adjustment);
    }

    protected override void Receive(in Evaluation evaluation)
    {
        bool isAccepted = double.IsFinite(evaluation.Cost) && evaluation.Cost <= CostLimit;
        if (isAccepted)
            Accept(evaluation.Cost);
        if (_hasStarted)
            FinishMove(isAccepted);
        _hasStarted = true;
    }

    private void Accept(double newCost)
    {
        _cost = newCost;
        if (newCost < BestCost)
            KeepAsBest(newCost);
    }

    private void FinishMove(bool isAccepted)
    {
        if (isAccepted)
            _accepted[_coordinate]++;
        else
            Point[Space.TrainableParameters[_coordinate]] = _previousValue;

        if (++_coordinate < _stepSizes.Length)
            return;
        _coordinate = 0;
        if (++_cycle < _settings.Cycles)
            return;
        _cycle = 0;
        AdjustSteps();
        if (++_adjustment < _adjustments)
            return;
        _adjustment = 0;
        FinishTemperature();
    }

    /// <summary>
    /// Increases step sizes whose moves were accepted too often and decreases those accepted too rarely.
    /// </summary>
    private void AdjustSteps()
    {
        for (int k = 0; k < _stepSizes.Length; k++)
        {
            double acceptanceRate = (double)_accepted[k] / _settings.Cycles;
            if (acceptanceRate > 0.6)
                _stepSizes[k] *= 1.0 + (_settings.StepFactor * (acceptanceRate - 0.6) / 0.4);
            else if (acceptanceRate < 0.4)
                _stepSizes[k] /= 1.0 + (_settings.StepFactor * (0.4 - acceptanceRate) / 0.4);
            _stepSizes[k] = Math.Min(_stepSizes[k], MaxStepSize(k));
            _accepted[k] = 0;
        }
    }

    private void FinishTemperature()
    {
        Temperatures++;
        HasStopped = _stuck.Add(_cost, BestCost);
        if (HasStopped)
            return;
        _temperature *= _settings.Cooling;
        Best.CopyTo(Point);
        _cost = BestCost;
    }

    protected override void Propose()
    {
        int i = Space.TrainableParameters[_coordinate];
        _previousValue = Point[i];
        double stepSize = _stepSizes[_coordinate], low = Space.LowerBound(i), high = Space.UpperBound(i);
        double moved = _previousValue + (((2.0 * Uniforms.Next()) - 1.0) * stepSize);
        if (!Space.Contains(i, moved))
        {
            moved = double.IsFinite(high - low)
                ? Uniforms.Next(low, high)
                : Uniforms.Next(Math.Max(low, _previousValue - stepSize), Math.Min(high, _previousValue + stepSize));
        }

        Point[i] = moved;
        _costLimit = _cost - (_temperature * Elementary.Log(1.0 - Uniforms.Next()));
    }

    private double MaxStepSize(int k)
        => Math.Min(_settings.LargestStep,
            Space.UpperBound(Space.TrainableParameters[k]) - Space.LowerBound(Space.TrainableParameters[k]));
}
