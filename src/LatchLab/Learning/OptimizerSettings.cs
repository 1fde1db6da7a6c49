using System.Collections.Concurrent;
using LatchLab.Foundation;
using LatchLab.Learning.Optimizers;

namespace LatchLab.Learning;

/// <summary>The chain of update rules of a gradient method.</summary>
public sealed record OptimizerSettings
{
    /// <summary>The path of the setting.</summary>
    public const string Path = "learner.optimizer";

    /// <summary>The rules by their text: each trial and each configuration of a sweep reads them.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyList<UpdateRule>> RulesByText = [];

    /// <summary>The text of the chain; empty for plain gradient descent.</summary>
    [Setting("update rules, applied in this order to the gradient of a step before the learning rate",
        "decision; paper: gradient descent",
        AllowedValues = "rules separated by semicolons, each a name and values of its parameters, such as " +
            "clip-norm 1; adam beta1=0.8; or nothing",
        Probe = "momentum 0.5")]
    public string Optimizer { get; init; } = "";

    /// <summary>The rules; those of them that are valid if the text is not.</summary>
    public IReadOnlyList<UpdateRule> GetRules()
        => RulesByText.GetOrAdd(Optimizer, static text => UpdateRuleParser.Parse(text, []));

    /// <summary>What two trials must share to run in the same batch: the rules, not their parameters.</summary>
    internal string BatchKey => string.Join("; ", GetRules().Select(rule => rule.Name));

    /// <summary>Returns every error in the text.</summary>
    internal IEnumerable<(string[] RelatedSettings, ValidationError Error)> Validate()
    {
        var errors = new List<string>();
        UpdateRuleParser.Parse(Optimizer, errors);
        return errors.Select(error => (Array.Empty<string>(), new ValidationError("", Path, error)));
    }
}
