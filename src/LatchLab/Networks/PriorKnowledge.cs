using System.Text.RegularExpressions;
using LatchLab.Foundation;

namespace LatchLab.Networks;

/// <summary>
/// Prior knowledge of single parameters: their initial values, which of them are frozen, and their bounds. It is
/// written as rules such as <c>self=1.5; w[0,1]:=0; w[4,4]&gt;=1</c>. The name of a block, such as
/// <c>w</c>, stands for all its parameters, <c>self</c> for every self-loop and <c>*</c> for every parameter; a later
/// rule overrides an earlier one.
/// </summary>
public sealed partial class PriorKnowledge
{
    private const string SettingPath = "network.prior";

    private readonly List<string> _initialValueRules = [];

    /// <summary>Parses the rules.</summary>
    /// <param name="rules">The text; empty for none.</param>
    /// <param name="names">Names of the parameters.</param>
    /// <param name="errors">Receives every validation error.</param>
    public PriorKnowledge(string rules, IReadOnlyList<string> names, ICollection<ValidationError> errors)
    {
        InitialValues = new double?[names.Count];
        IsTrainable = [.. Enumerable.Repeat(true, names.Count)];
        Lower = [.. Enumerable.Repeat(double.NegativeInfinity, names.Count)];
        Upper = [.. Enumerable.Repeat(double.PositiveInfinity, names.Count)];
        string[] separateRules = rules.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string rule in separateRules)
            Apply(rule, names, errors);
        HasOtherRules = separateRules.Length > _initialValueRules.Count;
        foreach ((int i, string name) in names.Index())
            Validate(i, name, errors);
    }

    /// <summary>[parameter]: its initial value; null to draw it.</summary>
    public double?[] InitialValues { get; }

    /// <summary>[parameter]: whether it is trainable.</summary>
    public bool[] IsTrainable { get; }

    /// <summary>[parameter]: its lower bound.</summary>
    public double[] Lower { get; }

    /// <summary>[parameter]: its upper bound.</summary>
    public double[] Upper { get; }

    /// <summary>The rules that set initial values and nothing else.</summary>
    public IReadOnlyList<string> InitialValueRules => _initialValueRules;

    /// <summary>Whether there are others, which freeze or bound parameters, or make frozen ones trainable.</summary>
    public bool HasOtherRules { get; }

    [GeneratedRegex(@"^(?<name>[^:=<>]+?)\s*(?<relation>:=|>=|<=|=)\s*(?<value>\S+)$")]
    private static partial Regex RulePattern();

    private void Apply(string rule, IReadOnlyList<string> names, ICollection<ValidationError> errors)
    {
        Match match = RulePattern().Match(rule);
        string valueText = match.Groups["value"].Value;
        if (!match.Success || !NumberFormat.TryParseFinite(valueText, out double value))
        {
            errors.Add(
                new("", SettingPath, $"'{rule}' is not a rule: give NAME=NUMBER, NAME:=NUMBER, NAME>=NUMBER or " +
                "NAME<=NUMBER, separated by semicolons"));
            return;
        }

        string name = match.Groups["name"].Value;
        int[] matches = [.. Enumerable.Range(0, names.Count).Where(i => name == "*" || names[i] == name
            || names[i].StartsWith(name + "[", StringComparison.Ordinal) || (name == "self" && IsSelfLoop(names[i])))];
        if (matches.Length == 0)
        {
            string[] allowed = [.. FormatRanges(names), .. names.Any(IsSelfLoop) ? ["self"] : Array.Empty<string>()];
            errors.Add(new("", SettingPath, $"'{name}' is not a parameter of this network: give " +
                $"{string.Join(", ", allowed)} or *" + NearestName.FormatSuggestion(name, names)));
        }

        string relation = match.Groups["relation"].Value;
        if (relation == "=" && matches.All(i => IsTrainable[i]))
            _initialValueRules.Add(rule);
        foreach (int i in matches)
        {
            switch (relation)
            {
                case "=":
                    InitialValues[i] = value;
                    IsTrainable[i] = true;
                    break;
                case ":=":
                    InitialValues[i] = value;
                    IsTrainable[i] = false;
                    break;
                case ">=":
                    Lower[i] = value;
                    break;
                default:
                    Upper[i] = value;
                    break;
            }
        }
    }

    /// <summary>The names, those of a matrix or vector as its first and last.</summary>
    private static IEnumerable<string> FormatRanges(IReadOnlyList<string> names)
        => names.GroupBy(name => name.Split('[')[0]).Select(
            block => block.Count() == 1 ? block.First() : $"{block.First()} to {block.Last()}");

    private void Validate(int i, string name, ICollection<ValidationError> errors)
    {
        if (!IsTrainable[i])
            return;
        string boundsText = FormattableString.Invariant($"{Lower[i]} to {Upper[i]}");
        if (Lower[i] > Upper[i])
            errors.Add(new("", SettingPath, $"allows no value of {name}: its bounds are {boundsText}"));
        else if (InitialValues[i] is { } initialValue && (initialValue < Lower[i] || initialValue > Upper[i]))
            errors.Add(
                new("", SettingPath,
                    FormattableString.Invariant($"starts {name} at {initialValue}, outside {boundsText}")));
    }

    /// <summary>
    /// Self-loops: w of the latch, w4 of the Parity network (from the output unit to itself), and w[i,i].
    /// </summary>
    private static bool IsSelfLoop(string name)
        => name is "w" or "w4" || (name.StartsWith("w[", StringComparison.Ordinal)
            && name[2..^1].Split(',') is [var i, var j] && i == j);
}
