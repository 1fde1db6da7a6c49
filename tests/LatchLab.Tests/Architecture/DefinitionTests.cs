using System.Reflection;
using System.Reflection.Emit;
using LatchLab.Learning;
using LatchLab.Learning.Optimizers;
using LatchLab.Networks;
using LatchLab.Networks.Cells;
using LatchLab.Networks.Units;
using LatchLab.Paper.Experiments;
using LatchLab.Tasks;
using LatchLab.Verification;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// No code asks which task, learner, update rule, network, cell or unit it has: what differs is a member of the
/// contract. The compiled code of a program contains such a question as a cast or a type test, a type argument
/// (<c>OfType</c>), a comparison of <c>typeof</c>, or a comparison with a listed name.
/// </summary>
public sealed class DefinitionTests
{
    private static readonly Type[] Contracts =
    [
        typeof(TaskDefinition), typeof(LearnerDefinition), typeof(UpdateRule), typeof(NetworkKind),
        typeof(NetworkDefinition), typeof(INetwork), typeof(ICell), typeof(IUnits), typeof(IGradientTermRule),
        typeof(IDrivenMap),
    ];

    private static readonly HashSet<string> Names =
    [
        .. KnownTasks.All.Select(task => task.Name), .. KnownLearners.All.Select(learner => learner.Name),
        .. KnownUpdateRules.All.Select(rule => rule.Name), .. KnownNetworks.All.Select(network => network.Name),
        .. KnownNetworkKinds.Names, .. KnownUnits.Names,
    ];

    /// <summary>Where a question is right, and why.</summary>
    private static readonly (string Type, string Asks, string Reason)[] Allowed =
    [
        (nameof(ReproductionSettings), nameof(MinimalTask), "the record of the paper's experiments has its own task"),
        (nameof(ReproductionSettings), nameof(Backpropagation), "and its own learner"),
        (nameof(CellDefinition), "\"tanh\"", "the readout of that name, not the unit"),
        (nameof(KnownUnits), "\"tanh\"", "the list of the units leads from names to types"),
        (nameof(KnownUnits), "\"threshold\"", "the same"),
        (nameof(KnownUnits), "\"logistic\"", "the same"),
        (nameof(KnownUnits), "\"relu\"", "the same"),
    ];

    /// <summary>The formats of other programs can express some networks only, and refuse the others.</summary>
    private const string FormatsOfOthers = "LatchLab.Models.Interchange";

    [Fact]
    public void No_code_asks_which_definition_it_has()
    {
        string[] questions =
        [
            .. from question in Questions.Value
               where !Allowed.Any(allowed => Matches(allowed, question))
               select $"{question.Method} asks for {question.Asks}",
        ];
        Assert.True(questions.Length == 0, string.Join('\n', questions));
    }

    /// <summary>Also proves that casts and comparisons of names are found.</summary>
    [Fact]
    public void Every_exception_is_needed()
        => Assert.Empty(
            from allowed in Allowed
            where !Questions.Value.Any(question => Matches(allowed, question))
            select $"{allowed.Type} asks for {allowed.Asks}");

    private static Lazy<(string Type, string Asks, string Method)[]> Questions { get; } = new(() =>
    [
        .. from project in ReferenceTests.Projects
           where project != typeof(CertificateVerifier).Assembly   // reads names of its own, and references nothing
           from type in project.GetTypes()
           where type.Namespace?.StartsWith(FormatsOfOthers, StringComparison.Ordinal) != true
           from method in CompiledCode.MethodsOf(type)
           from asked in QuestionsOf(method, OutermostType(type))
           select (OutermostType(type).Name, asked, $"{type.FullName}.{method.Name}"),
    ]);

    private static bool Matches(
        (string Type, string Asks, string Reason) allowed, (string Type, string Asks, string Method) question)
        => (allowed.Type, allowed.Asks) == (question.Type, question.Asks);

    private static IEnumerable<string> QuestionsOf(MethodBase method, Type own)
    {
        string? text = null;
        foreach ((OpCode code, object? operand) in CompiledCode.Read(method))
        {
            IEnumerable<Type> tested = operand switch
            {
                Type type when code == OpCodes.Isinst || code == OpCodes.Castclass || code == OpCodes.Ldtoken => [type],
                MethodInfo { Name: "OfType" or "Cast", IsGenericMethod: true } call => call.GetGenericArguments(),
                _ => [],
            };
            foreach (Type type in tested.Where(type => IsDefinition(type) && OutermostType(type) != own))
                yield return type.Name;
            if (operand is MethodBase { Name: "op_Equality" or "op_Inequality" or "Equals" } comparison
                && comparison.DeclaringType == typeof(string) && text is not null && Names.Contains(text))
                yield return $"\"{text}\"";
            text = operand as string;
        }
    }

    private static bool IsDefinition(Type type)
        => Contracts.Any(contract => contract != type && contract.IsAssignableFrom(type));

    private static Type OutermostType(Type type)
        => type.DeclaringType is { } outer ? OutermostType(outer) : type;
}
