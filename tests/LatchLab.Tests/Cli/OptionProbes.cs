namespace LatchLab.Tests.Cli;

/// <summary>
/// What <see cref="OptionEffectTests"/> know of the options that are no settings of the schema: a command line for each
/// command, and for each of its options either another value, which must change its results, or the statement that it
/// changes only the time or the output.
/// </summary>
internal static class OptionProbes
{
    /// <summary>Every command with options has these, and they replace its results.</summary>
    public static IReadOnlyList<string> Common { get; } = ["--help", "--version"];

    /// <summary>A command line of each command; earlier lines prepare it, and later lines show its results.</summary>
    public static IReadOnlyDictionary<string, string[]> Lines { get; } = new Dictionary<string, string[]>
    {
        ["train"] = [
            "train --task latch --length 6 --learner back-propagation --trials 2 --set presentations=60 --json"],
        ["diagnose"] = ["diagnose three.json --data io.npz --task-length 5 --json"],
        ["run"] = ["run sweep.toml --out out", "export out --to table.csv"],
        ["status"] = ["run sweep.toml --out out", "status out"],
        ["report"] = ["run sweep.toml --out out", "report out"],
        ["export"] = ["run sweep.toml --out out", "export out --to table.csv"],
        ["merge"] = ["run sweep.toml --out a --shard 1/2", "run sweep.toml --out b --shard 2/2", "merge c a b"],
        ["slurm"] = ["slurm sweep.toml --tasks 2 --out jobs --program latchlab --array-limit 1000"],
        ["tune"] = ["tune --problem latch --noise 0 --learner back-propagation --trials 1 --json"],
        ["power"] = ["power --claims 9 --trials 30 --data-sets 100 --json"],
        ["reproduce"] = ["reproduce --only figure-1b,weight-gradient --profile quick --json"],
        ["dynamics network"] = ["dynamics network three.json --samples 100 --json"],
        ["dynamics orbit"] = [
            "dynamics orbit --network eight.json --sequence inputs.csv --json",
            "dynamics orbit --network three.json --sequence inputs.csv --json"],
        ["dynamics bifurcation"] = [
            "dynamics bifurcation doubling.json --over gain --from 0.9 --to 3 --columns 9 --starts 2 --json",
            "dynamics bifurcation doubling.json --over gain --from 1.2499 --to 3 --columns 3 --starts 1 --json"],
        ["dynamics gradient"] = ["dynamics gradient --network three.json --sequence inputs.csv --target 0.5 --json"],
        ["dynamics neuron"] = ["dynamics neuron --weight 1.5 --input 0.5 --out report"],
        ["dynamics check"] = [
            "dynamics network three.json --samples 100 --certificate certificate.json",
            "dynamics check certificate.json"],
        ["gradients"] = ["gradients --network three.json --sequence inputs.csv --target 0.5 --json"],
        ["bench"] = ["bench --seconds 0.01 --threads 1 --json"],
    };

