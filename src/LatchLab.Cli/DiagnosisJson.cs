using System.Text.Json.Nodes;
using LatchLab.Diagnosis.Questions;
using LatchLab.Dynamics;
using LatchLab.Foundation;
using LatchLab.Statistics;

namespace LatchLab.Cli;

/// <summary>The JSON document of <c>latchlab diagnose</c> (docs/reference/diagnoses.md).</summary>
internal static class DiagnosisJson
{
    public static JsonObject ToJson(TrainedNetworkDiagnosis diagnosis, string? page) => new()
    {
        ["model"] = ToJson(diagnosis.Model),
        ["import"] = diagnosis.Model.Check is { } check ? ToJson(check) : null,
        ["data"] = diagnosis.Data is not { } data ? null : new JsonObject
        {
            ["source"] = data.Source,
            ["sequences"] = data.Inputs.Count,
            ["steps"] = data.Length,
            ["madeUp"] = data.IsMadeUp,
        },
        ["taskLength"] = diagnosis.Options.TaskLength,
        ["verdict"] = new JsonObject
        {
            ["code"] = VerdictText.GetName(diagnosis.Verdict),
            ["words"] = ToJson(VerdictText.Describe(diagnosis)),
        },
        ["gradientByLag"] = diagnosis.Gradient is { } gradient ? ToJson(gradient) : null,
        ["operatorNorms"] = diagnosis.Norms is not { } norms ? null : new JsonObject
        {
            ["lags"] = new JsonArray([.. norms.Lags.Select(lag => (JsonNode)lag)]),
            ["logNorms"] = JsonOutput.ToJson(norms.LogNorms),
        },
        ["influenceByLag"] = diagnosis.Influence is not { } influence ? null : new JsonObject
        {
            ["rms"] = JsonOutput.ToJson(influence.Changes),
            ["spread"] = JsonOutput.ToJson(influence.OutputSpread),
            ["sequences"] = influence.Sequences,
            ["stride"] = influence.Stride,
        },
        ["retentionAtRest"] = new JsonArray([.. diagnosis.Retention.Select(ToJson)]),
        ["lyapunov"] = new JsonObject
        {
            ["driven"] = ToJson(diagnosis.Driven),
            ["rest"] = new JsonArray([.. diagnosis.Rest.Select(ToJson)]),
        },
        ["fixedPoints"] = new JsonArray([.. diagnosis.FixedPoints.Select(ToJson)]),
        ["noise"] = new JsonArray([.. diagnosis.Noise.Select((noise, i) => ToJson(noise, diagnosis.FixedPoints[i]))]),
        ["slowPoints"] = diagnosis.SlowPoints is not { } slow ? null : new JsonArray([.. slow.Points.Select(
            point => new JsonObject
            {
                ["state"] = JsonOutput.ToJson(point.State),
                ["outputs"] = JsonOutput.ToJson(point.Outputs),
                ["relativeSpeed"] = JsonOutput.ToJson(point.RelativeSpeed),
                ["timeConstant"] = JsonOutput.ToJson(point.TimeConstant),
            })]),
        ["relaxation"] = diagnosis.Relaxation is not { } relaxation ? null : new JsonObject
        {
            ["steps"] = relaxation.Steps,
            ["relativeSpeed"] = JsonOutput.ToJson(relaxation.RelativeSpeed),
            ["extent"] = JsonOutput.ToJson(relaxation.Extent),
            ["componentShares"] = JsonOutput.ToJson(relaxation.ComponentShares),
            ["leadingModulus"] = JsonOutput.ToJson(relaxation.LeadingModulus),
        },
        ["gates"] = new JsonArray([.. (diagnosis.Gates ?? []).Select(ToJson)]),
        ["units"] = new JsonArray([.. (diagnosis.Units ?? []).Select(ToJson)]),
        ["advice"] = new JsonArray([.. Advice.Find(diagnosis).Select(advice => new JsonObject
        {
            ["code"] = Settings.FormatValue(advice.Code),
            ["words"] = advice.Words,
        })]),
        ["budget"] = new JsonObject
        {
            ["asked"] = diagnosis.Options.Budget.TotalSeconds,
            ["skipped"] = ToJson(diagnosis.Skipped),
        },
        ["report"] = page,
    };

    private static JsonObject ToJson(TrainedNetwork model) => new()
    {
        ["path"] = model.Path,
        ["format"] = model.Format,
        ["producer"] = model.Producer,
        ["cell"] = model.Cell,
        ["layers"] = model.Network.Size.Layers,
        ["inputs"] = model.Network.Inputs,
        ["units"] = model.Network.Size.Units,
        ["outputs"] = model.Network.Size.Outputs,
        ["parameters"] = model.Network.Parameters.Count,
        ["assumptions"] = ToJson(model.Assumptions),
    };

