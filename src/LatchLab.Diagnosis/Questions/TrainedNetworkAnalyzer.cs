using LatchLab.Dynamics;
using LatchLab.Networks;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis.Questions;

/// <summary>Asks all questions about a trained network, those that decide most first.</summary>
public static class TrainedNetworkAnalyzer
{
    /// <summary>The largest state whose Jacobian is computed.</summary>
    public const int MostStates = 2048;

    private const int Transient = 200;              // steps before exponents along the data are averaged
    private const int RestTransient = 2000, RestSteps = 4000;
    private const int MostVisitedStates = 4096;     // that starts are chosen from
    private const long MostStateValues = 20_000_000, FewestSequences = 2;    // of all steps, in memory at once
    private const double ExponentWork = 2e10;       // products that the exponents of one orbit may cost

    /// <summary>Diagnoses a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">The sequences; null for what needs none.</param>
    /// <param name="options">The questions.</param>
    /// <param name="progress">Receives the name of each question when it begins.</param>
    /// <param name="cancellation">Ends the diagnosis.</param>
    public static TrainedNetworkDiagnosis Diagnose(
        TrainedNetwork model, SequenceData? data, DiagnosisOptions options, IProgress<string>? progress = null,
        CancellationToken cancellation = default)
    {
        int stateSize = model.StateSize;
        bool isLarge = stateSize > MostStates;
        DiagnosisOptions affordable = !isLarge ? options : options with
        {
            Only = options.Only.Intersect([Question.Gates, Question.Horizon]).ToHashSet(),
        };
        using var asked = new Inquiry(affordable, progress, cancellation);
        if (isLarge)
        {
            asked.Skip("growth, storage, points and noise", FormattableString.Invariant(
                $"are computed up to {MostStates} state values; this network has {stateSize}"));
        }

        data = data?.Take((int)Math.Max(FewestSequences, MostStateValues / ((long)data.Length * stateSize)));
        NetworkTrajectories? run = data is null ? null : NetworkTrajectories.Run(model.Network, data.Inputs);
        if (run is null)
            asked.Skip("gates, units, gradient and influence by lag, and growth along the data", "needs --data");
        TrainedNetworkDiagnosis answer = new() { Model = model, Options = options, Data = data };
        IReadOnlyList<IReadOnlyList<double>> held = options.HeldInputs.Count > 0 ? options.HeldInputs
            : [data?.FindTypicalInput() ?? new double[model.Network.Inputs]];
        double[][] states = SampleStates(run, stateSize, options);
        double[] start = FindLastState(run) ?? states[0];
        VisitedStates visited = run is null ? new(states, MedianStep: 0.0) : VisitedStates.Of(run, MostVisitedStates);
        TrainedNetworkDiagnosis AskOthers() => AskAtRest(answer, states, start, held, asked);

        // What reads the states of the data runs beside the rest; the answers do not depend on it.
        using Task<TrainedNetworkDiagnosis>? others = options.Threads > 1 ? Task.Run(AskOthers, cancellation) : null;
        TrainedNetworkDiagnosis along = run is null ? answer : AskAlongData(answer, run, asked);
        TrainedNetworkDiagnosis atRest = others is null ? AskOthers() : others.GetAwaiter().GetResult();
        answer = along with { Driven = atRest.Driven, Retention = atRest.Retention, Rest = atRest.Rest };
        return AskForPoints(answer, visited, held, asked) with
        {
            Visited = run is null ? null : VisitedSample.Of(visited, run),
            Skipped = asked.Skipped,
        };
    }

    private static TrainedNetworkDiagnosis AskAtRest(
        TrainedNetworkDiagnosis answer, double[][] states, double[] start, IReadOnlyList<IReadOnlyList<double>> held,
        Inquiry asked)
    {
        TrainedNetwork model = answer.Model;
        DiagnosisOptions options = answer.Options;
        if (answer.Data is { } data)
        {
            answer = answer with
            {
                Driven = asked.Ask(Question.Growth, "growth along the data",
                    () => ComputeAlongData(model, data, start.Length, options)),
            };
        }

        foreach (IReadOnlyList<double> input in held)
        {
            RetentionAtRest? retention = asked.Ask(Question.Storage, "what it stores at rest",
                () => RetentionAtRest.Compute(
                    model.Network, states, input, ChooseSteps(model, states.Length), options.Threads, asked.Deadline));
            LyapunovSpectrum? rest = asked.Ask(Question.Storage, "growth at rest",
                () => ComputeAtRest(model, input, start, options));
            answer = answer with
            {
                Retention = retention is null ? answer.Retention : [.. answer.Retention, retention],
                Rest = rest is null ? answer.Rest : [.. answer.Rest, rest],
            };
        }

        return answer;
    }

    private static TrainedNetworkDiagnosis AskForPoints(
        TrainedNetworkDiagnosis answer, VisitedStates visited, IReadOnlyList<IReadOnlyList<double>> held, Inquiry asked)
    {
        CellDefinition network = answer.Model.Network;
        answer = answer with
        {
            Relaxation = visited.MedianStep == 0.0 ? null : asked.Ask(
                Question.Points, "relaxation", () => Relaxation.Measure(network, visited, held[0])),
        };
        foreach (IReadOnlyList<double> input in held)
        {
            Question question = answer.Options.Only.Contains(Question.Points) ? Question.Points : Question.Noise;
            RestPoints? points = asked.Ask(question, "fixed points", () => RestPoints.Find(
                network, visited.States, input,
                new()
                {
                    FirstStarts = answer.Options.Starts,
                    AllEigenvalues = answer.Options.AllEigenvalues,
                    Threads = answer.Options.Threads,
                    Seed = answer.Options.Seed,
                }, deadline: asked.Deadline));
            if (points is null)
                continue;
            answer = answer with { FixedPoints = [.. answer.FixedPoints, points] };
            if (points.Ending == RestPointEnding.Deadline)
                asked.Skip("fixed points", $"the budget ended the search after {points.Starts} starts");
            if (NoiseAtRest.Ask(network, input, points, answer.Options, asked) is { } noise)
                answer = answer with { Noise = [.. answer.Noise, noise] };
        }

        bool isStable = answer.FixedPoints is [var first, ..]
            && first.Points.Any(point => point.Stability == RestPointStability.Stable);
        return isStable || visited.MedianStep == 0.0 ? answer : answer with
        {
            SlowPoints = asked.Ask(Question.Points, "slow points", () => SlowPoints.Find(
                network, visited, held[0], deadline: asked.Deadline)),
        };
    }