    /// <summary>Another value of an option; empty for an option without a value.</summary>
    public static IReadOnlyDictionary<(string Command, string Option), string> Values { get; }
        = new Dictionary<(string Command, string Option), string>
        {
            [("train", "--task")] = "parity",
            [("train", "--length")] = "9",
            [("train", "--learner")] = "pseudo-newton",
            [("train", "--noise")] = "0.7",
            [("train", "--trials")] = "3",
            [("train", "--success")] = "accuracy>=0",
            [("train", "--set")] = "presentations=90",
            [("train", "--seed")] = "3",
            [("diagnose", "--data")] = "others.npz",
            [("diagnose", "--target")] = "others.npz",
            [("diagnose", "--recorded")] = "recorded.npz",
            [("diagnose", "--task-length")] = "2",
            [("diagnose", "--hold")] = "0.5",
            [("diagnose", "--only")] = "gates",
            [("diagnose", "--budget")] = "1e-9",
            [("diagnose", "--seed")] = "3",
            [("run", "--trials")] = "3",
            [("run", "--shard")] = "1/2",
            [("run", "--seed")] = "3",
            [("export", "--table")] = "configurations",
            [("slurm", "--tasks")] = "3",
            [("slurm", "--partition")] = "long",
            [("slurm", "--account")] = "memory",
            [("slurm", "--time")] = "8:00:00",
            [("slurm", "--memory")] = "2G",
            [("slurm", "--processors")] = "2",
            [("slurm", "--array-limit")] = "2",
            [("slurm", "--program")] = "/opt/latchlab",
            [("tune", "--problem")] = "parity",
            [("tune", "--noise")] = "0.2",
            [("tune", "--learner")] = "back-propagation-bounded",
            [("tune", "--trials")] = "2",
            [("tune", "--seed")] = "3",
            [("power", "--claims")] = "17",
            [("power", "--trials")] = "31",
            [("power", "--data-sets")] = "101",
            [("power", "--seed")] = "3",
            [("reproduce", "--only")] = "figure-1a",
            [("reproduce", "--claims")] = "7",
            [("reproduce", "--seeds")] = "2",
            [("reproduce", "--profile")] = "standard",
            [("reproduce", "--seed")] = "3",
            [("dynamics network", "--input")] = "0.05",
            [("dynamics network", "--seed")] = "3",
            [("dynamics orbit", "--network")] = "three.json",
            [("dynamics orbit", "--sequence")] = "others.csv",
            [("dynamics orbit", "--distance")] = "0.3",
            [("dynamics orbit", "--box")] = "0.1",
            [("dynamics orbit", "--sample-steps")] = "2",
            [("dynamics orbit", "--seed")] = "3",
            [("dynamics bifurcation", "--over")] = "w[0,1]",
            [("dynamics bifurcation", "--from")] = "1",
            [("dynamics bifurcation", "--to")] = "2.9",
            [("dynamics bifurcation", "--columns")] = "10",
            [("dynamics bifurcation", "--input")] = "0.1",
            [("dynamics bifurcation", "--units")] = "1",
            [("dynamics bifurcation", "--starts")] = "3",
            [("dynamics bifurcation", "--discard")] = "50",
            [("dynamics bifurcation", "--keep")] = "10",
            [("dynamics bifurcation", "--exponent-steps")] = "1000",
            [("dynamics bifurcation", "--box")] = "3",
            [("dynamics bifurcation", "--seed")] = "3",
            [("dynamics gradient", "--network")] = "eight.json",
            [("dynamics gradient", "--sequence")] = "others.csv",
            [("dynamics gradient", "--target")] = "0.7",
            [("dynamics gradient", "--horizon-share")] = "0.1",
            [("dynamics neuron", "--weight")] = "1.8",
            [("dynamics neuron", "--input")] = "0.7",
            [("dynamics neuron", "--start")] = "0.1",
            [("dynamics neuron", "--steps")] = "3",
            [("gradients", "--network")] = "eight.json",
            [("gradients", "--sequence")] = "others.csv",
            [("gradients", "--target")] = "0.7",
            [("bench", "--threads")] = "2",
        };

    /// <summary>Options that change only how long a command takes: its results are the same for every value.</summary>
    public static IReadOnlyDictionary<(string Command, string Option), string> TimeOnly { get; }
        = new Dictionary<(string Command, string Option), string>
        {
            [("train", "--threads")] = "2",
            [("train", "--lane")] = "scalar",
            [("diagnose", "--threads")] = "1",
            [("run", "--threads")] = "2",
            [("run", "--lane")] = "scalar",
            [("run", "--journal")] = "rollback",
            [("merge", "--journal")] = "rollback",
            [("tune", "--threads")] = "2",
            [("tune", "--lane")] = "scalar",
            [("power", "--threads")] = "2",
            [("power", "--lane")] = "scalar",
            [("reproduce", "--threads")] = "2",
            [("reproduce", "--lane")] = "scalar",
            [("dynamics network", "--threads")] = "2",
            [("dynamics network", "--lane")] = "scalar",
            [("dynamics bifurcation", "--threads")] = "2",
            [("bench", "--seconds")] = "0.02",
        };

    /// <summary>
    /// Options that select what is written, and where, and those that the lines above refuse. The tests of each command
    /// cover them, and the option for JSON.
    /// </summary>
    public static IReadOnlySet<(string Command, string Option)> OutputOnly { get; } = new HashSet<(string, string)>
    {
        ("train", "--save-network"),
        ("train", "--checkpoint"),
        ("train", "--list"),
        ("diagnose", "--made-up-input"),
        ("diagnose", "--cell"),
        ("diagnose", "--layer"),
        ("diagnose", "--fail-on"),
        ("diagnose", "--out"),
        ("diagnose", "--open"),
        ("predict", "--out"),
        ("run", "--out"),
        ("run", "--dry"),
        ("run", "--print"),
        ("run", "--profile"),
        ("report", "--out"),
        ("report", "--open"),
        ("export", "--format"),
        ("export", "--to"),
        ("slurm", "--out"),
        ("slurm", "--submit"),
        ("power", "--out"),
        ("reproduce", "--set"),
        ("reproduce", "--out"),
        ("reproduce", "--open"),
        ("reproduce", "--verbose"),
        ("dynamics network", "--out"),
        ("dynamics network", "--open"),
        ("dynamics network", "--certificate"),
        ("dynamics orbit", "--out"),
        ("dynamics orbit", "--sequence-name"),
        ("dynamics orbit", "--open"),
        ("dynamics bifurcation", "--out"),
        ("dynamics bifurcation", "--open"),
        ("dynamics bifurcation", "--animate"),
        ("dynamics bifurcation", "--frames"),
        ("dynamics gradient", "--out"),
        ("dynamics gradient", "--sequence-name"),
        ("gradients", "--sequence-name"),
        ("dynamics gradient", "--open"),
        ("dynamics neuron", "--out"),
        ("dynamics neuron", "--open"),
    };
}
