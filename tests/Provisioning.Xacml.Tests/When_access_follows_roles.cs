using static Provisioning.Xacml.Tests.Policies;

namespace Provisioning.Xacml.Tests;

/// <summary>The Core and Hierarchical RBAC Profile 1.0: a role policy set (RPS) for each role, which refers to the permissions of the role (PPS),
/// which refer to those of junior roles; who has a role is asked with HasPrivilegesOfRole and decided by EnableRole.</summary>
public class When_access_follows_roles
{
    private const string Role = "urn:oasis:names:tc:xacml:2.0:subject:role";
    private const string ActionId = "urn:oasis:names:tc:xacml:1.0:action:action-id";
    private const string HasPrivileges = "urn:oasis:names:tc:xacml:2.0:actions:hasPrivilegesOfRole";
    private const string Enable = "urn:oasis:names:tc:xacml:2.0:actions:enableRole";

    private static readonly PolicyDecisionPoint Pdp = PolicyDecisionPoint.Load(
        [
            Library("RPS:manager", Matching(Subject, Role, "manager"), Reference("PPS:manager")),
            Library("RPS:employee", Matching(Subject, Role, "employee"), Reference("PPS:employee")),
            Library("PPS:manager", "", Permission("sign-orders", "sign") + Privileges("manager") + Reference("PPS:employee")) with { CanBeRoot = false },
            Library("PPS:employee", "", Permission("write-orders", "write") + Privileges("employee")) with { CanBeRoot = false },
            new("assignment", Assignment),
        ],
        new PdpOptions { RootCombiningAlgorithm = "urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:permit-overrides" });

    // Who may enable which role.
    private static string Assignment => Policy(
        $"<Rule RuleId='ann-manages' Effect='Permit'><Target>{Matching(Subject, "name", "ann")}{Matching(Categories.Resource, Role, "manager")}{Matching(Categories.Action, ActionId, Enable)}</Target></Rule>",
        id: "assignment");

    [Theory]
    [InlineData("employee", "write", Decision.Permit)]
    [InlineData("employee", "sign", Decision.NotApplicable)]
    [InlineData("manager", "sign", Decision.Permit)]
    [InlineData("manager", "write", Decision.Permit)] // inherited
    [InlineData("guest", "write", Decision.NotApplicable)]
    public void Should_give_a_role_its_permissions_and_those_of_its_juniors(string role, string action, Decision expected) => Assert.Equal(
        expected, Pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, Role, DataType.String, role).Add(Categories.Action, ActionId, DataType.String, action).Build()).Decision);

    [Fact]
    public void Should_add_up_the_permissions_of_several_roles() => Assert.Equal(
        Decision.Permit,
        Pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, Role, DataTypes.String, ["guest", "employee"]).Add(Categories.Action, ActionId, DataType.String, "write").Build()).Decision);

    [Theory]
    [InlineData("manager", "employee", Decision.Permit)]
    [InlineData("manager", "manager", Decision.Permit)]
    [InlineData("employee", "manager", Decision.NotApplicable)]
    public void Should_answer_who_has_the_privileges_of_a_role(string role, string asked, Decision expected) => Assert.Equal(
        expected,
        Pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, Role, DataType.String, role).Add(Categories.Resource, Role, DataType.String, asked)
            .Add(Categories.Action, ActionId, DataType.String, HasPrivileges).Build()).Decision);

    [Theory]
    [InlineData("ann", Decision.Permit)]
    [InlineData("bob", Decision.NotApplicable)]
    public void Should_answer_who_may_enable_a_role(string name, Decision expected) => Assert.Equal(
        expected,
        Pdp.Evaluate(new XacmlRequestBuilder().Add(Subject, "name", DataType.String, name).Add(Categories.Resource, Role, DataType.String, "manager")
            .Add(Categories.Action, ActionId, DataType.String, Enable).Build()).Decision);

    [Fact]
    public void Should_not_give_the_permissions_without_the_role() => Assert.Equal(
        Decision.NotApplicable, Pdp.Evaluate(new XacmlRequestBuilder().Add(Categories.Action, ActionId, DataType.String, "write").Build()).Decision);

    private static PolicySource Library(string id, string target, string content) => new(id, $"""
        <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="{id}" Version="1.0"
          PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:permit-overrides"><Target>{target}</Target>{content}</PolicySet>
        """);

    private static string Reference(string id) => $"<PolicySetIdReference>{id}</PolicySetIdReference>";

    private static string Permission(string id, string action) =>
        Policy($"<Rule RuleId='r' Effect='Permit'><Target>{Matching(Categories.Action, ActionId, action)}</Target></Rule>", id: id);

    private static string Privileges(string role) => Policy(
        $"<Rule RuleId='r' Effect='Permit'><Target>{Matching(Categories.Resource, Role, role)}{Matching(Categories.Action, ActionId, HasPrivileges)}</Target></Rule>",
        id: "privileges-of-" + role);

    private static string Matching(string category, string attribute, string value) =>
        $"<AnyOf><AllOf><Match MatchId='{FunctionTable.V1}string-equal'>{Text(value)}{Attribute(attribute).Replace(Subject, category, StringComparison.Ordinal)}</Match></AllOf></AnyOf>";
}
