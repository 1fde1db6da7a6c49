namespace LatchLab.Foundation;

/// <summary>The version of the program.</summary>
public static class ProgramVersion
{
    /// <summary>Major, minor and patch number, for example <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
