using LatchLab.Comparison.Rounds;
using LatchLab.Comparison.Work;
using LatchLab.Numerics;

// The program that `benchmarks/run` starts. It also measures LatchLab itself: whole runs, and kernels of other sizes.
//
//     compare [--rounds N] [--out DIR] [--only WORK,…]
//     run RUN LANE [TRIALS [THREADS]]              a whole run; a line of JSON; exit code 3 for unsupported lanes
//     kernel LANE T UNITS TRAINABLE-INPUTS         a kernel; likewise
//     cells WORK LANE                              networks of cells; likewise
//     export RUN|WORK FILE                         the trials of a whole run, for other programs
switch (args)
{
    case ["compare", .. var options]:
        return Compare(options);
    case ["run", var name, var lane, .. { Length: <= 2 } numbers] when Run(name) is { } run && Lane(lane) is { } kind:
        int trials = ParseArgument(numbers.ElementAtOrDefault(0), run.Sweep.TrialsPerConfiguration);
        int threads = ParseArgument(numbers.ElementAtOrDefault(1), 1);
        return Print(kind,
            () => new LatchLabRun(run.WithTrials(trials), new(EndToEndRun.Seed, threads, kind)).Measure());
    case ["kernel", var lane, var length, var units, var inputs] when Lane(lane) is { } kind:
        return Print(
            kind,
            () =>
                    new LatchLabKernel(ParseArgument(length, 0), ParseArgument(units, 0), ParseArgument(inputs, 0),
                        kind).Measure());
    case ["export", var name, var path] when Run(name) is { } run:
        WorkloadFile.Write(run, path);
        return 0;
    case ["cells", var name, var lane] when FindCells(name) is { } cells && Lane(lane) is { } kind:
        return Print(kind, () => cells.Measure(kind));
    case ["export", var name, var path] when FindCells(name) is { } cells:
        cells.WriteFile(path);
        return 0;
    default:
        return Refuse("usage: compare [--rounds N] [--out DIR] [--only WORK,…], or run RUN LANE [TRIALS [THREADS]], " +
            "or kernel LANE T UNITS TRAINABLE-INPUTS, or cells WORK LANE, or export RUN|WORK FILE");
}

static int Compare(string[] options)
{
    int rounds = 3;
    string folder = Path.GetFullPath("comparison");
    string[] works = [.. new BenchmarkPlan().Sections.Select(section => section.Name)];
    string[] only = works;
    for (int i = 0; i < options.Length; i += 2)
    {
        string? value = options.ElementAtOrDefault(i + 1);
        switch (options[i])
        {
            case "--rounds" when int.TryParse(value, out rounds) && rounds > 0:
                break;
            case "--rounds":
                return Refuse($"--rounds: '{value}' is not a whole number from 1");
            case "--out" when value is { Length: > 0 }:
                folder = Path.GetFullPath(value);
                break;
            case "--only" when value?.Split(',') is { } wanted && wanted.All(works.Contains):
                only = wanted;
                break;
            case "--only":
                return Refuse($"--only: '{value}' contains an unknown name; there are {string.Join(", ", works)}");
            default:
                return Refuse($"'{options[i]}': give --rounds N, --out DIR or --only WORK,…");
        }
    }

    new Comparison(rounds, folder, only).Run();
    return 0;
}

static int Print(LaneKind lane, Func<string> measure)
{
    if (!lane.IsSupported)
    {
        Console.Error.WriteLine($"Lane {lane.Name} needs {lane.Requirements}.");
        return 3;
    }

    Console.WriteLine(measure());
    return 0;
}

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    return 2;
}

static EndToEndRun? Run(string name) => EndToEndRun.All.SingleOrDefault(known => known.Name == name);

static CellWork? FindCells(string name) => CellWork.All.SingleOrDefault(work => work.Name == name);

static LaneKind? Lane(string name) => LaneKind.All.SingleOrDefault(kind => kind.Name == name);

static int ParseArgument(string? text, int otherwise) => text is null ? otherwise : int.Parse(text);
