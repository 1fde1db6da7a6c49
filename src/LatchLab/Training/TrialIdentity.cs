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
    public static TrialIdentity Of(Configuration configuration, ulong seed) => new(
    [
        ("program", ProgramVersion.Text),
        ("random streams", RandomNumbers.Version),
        ("seed", seed.ToString(CultureInfo.InvariantCulture)),
        .. configuration.Identity,
        .. Settings.GetAll(configuration).Select(setting => (setting.Path, setting.Value)),
    ]);

    /// <summary>Ensures that the identity now is the same.</summary>
    /// <exception cref="ValidationException">Lists every name whose value differs.</exception>
    public void EnsureSame(TrialIdentity now)
    {
        Dictionary<string, string> before = Values.ToDictionary(), after = now.Values.ToDictionary();
        ValidationError[] differences =
        [
            .. from name in before.Keys.Union(after.Keys)
               where before.GetValueOrDefault(name) != after.GetValueOrDefault(name)
               select new ValidationError("", name, $"is {before.GetValueOrDefault(name) ?? "not set"} in the " +
                   $"checkpoint and {after.GetValueOrDefault(name) ?? "not set"} now: give the same to continue"),
        ];
        if (differences.Length > 0)
            throw new ValidationException(differences);
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
