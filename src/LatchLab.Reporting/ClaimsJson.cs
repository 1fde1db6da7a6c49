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
            ["statement"] = claim.Statement,
            ["source"] = claim.Source,
            ["interpretation"] = claim.Interpretation,
            ["verdict"] = claim.Verdict.Format(),
            ["evidence"] = claim.Evidence,
        })];
}
