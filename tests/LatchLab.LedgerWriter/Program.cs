using System.Globalization;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;

// Arguments: FOLDER CONFIGURATIONS TRIALS BATCH-ROWS JOURNAL [SHARD]. Opens the ledger, adds trials from two threads
// and completes it.
var sweep = new SampleSweep(ParseArgument(1), ParseArgument(2));
LedgerIdentity identity = sweep.Identity with { Shard = args.Length > 5 ? Shard.ParseOrNull(args[5])! : Shard.Whole };
var options = new LedgerOptions { Journal = Enum.Parse<JournalMode>(args[4]), MaximumBatchRows = ParseArgument(3) };
try
{
    Console.Out.WriteLine("opening");
    using var ledger = TrialLedger.Open(args[0], identity, options);
    Console.Out.WriteLine("open");
    sweep.AddTo(ledger, maximum: 50);
    ledger.Flush();
    Console.Out.WriteLine("adding");
    Task[] threads =
        [.. Enumerable.Range(0, 2).Select(i => Task.Run(() => sweep.AddTo(ledger, first: i, step: 2)))];
    Task.WhenAll(threads).GetAwaiter().GetResult();
    ledger.Complete();
    Console.Out.WriteLine("complete");
    return 0;
}
catch (IOException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

int ParseArgument(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);
