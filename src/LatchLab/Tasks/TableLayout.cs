namespace LatchLab.Tasks;

/// <summary>What a row of a table is.</summary>
public enum TableLayout
{
    /// <summary>A step.</summary>
    Long,

    /// <summary>A whole sequence.</summary>
    Wide,
}
