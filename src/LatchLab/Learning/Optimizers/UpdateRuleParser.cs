using System.Text.RegularExpressions;
using LatchLab.Foundation;

namespace LatchLab.Learning.Optimizers;

/// <summary>
/// The text of a chain of update rules, such as <c>clip-norm 1; adam beta1=0.8</c>: rules separated by semicolons, each
/// a name and values of its parameters. A value without a name is that of the first parameter.
/// </summary>
internal static partial class UpdateRuleParser
{
    /// <summary>Returns the rules in the order of the text.</summary>
    /// <param name="text">The text; empty for none.</param>
    /// <param name="errors">Receives the message of every error.</param>
    public static IReadOnlyList<UpdateRule> Parse(string text, ICollection<string> errors)
    {
        var rules = new List<UpdateRule>();
        foreach (string rule in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] words = EqualsSign().Replace(rule, "=")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            UpdateRule? known = KnownUpdateRules.All.FirstOrDefault(one => one.Name == words[0]);
            if (known is null)
            {
                errors.Add(DescribeUnknown(words[0], "an update rule", KnownUpdateRules.All.Select(one => one.Name)));
                continue;
            }

            if (rules.Exists(one => one.Name == known.Name) && !known.MayRepeat)
                errors.Add($"contains {known.Name} twice: keep one");
            rules.Add(SetParameters(known, words[1..], errors));
        }

        return rules;
    }

    [GeneratedRegex(@"\s*=\s*")]
    private static partial Regex EqualsSign();

    private static UpdateRule SetParameters(UpdateRule rule, string[] words, ICollection<string> errors)
    {
        string[] names = [.. Settings.GetAll(rule).Select(setting => setting.Name)];
        var values = new Dictionary<string, string>();
        foreach (string word in words)
        {
            string[] pair = word.Split('=', 2);
            (string name, string value) = pair.Length == 2 ? (pair[0], pair[1]) : (names[0], word);
            if (!names.Contains(name))
                errors.Add(DescribeUnknown(name, $"a parameter of {rule.Name}", names));
            else if (!values.TryAdd(name, value))
                errors.Add($"gives {name} of {rule.Name} twice: keep one");
        }

        var invalid = new List<ValidationError>();
        rule = Settings.With(rule, values, invalid);
        foreach (ValidationError error in invalid)
            errors.Add($"{rule.Name}: {error.Field} {error.Message}");
        return rule;
    }

    private static string DescribeUnknown(string name, string kind, IEnumerable<string> known)
        => $"'{name}' is not {kind}; there are {string.Join(", ", known)}{NearestName.FormatSuggestion(name, known)}";
}
