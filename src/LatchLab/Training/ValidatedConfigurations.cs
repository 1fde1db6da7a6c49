using System.Collections.ObjectModel;

namespace LatchLab.Training;

/// <summary>
/// Configurations in which their creator found no error: no value outside its range, no conflict and no setting without
/// effect. A runner does not validate them again. The list, not the configuration, carries this guarantee, because a
/// changed copy of a configuration must not inherit it.
/// </summary>
/// <param name="configurations">The configurations, which are copied to the list.</param>
public sealed class ValidatedConfigurations(IEnumerable<TrainingConfiguration> configurations)
    : ReadOnlyCollection<TrainingConfiguration>([.. configurations]);
