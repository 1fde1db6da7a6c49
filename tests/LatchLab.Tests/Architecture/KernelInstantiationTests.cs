using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Numerics;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// The kernels of training are generic over lanes, networks and gradient terms, and every combination that a user can
/// select is compiled for itself. One more type parameter would multiply their number, and with it the time and memory
/// to compile them.
/// </summary>
public sealed class KernelInstantiationTests
{
    private const int Limit = 400;

    // A process uses one lane type, alone and four vectors together; the others have as many instantiations.
    private static readonly LaneKind Lane = LaneKind.Wide256;

    private static Lazy<Type[]> Kernels { get; } = new(() =>
    [
        .. Configurations().Select(LearnerType)
            .Concat(KnownUpdateRules.All.SelectMany(rule => (Type[])
                [Lane.Accept(new UpdateRules(rule)), Lane.AcceptUnrolled(new UpdateRules(rule))]))
            .Distinct(),
    ]);

    [Fact]
    public void A_process_compiles_at_most_400_training_kernels()
        => Assert.True(Kernels.Value.Length <= Limit, string.Join('\n',
            Kernels.Value.CountBy(kernel => $"{kernel.Name} of {kernel.GetGenericArguments()[1].Name}")
                .Select(count => $"{count.Value} {count.Key}")
                .Prepend($"{Kernels.Value.Length} instantiations, more than {Limit}:")));

    /// <summary>A network, cell, unit or rule that no configuration selects would not be counted.</summary>
    [Theory]
    [InlineData(typeof(INetwork))]
    [InlineData(typeof(ICell))]
    [InlineData(typeof(IUnits))]
    [InlineData(typeof(IGradientTermRule))]
    [InlineData(typeof(IUpdateEquation))]
    public void Every_implementation_is_counted(Type contract)
        => Assert.Equal(
            contract.Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(contract))
                .Select(type => type.Name).Order(),
            Kernels.Value.SelectMany(ArgumentsOf).Where(type => type.IsAssignableTo(contract))
                .Select(type => type.Name).Distinct().Order());

    private static IEnumerable<Type> ArgumentsOf(Type type)
        => type.GetGenericArguments().SelectMany(argument => ArgumentsOf(argument).Append(argument));

    private static IEnumerable<TrainingConfiguration> Configurations()
        => from task in KnownTasks.Generated
           from kind in KnownNetworkKinds.Names
           from unit in KnownUnits.Names.Append("tanh,logistic").Append("tanh,relu,tanh,tanh,relu")
           from units in (int[])[3, 5]
           from learner in Learners
           let configuration = Configure(task, new() { Network = kind, Unit = unit, Units = units }, learner)
           where !configuration.FindInvalidSettings().Any()
           select configuration;

    private static TrainingConfiguration Configure(GeneratedTask task, NetworkDesign network, LearnerDefinition learner)
        => new()
        {
            Task = task with { Length = 8, Sequences = 2, TrainingSet = TrainingSet.Fixed },
            Network = network,
            Learner = learner,
            ConvergenceRule = new() { Rule = ConvergenceRuleKind.SignAndCost },
            Limits = new() { Presentations = 100, Tolerance = task.Targets == TargetKind.Values ? 0.5 : 0.0 },
        };

    /// <summary>The learners that differ in their type for some value of a setting that is a choice.</summary>
    private static LearnerDefinition[] Learners { get; } =
    [
        .. KnownLearners.All.Concat(
            from learner in KnownLearners.All
            from setting in Settings.GetAll(learner)
            from choice in setting.Choices
            select Settings.With(learner, new Dictionary<string, string> { [setting.Path] = choice }, []))
            .DistinctBy(learner => (
                learner.GetType(),
                LearnerType(Configure(new LatchTask(), new() { Unit = learner.DefaultUnit }, learner)))),
    ];

    private static Type LearnerType(TrainingConfiguration configuration)
        => configuration.BenefitsFromUnrolling
            ? Lane.AcceptUnrolled(new LearnerTypes(configuration)) : Lane.Accept(new LearnerTypes(configuration));

    private sealed class LearnerTypes(TrainingConfiguration configuration) : ILaneVisitor<Type>
    {
        public Type Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => configuration.CreateLearner<TLane>(configuration.MaxLength, maxBundles: 1).GetType();
    }

    private sealed class UpdateRules(UpdateRule rule) : ILaneVisitor<Type>
    {
        public Type Visit<TLane>()
            where TLane : unmanaged, IBitLane<TLane>
            => rule.Create<TLane>().GetType();
    }
}
