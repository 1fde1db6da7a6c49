namespace LatchLab.Foundation;

/// <summary>
/// A definition with settings that have an effect only beside certain values of others. Such a setting is refused where
/// it has none, so that no setting is ever ignored.
/// </summary>
public interface IConditionalSettings
{
    /// <summary>Returns the settings without effect, and the reason for each, as a clause.</summary>
    /// <returns>The name of a property of this definition, or the path of a setting of a nested one.</returns>
    IEnumerable<(string Setting, string Reason)> FindIdleSettings();
}
