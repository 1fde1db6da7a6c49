using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>Where the sequences of a <see cref="DatasetTask"/> come from; this library knows no files.</summary>
public interface IDatasetSource
{
    /// <summary>The sequences that a task names; tasks that name the same ones share one set.</summary>
    /// <param name="task">What is named, and which of it is what.</param>
    /// <param name="errors">
    /// Receives every mistake. The place of one in a setting is its name with two hyphens; that of one in a file is the
    /// file with its line.
    /// </param>
    /// <returns>The set; null where there was a mistake.</returns>
    Dataset? Read(DatasetTask task, ICollection<ValidationError> errors);
}
