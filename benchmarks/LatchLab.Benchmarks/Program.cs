using BenchmarkDotNet.Running;
using LatchLab.Benchmarks;
using LatchLab.KernelTiming;
using LatchLab.Numerics;

// `learners [T [BUNDLES]]` prints the table of the learners.
// `cells [T]` prints the table of networks of cells.
// `dynamics` prints the table of the computations of Section IV.
// `linear` prints the table of LU decompositions and of Jacobians of networks of cells.
// `diagnosis` prints the table of the questions about a trained network.
// `ledger [N]` prints the table of the ledger, for N trials.
// `kernel NAME --lane LANE` measures one workload in this process and prints a line of JSON; the exit code is 3 if this
// machine does not support the lanes. All other arguments go to BenchmarkDotNet: `--filter '*'` runs all benchmarks,
// `--list flat` lists them.
if (args is ["learners", .. { Length: <= 2 } numbers])
{
    int[] given = [.. numbers.Select(int.Parse)];
    LearnerTable.Print(given is [int length, ..] ? length : 50, given is [_, int bundles] ? bundles : null);
    return 0;
}

if (args is ["cells", .. { Length: <= 1 } steps])
{
    CellTable.Print(steps is [string number] ? int.Parse(number) : 100);
    return 0;
}

if (args is ["dynamics"])
{
    DynamicsTable.Print();
    return 0;
}

if (args is ["linear"])
{
    LinearAlgebraTable.Print();
    return 0;
}

if (args is ["diagnosis"])
{
    DiagnosisTable.Print();
    return 0;
}

if (args is ["ledger", .. { Length: <= 1 } trials])
{
    LedgerTable.Print(trials is [string count] ? int.Parse(count) : 1_000_000);
    return 0;
}

if (args is not ["kernel", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(KnownWorkloads).Assembly).Run(args, new ShortRunConfig());
    return 0;
}

Workload? work = args.Length > 1 ? KnownWorkloads.All.SingleOrDefault(known => known.Name == args[1]) : null;
LaneKind? lane = args switch
{
    [_, _] => LaneKind.Widest,
    [_, _, "--lane", string name] => LaneKind.All.SingleOrDefault(kind => kind.Name == name),
    _ => null,
};
if (work is null || lane is null)
{
    Console.Error.WriteLine($"usage: kernel {string.Join('|', KnownWorkloads.All.Select(known => known.Name))} " +
        $"[--lane {string.Join('|', LaneKind.All.Select(kind => kind.Name))}]");
    return 2;
}

if (!lane.IsSupported)
{
    Console.Error.WriteLine($"Lane {lane.Name} needs {lane.Requirements}.");
    return 3;
}

Console.WriteLine(KernelJson.Measure(work, lane));
return 0;
