using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LatchLab.Numerics;
using Xunit;

namespace LatchLab.Tests.Architecture;

/// <summary>
/// Every public type and member of the library is documented. A member that overrides or implements another inherits
/// its documentation, as in the editors, so that an <c>inheritdoc</c> would say nothing.
/// </summary>
public sealed partial class DocumentationTests
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Assembly Library = typeof(ILane<>).Assembly;

    [GeneratedRegex(@"^    (?:public|protected) (?<type>\w+)\(")]
    private static partial Regex ConstructorPattern();

    [Fact]
    public void Every_public_member_is_documented()
    {
        // Overloads are counted: the identifiers without their parameters.
        Dictionary<string, int> documented = XDocument.Load(Path.ChangeExtension(Library.Location, ".xml"))
            .Descendants("member").Select(member => member.Attribute("name")!.Value.Split('(', '~')[0])
            .Select(id => Regex.Replace(id, "``[0-9]+$", "")).CountBy(id => id).ToDictionary();
        Assert.All(Library.GetExportedTypes(), type =>
        {
            string name = type.FullName!.Replace('+', '.');
            Assert.Contains("T:" + name, documented.Keys);
            var required = RequiredMembers(type).CountBy(member => $"{member.Kind}:{name}.{member.Name}");
            foreach ((string id, int count) in required)
                Assert.True(documented.GetValueOrDefault(id) >= count, $"{id} is not documented");
        });
    }

    [Fact]
    public void Every_public_constructor_is_documented()
    {
        foreach (string file in Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src", "LatchLab"), "*.cs", SearchOption.AllDirectories))
        {
            string[] lines = File.ReadAllLines(file);
            for (int i = 1; i < lines.Length; i++)
            {
                Match constructor = ConstructorPattern().Match(lines[i]);
                if (constructor.Success && Library.GetExportedTypes().Any(
                    type => type.Name.Split('`')[0] == constructor.Groups["type"].Value))
                {
                    string before = lines[..i].Last(line => !line.TrimStart().StartsWith('['));
                    Assert.True(before.Contains("///"), $"{file}:{i + 1} is not documented");
                }
            }
        }
    }

    /// <summary>The members that do not inherit their documentation, with the letter of their kind.</summary>
    private static IEnumerable<(char Kind, string Name)> RequiredMembers(Type type)
    {
        if (type.IsAssignableTo(typeof(Delegate)))
            return [];
        MethodInfo[] methods = [.. type.GetMethods(Declared).Where(method => IsRequired(method, type))];
        IEnumerable<FieldInfo> fields = type.GetFields(Declared)
            .Where(field => IsVisible(field.IsPublic, field.IsFamily, type) && !field.IsSpecialName);
        IEnumerable<PropertyInfo> properties = type.GetProperties(Declared)
            .Where(property => property.Name != "EqualityContract"
                && property.GetAccessors(nonPublic: true).Any(methods.Contains));
        IEnumerable<MethodInfo> others = methods
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)));
        return
        [
            .. fields.Select(field => ('F', field.Name)),
            .. properties.Select(property => ('P', property.Name)),
            .. others.Select(method => ('M', method.Name)),
        ];
    }

    private static bool IsRequired(MethodInfo method, Type type)
        => IsVisible(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly, type)
            && method.GetBaseDefinition() == method
            && (type.IsInterface || !type.GetInterfaces().SelectMany(@interface => @interface.GetMethods(Declared)).Any(
                other => other.Name == method.Name && other.GetParameters().Length == method.GetParameters().Length));

    private static bool IsVisible(bool isPublic, bool isFamily, Type type) => isPublic || (isFamily && !type.IsSealed);
}
