using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Xunit;

namespace LatchLab.Tests.Cli.Slurm;

/// <summary>
/// A real Slurm cluster on this machine only: munged, slurmctld and slurmd on the loopback interface, with two
/// processors, in a separate folder.
/// </summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly string[] Daemons = ["munged", "slurmctld", "slurmd"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchlab-slurm-");
    private readonly List<Process> _daemons = [];

    private SlurmCluster()
    {
    }

    /// <summary>The environment in which Slurm's commands find this cluster.</summary>
    public (string Name, string Value)[] Environment => [("SLURM_CONF", Below("slurm.conf"))];

    /// <summary>The reason why a cluster cannot run here; null if it can.</summary>
    public static string? UnavailableReason
    {
        get
        {
            string[] missing = [.. Daemons.Where(daemon => PathOf(daemon) is null)];
            return missing.Length > 0
                ? $"Slurm is not installed ({string.Join(", ", missing)}): install slurm-wlm and munge"
                : System.Environment.UserName != "root" ? "slurmd must be started by root" : null;
        }
    }

    /// <summary>Starts a cluster and waits until its node is ready.</summary>
    public static async Task<SlurmCluster> Start(CancellationToken cancellation)
    {
        var cluster = new SlurmCluster();
        try
        {
            cluster.Configure();
            cluster.StartDaemon("munged", "--foreground", "--force", $"--key-file={cluster.Below("munge.key")}",
                $"--socket={cluster.Below("munge.socket")}", $"--pid-file={cluster.Below("munge.pid")}",
                $"--log-file={cluster.Below("munge.log")}", $"--seed-file={cluster.Below("munge.seed")}");
            await Until(() => File.Exists(cluster.Below("munge.socket")), "munged is ready", cancellation);
            cluster.StartDaemon("slurmctld", "-D");
            cluster.StartDaemon("slurmd", "-D", "-N", "localhost");
            await Until(
                () => cluster.Run("sinfo", "--noheader", "--format=%T").Output.Trim() == "idle",
                "the node is idle",
                cancellation);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Waits until a condition holds, at most five minutes.</summary>
    public static async Task Until(Func<bool> condition, string what, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), $"waited five minutes until {what}");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Runs a Slurm command.</summary>
    public CommandResult Run(string command, params string[] arguments)
        => Sandbox.End(Process.Start(Begin(command, arguments))!);

    /// <summary>Ends the jobs, which would outlive the daemons, and then the daemons.</summary>
    public void Dispose()
    {
        Run("scancel", "--full", "--signal=KILL", "--user=root");
        foreach (Process daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private void Configure()
    {
        File.WriteAllBytes(Below("munge.key"), RandomNumberGenerator.GetBytes(1024));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Below("munge.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _folder.CreateSubdirectory("state");
        _folder.CreateSubdirectory("spool");

        // A requeued job waits for the lifetime of its old credential, two minutes by default.
        File.WriteAllText(Below("slurm.conf"), $"""
            ClusterName=loopback
            SlurmctldHost=localhost
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={Below("munge.socket")},cred_expire=15
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            StateSaveLocation={Below("state")}
            SlurmdSpoolDir={Below("spool")}
            SlurmctldPidFile={Below("slurmctld.pid")}
            SlurmdPidFile={Below("slurmd.pid")}
            SlurmctldLogFile={Below("slurmctld.log")}
            SlurmdLogFile={Below("slurmd.log")}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            MpiDefault=none
            ReturnToService=2
            MaxArraySize=3
            SchedulerParameters=sched_interval=1,batch_sched_delay=0
            NodeName=localhost CPUs=2 State=UNKNOWN
            PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP

            """);
    }

    private void StartDaemon(string name, params string[] arguments)
        => _daemons.Add(Process.Start(Begin(PathOf(name)!, arguments))!);

    private ProcessStartInfo Begin(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    private string Below(string name) => Path.Combine(_folder.FullName, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Daemons are in folders that are not in the path of ordinary users.</summary>
    private static string? PathOf(string program)
        => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin").Append("/usr/local/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
