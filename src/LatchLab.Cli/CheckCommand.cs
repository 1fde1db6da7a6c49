using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Formats;
using LatchLab.Verification;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics check</c>: verifies a noise certificate, by a program that shares nothing with the one that
/// made it.
/// </summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new TextArgument("CERT.json", "the certificate (see docs/theory.md)");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command(
            "check",
            "Verify a noise certificate in exact arithmetic: can no noise up to its bound erase the bit, ever?")
        {
            file, json,
        };
        command.SetAction(parsed =>
        {
            var given = new GivenOptions(parsed);
            string? path = given.RequiredText(file);
            string? text = path is null ? null : given.Try(() => CertificateFile.ReadText(path));
            given.ThrowIfMistaken();
            CertificateVerdict verdict = CertificateCheck.Check(text!);
            if (given.Has(json))
            {
                Numbers.Print(new JsonObject
                {
                    ["status"] = "ok",
                    ["holds"] = verdict.Holds,
                    ["reason"] = verdict.Reason,
                    ["boxes"] = verdict.Boxes,
                    ["noise"] = Numbers.Json(verdict.Noise),
                });
            }
            else if (verdict.Holds)
            {
                Console.Out.WriteLine(verdict.Reason);
            }

            if (verdict.Holds)
                return ExitCodes.Success;
            CommandLine.Tell($"{path}: the certificate does not hold: {verdict.Reason}");
            return ExitCodes.Input;
        });
        return command;
    }
}
