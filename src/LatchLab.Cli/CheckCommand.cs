using System.CommandLine;
using System.Text.Json.Nodes;
using LatchLab.Models;
using LatchLab.Verification;

namespace LatchLab.Cli;

/// <summary>
/// <c>latchlab dynamics check</c>: verifies a noise certificate. The verifier shares no code with the program that
/// created the certificate.
/// </summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new TextArgument("CERT.json", "the certificate (see docs/theory.md)");
        var json = new Flag("--json", "print one JSON document on standard output");
        var command = new Command(
            "check",
            "Verify a noise certificate in exact arithmetic: no noise up to its bound can ever erase the stored bit.")
        {
            file, json,
        };
        command.SetAction(parsed =>
        {
            var parsedOptions = new ParsedOptions(parsed);
            string? path = parsedOptions.GetRequiredString(file);
            string? text = path is null ? null : parsedOptions.CollectErrors(() => CertificateFile.ReadAllText(path));
            parsedOptions.ThrowIfInvalid();
            VerificationResult verdict = CertificateVerifier.Verify(text!);
            if (parsedOptions.HasFlag(json))
            {
                JsonOutput.WriteDocument(new JsonObject
                {
                    ["status"] = "ok",
                    ["holds"] = verdict.IsValid,
                    ["reason"] = verdict.Reason,
                    ["boxes"] = verdict.Boxes,
                    ["noise"] = JsonOutput.ToJson(verdict.Noise),
                });
            }
            else if (verdict.IsValid)
            {
                Console.Out.WriteLine(verdict.Reason);
            }

            if (verdict.IsValid)
                return ExitCodes.Success;
            CommandLine.WriteError($"{path}: the certificate does not hold: {verdict.Reason}");
            return ExitCodes.InvalidInput;
        });
        return command;
    }
}
