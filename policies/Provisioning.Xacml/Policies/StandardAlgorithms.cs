using System.Collections.Frozen;

namespace Provisioning.Xacml;

/// <summary>The combining algorithms of the standard by identifier (appendix C).</summary>
internal static class StandardAlgorithms
{
    private static readonly FrozenDictionary<string, CombiningAlgorithm> All = For("rule").Concat(For("policy")).ToFrozenDictionary(one => one.Id);

    public static IEnumerable<CombiningAlgorithm> List => All.Values;

    public static CombiningAlgorithm? Find(string uri) => All.GetValueOrDefault(uri);

    private static IEnumerable<CombiningAlgorithm> For(string kind)
    {
        var isRule = kind == "rule";
        CombiningAlgorithm Define(string version, string name, Combine combine) =>
            new($"urn:oasis:names:tc:xacml:{version}:{kind}-combining-algorithm:{name}", combine)
            {
                CombinesRules = isRule, CombinesPolicies = !isRule, IgnoresNotApplicable = true,
            };

        // Children are always taken in their order, so that the ordered variants are the same.
        foreach (var order in (string[])["", "ordered-"])
        {
            yield return Define("3.0", order + "deny-overrides", OverridesAlgorithm.Deny);
            yield return Define("3.0", order + "permit-overrides", OverridesAlgorithm.Permit);
            var version = order.Length == 0 ? "1.0" : "1.1";
            yield return Define(version, order + "deny-overrides", isRule ? LegacyAlgorithm.DenyRule : LegacyAlgorithm.DenyPolicy);
            yield return Define(version, order + "permit-overrides", isRule ? LegacyAlgorithm.PermitRule : LegacyAlgorithm.PermitPolicy);
        }

        yield return Define("3.0", "deny-unless-permit", UnlessAlgorithm.DenyUnlessPermit);
        yield return Define("3.0", "permit-unless-deny", UnlessAlgorithm.PermitUnlessDeny);
        yield return Define("1.0", "first-applicable", ApplicableAlgorithm.First);
        if (isRule) yield break;
        yield return Define("1.0", "only-one-applicable", ApplicableAlgorithm.OnlyOne);
        yield return new("urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:on-permit-apply-second", ApplicableAlgorithm.SecondOnPermit)
        {
            // Here it counts which child is the second.
            CombinesRules = false, IgnoresNotApplicable = false,
        };
    }
}
