using System.Globalization;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Paper.Claims;

/// <summary>
/// What a bank of trials says about a claim before the runs that judge it: the trials that a part needs so that the
/// claim is decided with probability 0.95. The table is the text file <c>claim-power.txt</c> next to this one, which
/// <c>latchlab power</c> prints.
/// </summary>
/// <param name="Key">The claim.</param>
/// <param name="Trials">The trials of a part; 0 if unknown.</param>
/// <param name="IsEnough">Whether they are enough; otherwise more are needed.</param>
/// <param name="IsTooClose">Whether a quantity of the claim is too close to its threshold.</param>
internal sealed record ClaimPower(string Key, int Trials, bool IsEnough, bool IsTooClose)
{
    private const string ResourceName = "claim-power.txt";
    private const string Needed = "trials=", TooFew = "more-than=", Close = "too-close";

    private static readonly Lazy<Dictionary<string, ClaimPower>> Table = new(ReadResource);

    /// <summary>The line of a claim; without one, the number of trials is unknown.</summary>
    public static ClaimPower Get(string key) => Table.Value.GetValueOrDefault(key) ?? new(key, 0, false, false);

    /// <summary>The verdict of an undecided claim, with what completes it.</summary>
    /// <param name="trials">The trials of a part in the run; it needs no more if it has as many as are needed.</param>
    public (Verdict Verdict, string Qualifier) Complete(int trials)
        => IsTooClose ? (Verdict.TooClose, "")
            : trials >= Trials ? (Verdict.Undecided, "")
            : (Verdict.Undecided, IsEnough ? $"would need {NumberFormat.GroupThousands(Trials)} trials a part"
                : $"would need more than {NumberFormat.GroupThousands(Trials)} trials a part");

    /// <summary>The line of the file.</summary>
    public string FormatLine()
        => IsTooClose ? $"{Key} {Close}"
            : FormattableString.Invariant($"{Key} {(IsEnough ? Needed : TooFew)}{Trials}");

    /// <summary>Parses the lines of such a file; empty lines and lines that begin with # are ignored.</summary>
    /// <exception cref="ValidationException">The file has errors; each is reported with its line.</exception>
    internal static Dictionary<string, ClaimPower> Parse(IEnumerable<string> lines)
    {
        var table = new Dictionary<string, ClaimPower>();
        var errors = new List<ValidationError>();
        foreach ((int i, string line) in lines.Index())
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0 || line.StartsWith('#'))
                continue;
            if (TryParse(fields) is { } power && table.TryAdd(power.Key, power))
                continue;
            errors.Add(new($"{ResourceName}:{i + 1}", "",
                $"'{line}' is not a new claim of the table with {Needed}N, {TooFew}N or {Close}"));
        }

        return errors.Count == 0 ? table : throw new ValidationException(errors);
    }

    private static ClaimPower? TryParse(string[] fields)
    {
        if (fields.Length != 2 || !ClaimTable.OnTrials.Any(row => row.Key == fields[0]))
            return null;
        if (fields[1] == Close)
            return new(fields[0], 0, false, true);
        bool isEnough = fields[1].StartsWith(Needed, StringComparison.Ordinal);
        string? number = isEnough ? fields[1][Needed.Length..]
            : fields[1].StartsWith(TooFew, StringComparison.Ordinal) ? fields[1][TooFew.Length..] : null;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int trials) && trials > 0
            ? new(fields[0], trials, isEnough, false) : null;
    }

    private static Dictionary<string, ClaimPower> ReadResource()
    {
        using Stream stream = typeof(ClaimPower).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'));
    }
}
