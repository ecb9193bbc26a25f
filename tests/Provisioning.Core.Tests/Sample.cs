using System.Text.Json.Nodes;
using Provisioning.Connectors;
using Provisioning.Core.Configuration;
using Provisioning.Core.Deciding;
using Provisioning.Core.Ledger;
using Provisioning.Core.Users;

namespace Provisioning.Core.Tests;

internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly IdentityProvider Provider = new() { Name = "idp", Connector = "scripted" };

    public static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    public static User User(string attributes = """{"userName":"ada"}""", params string[] serviceProviders) =>
        new("u1", "ada", [.. (serviceProviders.Length == 0 ? ["sp"] : serviceProviders).Select(x => Says(x, attributes))], 1, Now, Now);

    public static Registration Says(string serviceProvider, string attributes, RegistrationOrigin origin = RegistrationOrigin.Registered) =>
        new(serviceProvider, Json(attributes), origin, 1, Now, Now);

    public static UserView View(string attributes) => new("u1", Json(attributes), true);

    public static GroupReference Group(string name, string serviceProvider = "sp") => new($"id of {name}", name, serviceProvider);

    public static ServiceProvider ServiceProvider(string name = "sp", bool rules = true, bool jit = false) =>
        new() { Name = name, OutboundProvisioning = [new Binding { IdentityProvider = "idp", Rules = rules, Jit = jit }] };

    public static ProvisioningConfiguration Configuration(IdentityProvider? provider = null, params ServiceProvider[] serviceProviders) =>
        new("r1", serviceProviders.Length == 0 ? [ServiceProvider()] : serviceProviders, [provider ?? Provider]);

    public static PolicyAnswer Answer(Verdict verdict, params ObligationToFulfil[] obligations) => new(verdict, "because", ["p1"], "rev", obligations);

    public static ObligationToFulfil Obligation(string id, string key, string value) => new(id, [new(key, value)]);

    public static Assignment Assignment(string? desired = """{"userName":"ada"}""") => new()
    {
        Id = "a1",
        IdentityProvider = "idp",
        ResourceType = ResourceType.User,
        ResourceId = "u1",
        ResourceName = "ada",
        ServiceProvider = "sp",
        Desired = DesiredState.Present,
        DesiredAttributes = desired is null ? null : Json(desired),
        Status = AssignmentStatus.Pending,
    };

    public static Assignment Applied(string desired = """{"userName":"ada"}""", string applied = """{"userName":"ada"}""") =>
        Assignment(desired) with { Applied = AppliedState.Present, AppliedAttributes = Json(applied), AccountId = "t1", Status = AssignmentStatus.Done };
}

internal sealed class ScriptedDecisionPoint(Func<AccessFacts, PolicyAnswer> answer) : IDecisionPoint
{
    public string Revision => "scripted";

    public PolicyAnswer Decide(AccessFacts facts) => answer(facts);
}
