using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Training;

/// <summary>
/// What determines the trials of a configuration, as names with values: the versions of the program and of its random
/// numbers, the seed, the task with its data, the learner, and every setting.
/// </summary>
/// <param name="Values">The names in a fixed order, each with its value.</param>
public sealed record TrialIdentity(IReadOnlyList<(string Name, string Value)> Values)
{
    /// <summary>The identity of the trials of a configuration.</summary>
    public static TrialIdentity Of(TrainingConfiguration configuration, ulong seed) => new(
    [
        ("program", ProgramVersion.Text),
        ("random streams", RandomNumbers.Version),
        ("seed", seed.ToString(CultureInfo.InvariantCulture)),
        .. configuration.Identity,
        .. Settings.GetAll(configuration).Select(setting => (setting.Path, setting.Value)),
    ]);

    /// <summary>Ensures that the identity now is the same.</summary>
    /// <exception cref="ValidationException">
    /// Lists every name whose value differs. Those that only one of two tasks or learners has are not listed.
    /// </exception>
    public void EnsureSame(TrialIdentity now)
    {
        if (Values.SequenceEqual(now.Values))
            return;
        Dictionary<string, string> after = now.Values.ToDictionary();
        ValidationError[] differences =
        [
            .. from value in Values
               where after.ContainsKey(value.Name) && after[value.Name] != value.Value
               select new ValidationError("", value.Name,
                   $"is '{value.Value}' in the checkpoint and '{after[value.Name]}' now: give the same to continue"),
        ];
        throw new ValidationException(
            differences.Length > 0 ? differences : [new("", "", "has other settings than this run: begin anew")]);
    }

    internal static TrialIdentity ReadFrom(BinaryReader reader)
    {
        var values = new (string, string)[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
            values[i] = (reader.ReadString(), reader.ReadString());
        return new(values);
    }

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(Values.Count);
        foreach ((string name, string value) in Values)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }
}
