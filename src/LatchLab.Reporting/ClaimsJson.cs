using System.Text.Json.Nodes;
using LatchLab.Figures;

namespace LatchLab.Reporting;

/// <summary>Claims as JSON; the report manifest and the command line use the same form.</summary>
public static class ClaimsJson
{
    /// <summary>An object for each claim, in order.</summary>
    public static JsonArray ToJson(IEnumerable<Claim> claims)
        => [.. claims.Select(claim => new JsonObject
        {
            ["number"] = claim.Number,
            ["claim"] = claim.Key,
            ["isMain"] = claim.IsMain,
            ["statement"] = claim.Statement,
            ["source"] = claim.Source,
            ["interpretation"] = claim.Interpretation,
            ["verdict"] = claim.Verdict.Format(),
            ["qualifier"] = claim.Qualifier,
            ["verdictsBySeed"] = new JsonArray(
                [.. claim.VerdictsBySeed.Select(verdict => JsonValue.Create(verdict.Format()))]),
            ["evidence"] = claim.Evidence,
            ["parts"] = new JsonArray([.. claim.Parts.Select(ToJson)]),
        })];

    private static JsonObject ToJson(ClaimPart part)
        => new()
        {
            ["part"] = part.Label,
            ["quantity"] = part.Quantity,
            ["trials"] = part.Trials,
            ["estimate"] = part.Estimate,
            ["lower99"] = part.Lower,
            ["upper99"] = part.Upper,
            ["claimed"] = part.Claimed,
            ["threshold"] = part.Threshold,
            ["result"] = part.Result.ToString().ToLowerInvariant(),
            ["failsAfterCorrection"] = part.FailsAfterCorrection,
            ["remark"] = part.Remark,
        };
}