    private static TrainedNetworkDiagnosis AskAlongData(
        TrainedNetworkDiagnosis answer, NetworkTrajectories run, Inquiry asked)
    {
        SequenceData data = answer.Data!;
        TrainedNetwork model = answer.Model;
        double[][]? targets = data.Targets is null ? null : [.. data.Targets.Select(steps => steps[^1])];
        EndLoss loss = EndLosses.Choose(targets, run.Outputs);
        answer = answer with
        {
            Gates = asked.Ask(Question.Gates, "gates", () => GateStatistics.Compute(run)),
            Units = asked.Ask(Question.Gates, "units", () => UnitStatistics.Compute(run)),
            Gradient = asked.Ask(
                Question.Horizon, "gradient by lag", () => GradientByLag.Compute(run, targets, loss)),
        };
        if (data.Inputs.Count > 1)
        {
            answer = answer with
            {
                Influence = asked.Ask(Question.Horizon, "influence by lag", () => InfluenceByLag.Compute(
                    model.Network, data, run, cancellation: asked.Deadline)),
            };
        }
        else
        {
            asked.Skip("influence by lag", "exchanges inputs between sequences and needs at least two");
        }

        if (run.StateSize > OperatorNorms.LargestState)
        {
            asked.Skip("operator norms", $"are computed up to {OperatorNorms.LargestState} state values");
            return answer;
        }

        return answer with
        {
            Norms = asked.Ask(Question.Horizon, "operator norms", () => OperatorNorms.Compute(
                model.Network, data.Inputs[0], run.StateSize, asked.Deadline)),
        };
    }

    /// <summary>The sequences one after the other, the state carried on.</summary>
    private static LyapunovSpectrum ComputeAlongData(
        TrainedNetwork model, SequenceData data, int stateSize, DiagnosisOptions options)
    {
        double[][] inputs = [.. data.Inputs.SelectMany(sequence => sequence)];
        int available = inputs.Length, transient = Math.Min(Transient, available / 5);
        int steps = Math.Max(
            LyapunovExponents.Batches, Math.Min(available - transient, LongestOrbit(model) - transient));
        if (available < steps + transient)
            inputs = [.. Enumerable.Range(0, steps + transient).Select(t => inputs[t % available])];
        return LyapunovExponents.Compute(
            model.Network, inputs, new double[stateSize],
            new LyapunovOptions { Steps = steps, Transient = transient, Exponents = options.Exponents });
    }

    /// <summary>The last state of the first sequence.</summary>
    private static double[]? FindLastState(NetworkTrajectories? run)
    {
        if (run is null)
            return null;
        var state = new double[run.StateSize];
        run.CopyState(0, run.Length, state);
        return state;
    }

    private static LyapunovSpectrum ComputeAtRest(
        TrainedNetwork model, IReadOnlyList<double> input, double[] start, DiagnosisOptions options)
    {
        int longest = LongestOrbit(model), transient = Math.Min(RestTransient, longest / 3),
            steps = Math.Max(LyapunovExponents.Batches, Math.Min(RestSteps, longest - transient));
        return LyapunovExponents.Compute(
            model.Network, [input], start,
            new LyapunovOptions { Steps = steps, Transient = transient, Exponents = options.Exponents });
    }

    /// <summary>
    /// The steps of an orbit that the work allows: a step costs the Jacobian and its products with the vectors.
    /// </summary>
    private static int LongestOrbit(TrainedNetwork model)
        => (int)Math.Clamp(ExponentWork / (16.0 * model.Network.Parameters.Count), 400, 1_000_000);

    /// <summary>Fewer quiet steps for a large network.</summary>
    private static IReadOnlyList<int> ChooseSteps(TrainedNetwork model, int states)
    {
        double longest = 1e12 / ((double)model.Network.Parameters.Count * states);
        return [.. RetentionAtRest.DefaultSteps.Where(steps => steps <= Math.Max(200.0, longest))];
    }

    /// <summary>Visited states at random; without data, states that are uniform in ±1.</summary>
    private static double[][] SampleStates(NetworkTrajectories? run, int stateSize, DiagnosisOptions options)
    {
        var draws = new UniformStream(
            options.Seed, Purpose.StartingPoints, item: 0, SequenceData.RandomWord, trial: 0);
        var states = new double[options.RestingStates][];
        int visited = run is null ? 0 : run.Sequences * run.Length;
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = new double[stateSize];
            if (run is null)
            {
                for (int j = 0; j < stateSize; j++)
                    states[i][j] = draws.Next(-1.0, 1.0);
                continue;
            }

            int index = Math.Min(visited - 1, (int)(visited * draws.Next(0.0, 1.0)));
            run.CopyState(index / run.Length, (index % run.Length) + 1, states[i]);
        }

        return states;
    }
}
