namespace LatchLab.Training;

/// <summary>
/// Names of settings and values of former versions that have changed. Command lines, sweep files and ledgers may still
/// contain them; LatchLab writes the current names only.
/// </summary>
public static class FormerNames
{
    private static readonly Dictionary<string, string> SettingNames = new()
    {
        ["fresh-sequences"] = "test-sequences",
        ["fresh-share"] = "required-test-share",
        ["compared-readings"] = "interpretations",
        ["trainable-inputs"] = "inputs",
        ["class-order"] = "order",
        ["initial-inputs"] = "initial-range",
    };

    private static readonly Dictionary<(string Setting, string Value), string> Values = new()
    {
        [("task", "sequences")] = "dataset",
        [("task.name", "sequences")] = "dataset",
        [("task", "first-inputs")] = "keep",
        [("task.name", "first-inputs")] = "keep",
        [("weight", "held")] = "frozen",
        [("curvature", "with-bend")] = "full",
        [("order", "alternating")] = "sorted",
        [("rule", "fresh-sequences")] = "test-sequences",
        [("interpretations", "chosen")] = "reference",
        [("table", "cells")] = "configurations",
        [("table", "checks")] = "snapshots",
    };

    /// <summary>
    /// The rule of prior knowledge that replaces a setting of version 0.1, <c>network.perfect-weight</c> or
    /// <c>network.perfect-inputs</c>: a latch that is given instead of learned; null for other settings.
    /// </summary>
    /// <param name="setting">The path of the setting.</param>
    /// <param name="value">Its value.</param>
    public static string? FindRule(string setting, string value)
    {
        string negative = value.StartsWith('-') ? value[1..] : $"-{value}";
        return setting switch
        {
            "network.perfect-weight" => $"w:={value}",
            "network.perfect-inputs" => $"u1:={value}; u0:={negative}",
            _ => null,
        };
    }

    /// <summary>The former name of a setting; null if its name has not changed.</summary>
    public static string? FindFormerName(string setting)
        => SettingNames.FirstOrDefault(entry => entry.Value == setting).Key;

    /// <summary>Returns the current name of a setting.</summary>
    /// <param name="name">The name, with or without a section: <c>fresh-share</c>, <c>rule.fresh-share</c>.</param>
    /// <param name="note">Receives a message if the name has changed; null for none.</param>
    public static string GetName(string name, Action<string>? note = null)
    {
        int start = name.LastIndexOf('.') + 1;
        if (!SettingNames.TryGetValue(name[start..], out string? current))
            return name;
        current = name[..start] + current;
        note?.Invoke($"{name} is now called {current}");
        return current;
    }

    /// <summary>Returns the current name of a value, for example of <c>held</c>.</summary>
    /// <param name="setting">The current name of its setting, with or without a section.</param>
    /// <param name="value">The value.</param>
    /// <param name="note">Receives a message if the value has changed; null for none.</param>
    public static string GetValue(string setting, string value, Action<string>? note = null)
    {
        string withoutSection = setting[(setting.LastIndexOf('.') + 1)..];
        if (!Values.TryGetValue((setting, value), out string? current)
            && !Values.TryGetValue((withoutSection, value), out current))
            return value;
        note?.Invoke($"{setting} {value} is now called {current}");
        return current;
    }
}
