using System.Text;
using LatchLab.Figures;

namespace LatchLab.Reporting.Page;

/// <summary>The settings section: every value used and its source.</summary>
internal static class SettingsSection
{
    /// <summary>Renders the section; groups keep the order in which they first appear.</summary>
    public static string Render(IReadOnlyList<ReportedSetting> settings)
    {
        var section = new StringBuilder("""
            <section id="settings">
            <h2>Settings</h2>
            <p class="summary">The source “paper” means that the paper gives the value; “decision” means that the paper
            leaves it open and LatchLab chooses it.</p>
            <div class="scroll" role="region" aria-label="Settings" tabindex="0">
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

        return section.Append("</table>\n</div>\n</section>\n").ToString();
    }
}
