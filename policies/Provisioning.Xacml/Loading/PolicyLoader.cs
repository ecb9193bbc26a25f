using System.Xml;

namespace Provisioning.Xacml;

/// <summary>Makes a program of documents, or says all that is wrong with them.</summary>
internal static class PolicyLoader
{
    public static (Evaluable? Root, Branch Roots, PolicyCollection Policies) Load(
        PolicyProgram program, IEnumerable<PolicySource> sources)
    {
        var problems = new List<PolicyProblem>();
        var collection = new PolicyCollection();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var shared = new SharedParts(program);
        var isWhole = true;
        foreach (var source in sources) isWhole &= TryRead(program, source, names, shared, collection, problems);

        var options = program.Options;
        CheckExtensions(options, problems);
        var algorithm = program.FindAlgorithm(options.RootCombiningAlgorithm);
        if (algorithm is not { CombinesPolicies: true })
            problems.Add(new(null, 0, $"combining algorithm '{options.RootCombiningAlgorithm}' is not supported"));
        // What a broken document would have defined is not missing.
        var roots = isWhole ? new PolicyLinker(collection, options, problems).Link() : [];
        if (problems.Count > 0) throw new PolicyException(problems);
        var branch = new Branch(algorithm!, roots, []);
        collection.Branches.Add(branch);
        foreach (var one in collection.Branches) one.Index(program);
        return (roots is [var only] ? only : null, branch, collection);
    }

    private static bool TryRead(
        PolicyProgram program, PolicySource source, Dictionary<string, string> names, SharedParts shared, PolicyCollection collection, List<PolicyProblem> problems)
    {
        var own = new List<PolicyProblem>();
        ElementReader? reader = null;
        try
        {
            reader = new ElementReader(source.Open(), program.Options.MaxPolicyCharacters, names);
            var top = new PolicyCompiler(new PolicyScope(source.Name, program, shared, own), reader, collection).Compile(reader.ReadRoot());
            reader.ReadToEnd();
            program.Remarks.AddRange(reader.Remarks.Select(remark => new PolicyProblem(source.Name, remark.Line, remark.Message)));
            if (top is not null && source.CanBeRoot) collection.Tops.Add(top);
            return true;
        }
        catch (XmlException error)
        {
            own.Add(new(source.Name, error.LineNumber, XmlFault.Sentence(error)));
            return false;
        }
        finally
        {
            own.AddRange(reader?.Faults.All.Select(fault => new PolicyProblem(source.Name, fault.Line, fault.Message)) ?? []);
            problems.AddRange(own.OrderBy(one => one.Line));
            reader?.Dispose();
        }
    }

    private static void CheckExtensions(PdpOptions options, List<PolicyProblem> problems)
    {
        void Check(string kind, IEnumerable<string> ids, Func<string, bool> isStandard)
        {
            foreach (var same in ids.GroupBy(id => id).Where(group => isStandard(group.Key) || group.Count() > 1))
                problems.Add(new(null, 0, $"{kind} '{same.Key}' is defined twice"));
        }

        Check("data type", options.DataTypes.Select(type => type.Uri), uri => DataType.Find(uri) is not null);
        Check("function", options.Functions.Select(function => function.Id), id => FunctionTable.Standard.Ids.Contains(id));
        Check("combining algorithm", options.CombiningAlgorithms.Select(one => one.Id), id => StandardAlgorithms.Find(id) is not null);
    }
}
