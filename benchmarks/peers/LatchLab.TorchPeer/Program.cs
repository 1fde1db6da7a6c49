using LatchLab.TorchPeer;
using TorchSharp;

// TorchSharp with libtorch as an implementation of benchmarks/run; single-threaded, 64-bit numbers.
//
//     kernel latch|parity|five-units [--batch B --variant V]    a presentation at the fastest or a given batch size
//     train FILE                                         trains the trials of a workload file
//     version
torch.set_num_threads(1);
torch.set_default_dtype(torch.ScalarType.Float64);
torch.random.manual_seed(1);
string? line = args switch
{
    ["version"] => $"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}",
    ["kernel", var kernel] => Kernel.Measure(kernel, batch: null, variant: null),
    ["kernel", var kernel, "--batch", var batch, "--variant", var variant]
        => Kernel.Measure(kernel, int.Parse(batch), variant),
    ["train", var file] => new Training(new Workload(file)).Measure(),
    _ => null,
};
if (line is null)
{
    Console.Error.WriteLine(
        "usage: kernel latch|parity|five-units [--batch B --variant VARIANT], or train FILE, or version");
    return 2;
}

Console.WriteLine(line);
return 0;
