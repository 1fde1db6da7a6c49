using System.Globalization;
using LatchLab.Ledger;
using LatchLab.LedgerWriter;

// FOLDER CELLS TRIALS BATCH-ROWS JOURNAL [SHARD]: opens the ledger, goes on with it from two threads, and completes it.
var sweep = new SampleSweep(Number(1), Number(2));
LedgerIdentity identity = sweep.Identity with { Shard = args.Length > 5 ? Shard.Parse(args[5])! : Shard.Whole };
var options = new LedgerOptions { Journal = Enum.Parse<JournalKind>(args[4]), BatchRows = Number(3) };
try
{
    Console.Out.WriteLine("opening");
    using var ledger = TrialLedger.Open(args[0], identity, options);
    Console.Out.WriteLine("open");
    sweep.AddTo(ledger, most: 50);
    ledger.Flush();
    Console.Out.WriteLine("adding");
    Task[] threads =
        [.. Enumerable.Range(0, 2).Select(i => Task.Run(() => sweep.AddTo(ledger, first: i, step: 2)))];
    Task.WhenAll(threads).GetAwaiter().GetResult();
    ledger.Complete();
    Console.Out.WriteLine("complete");
    return 0;
}
catch (IOException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

int Number(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);
