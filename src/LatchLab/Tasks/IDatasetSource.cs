using LatchLab.Foundation;

namespace LatchLab.Tasks;

/// <summary>
/// Reads the sequences of a <see cref="DatasetTask"/>. It is an interface because this library does not read dataset
/// files.
/// </summary>
public interface IDatasetSource
{
    /// <summary>Reads the dataset that a task names. Tasks that name the same dataset share one instance.</summary>
    /// <param name="task">The task with the names of the files and columns.</param>
    /// <param name="errors">
    /// Receives every validation error. The location of an error in a setting is the name of the setting with two
    /// hyphens; the location of an error in a file is the file with its line.
    /// </param>
    /// <returns>The dataset; null if there is an error.</returns>
    Dataset? Read(DatasetTask task, ICollection<ValidationError> errors);
}
