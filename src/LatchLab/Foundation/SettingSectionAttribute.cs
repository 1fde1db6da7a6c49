namespace LatchLab.Foundation;

/// <summary>
/// Marks a nested definition whose settings form a section: <c>task</c> in <c>task.length</c>. Sweep files, ledgers and
/// messages name a setting by its section and name.
/// </summary>
/// <param name="name">The name of the section.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingSectionAttribute(string name) : Attribute
{
    /// <summary>The name of the section.</summary>
    public string Name { get; } = name;
}
