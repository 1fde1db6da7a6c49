using LatchLab.Learning;
using LatchLab.Training;

namespace LatchLab.Ledger.Sqlite;

/// <summary>
/// Format 1 of the tables, which version 0.1 wrote. It is only read, through views with the names of the current format
/// that hide its tables. It has a column for each diagnostic, for trials of all learners.
/// </summary>
internal static class FormerLedgerSchema
{
    /// <summary>The version of the tables.</summary>
    public const int Version = 1;

    private const string CreateViews =
        """
        PRAGMA temp_store = MEMORY;
        CREATE TEMP VIEW configurations AS SELECT cell AS configuration, part, trials, sequences, test_sequences,
            0 AS stored_parameters, '' AS diagnostics, settings FROM main.cells;
        CREATE TEMP VIEW trials AS SELECT cell AS configuration, trial, ending AS stop_reason, presentations,
            judging_presentations AS evaluation_presentations, cost, training_error, fresh_error AS test_error,
            fresh_cost AS test_cost, saved AS skipped_presentations, temperatures, damping, stage,
            NULL AS parameters, NULL AS validation_cost FROM main.trials;
        CREATE TEMP VIEW snapshots AS SELECT cell AS configuration, trial, number, presentations, cost, error,
            gradient_norm, spectral_radius, old_gradient_share AS long_term_gradient_share FROM main.checks;
        CREATE TEMP VIEW totals AS SELECT cell AS configuration, trials, converged,
            out_of_presentations AS budget_exhausted, diverged, stuck, tested,
            test_wrong AS incorrect_test_sequences, test_wrong_squared AS incorrect_test_sequences_squared,
            reviewed AS final_evaluations, training_wrong AS incorrect_training_sequences,
            (SELECT total(round(training_error * sequences) * round(training_error * sequences))
                FROM main.trials JOIN main.cells USING (cell) WHERE cell = main.totals.cell)
                AS incorrect_training_sequences_squared,
            presentations AS training_presentations, judging_presentations AS evaluation_presentations
            FROM main.totals;
        CREATE TEMP VIEW histograms AS SELECT cell AS configuration, quantity, interval AS bin,
            least AS lower_bound, count FROM main.histograms;
        """;

    private static readonly string[] DiagnosticColumns =
        [SimulatedAnnealing.CompletedTemperatures, PseudoNewtonDefinition.FinalDamping, Curriculum.LearnedStages];

    /// <summary>The columns of the diagnostics in the view of the trials.</summary>
    public static string DiagnosticColumnList => string.Join(", ", DiagnosticColumns);

    /// <summary>Creates the views. They belong to the connection; the file does not change.</summary>
    public static void Attach(SqliteDatabase database) => database.Execute(CreateViews);

    /// <summary>The diagnostics of a configuration, whose columns have values of its trials.</summary>
    public static IReadOnlyList<string> FindDiagnostics(IReadOnlyList<(string Field, string Value)> settings)
    {
        LearnerDefinition? learner = Find("learner.name");
        if (learner?.InnerLearner is not null && Find("learner.learner") is { } inner)
            learner = learner.WithInnerLearner(inner);
        return learner?.DiagnosticNames ?? [];

        LearnerDefinition? Find(string field)
            => KnownLearners.All.FirstOrDefault(known => settings.Contains((field, known.Name)));
    }

    /// <summary>Reads the diagnostics of a trial.</summary>
    /// <param name="row">A row that ends with the columns of <see cref="DiagnosticColumnList"/>.</param>
    /// <param name="firstColumn">The first of these columns.</param>
    /// <param name="names">The diagnostics of the configuration.</param>
    public static DiagnosticValues ReadDiagnostics(SqliteStatement row, int firstColumn, IReadOnlyList<string> names)
        => new([.. names.Select(name => row.GetDouble(firstColumn + Array.IndexOf(DiagnosticColumns, name)))]);
}
