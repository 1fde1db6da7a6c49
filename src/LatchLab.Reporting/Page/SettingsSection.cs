using System.Text;
using LatchLab.Figures;

namespace LatchLab.Reporting.Page;

/// <summary>The settings: those that differ from their defaults, and folded below them all others.</summary>
internal static class SettingsSection
{
    /// <summary>The anchor of the section.</summary>
    public const string Id = "settings";

    /// <summary>Renders the section; groups keep the order in which they first appear.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="note">Which settings these are, if they are not all; else empty.</param>
    public static string Render(IReadOnlyList<ReportedSetting> settings, string note)
    {
        ReportedSetting[] changed = [.. settings.Where(setting => setting.IsChanged)];
        ReportedSetting[] others = [.. settings.Where(setting => !setting.IsChanged)];
        string first = changed.Length > 0 ? "These differ from their defaults or have none."
            : note.Length > 0 ? "The settings listed here have their defaults." : "Every setting has its default.";
        var section = new StringBuilder($"""
            <section id="{Id}">
            <h2>Settings</h2>
            <p class="summary">{first} {Html.Escape(note)}
            The source “paper” means that the paper gives the value; “decision” means that the paper leaves it open and
            LatchLab chooses it.</p>

            """);
        if (changed.Length > 0)
            AppendTable(section, "Settings that differ from their defaults", changed);
        if (others.Length > 0)
        {
            string count = others.Length == 1 ? "setting with its default"
                : $"{others.Length} settings with their defaults";
            section.Append($"<details><summary>The {count}</summary>\n");
            AppendTable(section, "Settings with their defaults", others);
            section.Append("</details>\n");
        }

        return section.Append("</section>\n").ToString();
    }

    private static void AppendTable(StringBuilder section, string label, IReadOnlyList<ReportedSetting> settings)
    {
        section.Append($"""
            <div class="scroll" role="region" aria-label="{label}" tabindex="0">
            <table class="settings">
            <thead><tr><th>Setting</th><th>Value</th><th>Source</th><th>Meaning</th></tr></thead>

            """);
        foreach (var group in settings.GroupBy(setting => setting.Group))
        {
            section.Append($"""
                <tbody>
                <tr><th colspan="4" scope="rowgroup" class="group">{Html.Escape(group.Key)}</th></tr>

                """);
            foreach (var setting in group)
            {
                section.Append($"""
                    <tr><td><code>{Html.Escape(setting.Name)}</code></td>
                    <td class="value">{Html.Escape(setting.Value)}</td>
                    <td>{Html.Escape(setting.Source)}</td><td>{Html.Escape(setting.Description)}</td></tr>

                    """);
            }

            section.Append("</tbody>\n");
        }

        section.Append("</table>\n</div>\n");
    }
}