    private static JsonObject ToJson(ImportCheck check) => new()
    {
        ["oneStep"] = JsonOutput.ToJson(check.OneStep),
        ["firstSteps"] = JsonOutput.ToJson(check.FirstSteps),
        ["freeRun"] = JsonOutput.ToJson(check.FreeRun),
        ["outputs"] = JsonOutput.ToJson(check.Outputs),
        ["tolerance"] = JsonOutput.ToJson(check.Tolerance),
    };

    private static JsonObject ToJson(GradientByLag gradient)
    {
        Estimate factor = gradient.FactorPerStep;
        JsonObject json = JsonOutput.ToJson("factorPerStep", factor.Value, factor.Lower, factor.Upper);
        json["loss"] = Settings.FormatValue(gradient.Loss);
        json["meanLogNorms"] = JsonOutput.ToJson(gradient.MeanLogNorms);
        json["horizon99"] = gradient.Horizon;
        json["below1Percent"] = gradient.LagBelowOnePercent;
        return json;
    }

    private static JsonObject ToJson(RetentionAtRest retention) => new()
    {
        ["input"] = JsonOutput.ToJson(retention.HeldInput),
        ["distance"] = JsonOutput.ToJson(retention.Distance),
        ["points"] = new JsonArray([.. retention.Points.Select(point => new JsonObject
        {
            ["steps"] = point.Steps,
            ["statesApart"] = point.StatesApart,
            ["spread"] = JsonOutput.ToJson(point.OutputSpread),
        })]),
        ["bits"] = JsonOutput.ToJson(retention.Bits),
        ["movingStates"] = retention.MovingStates,
        ["period"] = retention.Period,
    };

    private static JsonArray ToJson(LyapunovSpectrum? spectrum)
        => [.. (spectrum?.Exponents ?? []).Select(
            exponent => JsonOutput.ToJson("value", exponent.Value, exponent.Lower, exponent.Upper))];

    private static JsonObject ToJson(NoiseAtRest noise, RestPoints points) => new()
    {
        ["input"] = JsonOutput.ToJson(noise.HeldInput),
        ["states"] = new JsonArray([.. noise.States.Select(
            state => (JsonNode)points.Points.Index().Single(point => ReferenceEquals(point.Item, state)).Index)]),
        ["certified"] = ToJson(noise.Certified?.Select(proof => proof?.Noise)),
        ["erased"] = ToJson(noise.Erased?.Select(push => push?.Noise)),
        ["random"] = noise.Random is not { } random ? null : new JsonObject
        {
            ["kind"] = "uniform",
            ["steps"] = random.Steps,
            ["runs"] = random.Runs,
            ["b"] = JsonOutput.ToJson(random.Amplitudes),
            ["shareThatReturn"] = new JsonArray([.. random.Shares.Select(JsonOutput.ToJson)]),
        },
    };

    private static JsonArray? ToJson(IEnumerable<double?>? values)
        => values is null ? null : [.. values.Select(value => JsonOutput.ToJson(value))];

    private static JsonObject ToJson(RestPoints points) => new()
    {
        ["points"] = new JsonArray([.. points.Points.Select(point => new JsonObject
        {
            ["state"] = JsonOutput.ToJson(point.State),
            ["outputs"] = JsonOutput.ToJson(point.Outputs),
            ["eigenvalues"] = new JsonArray([.. point.Eigenvalues.Select(value => JsonOutput.ToJson(
                [value.Value.Real, value.Value.Imaginary]))]),
            ["unstable"] = point.UnstableDirections,
            ["index"] = point.Index,
            ["residual"] = JsonOutput.ToJson(point.Residual),
            ["error"] = JsonOutput.ToJson(point.PositionError),
            ["stability"] = Settings.FormatValue(point.Stability),
        })]),
        ["starts"] = points.Starts,
        ["notConverged"] = points.NotConverged,
        ["indexSum"] = points.IndexSum,
        ["complete"] = points.Verdict switch
        {
            IndexVerdict.ConsistentWithComplete => "consistent",
            IndexVerdict.Incomplete => "incomplete",
            _ => "unknown",
        },
    };

    private static JsonObject ToJson(GateStatistics gate) => new()
    {
        ["layer"] = gate.Layer + 1,
        ["name"] = gate.Name,
        ["mean"] = JsonOutput.ToJson(gate.Mean),
        ["shareBelow"] = JsonOutput.ToJson(gate.ShareBelow),
        ["shareAbove"] = JsonOutput.ToJson(gate.ShareAbove),
        ["meansByUnit"] = JsonOutput.ToJson(gate.MeansByUnit),
    };

    private static JsonObject ToJson(UnitStatistics units) => new()
    {
        ["layer"] = units.Layer + 1,
        ["deviations"] = JsonOutput.ToJson(units.Deviations),
        ["dead"] = new JsonArray([.. units.Dead.Select(unit => (JsonNode)unit)]),
        ["saturatedShare"] = JsonOutput.ToJson(units.SaturatedShare),
    };

    private static JsonArray ToJson(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
