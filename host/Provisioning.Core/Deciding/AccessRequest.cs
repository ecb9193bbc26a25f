using Provisioning.Xacml;

namespace Provisioning.Core.Deciding;

/// <summary>Builds the request: our attributes as typed bags and, beside them, those that policies written for WSO2 ask for.</summary>
internal static class AccessRequest
{
    public const string User = "urn:provisioning:user";

    /// <summary>Builds the request.</summary>
    /// <param name="facts">The user, the service provider, the identity provider and the operation.</param>
    /// <param name="now">The moment of the question.</param>
    /// <param name="needed">The attributes that the policies use. Of the user, only these are supplied.</param>
    public static XacmlRequest Build(AccessFacts facts, DateTimeOffset now, NeededFacts needed)
    {
        var builder = new XacmlRequestBuilder { Moment = now };
        foreach (var (attributeId, path) in needed.Paths)
            path.AddTo(builder, attributeId, facts.User.Attributes);
        builder.Add(User, $"{User}:id", DataType.String, facts.User.Id);
        builder.AddMany(User, $"{User}:groups", DataType.String, facts.Groups);
        builder.Add("urn:provisioning:service-provider", "urn:provisioning:service-provider:name", DataType.String, facts.ServiceProvider.Name);
        builder.Add("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:name", DataType.String, facts.IdentityProvider.Name);
        builder.Add("urn:provisioning:identity-provider", "urn:provisioning:identity-provider:connector", DataType.String, facts.IdentityProvider.Connector);
        builder.Add(Categories.Action, "urn:oasis:names:tc:xacml:1.0:action:action-id", DataType.String, "provision");
        builder.Add(Categories.Action, "urn:provisioning:operation", DataType.String, facts.Operation);
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-time", DataType.Time, Temporal.TimeOf(now));
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-date", DataType.Date, Temporal.DateOf(now));
        builder.Add(Categories.Environment, "urn:oasis:names:tc:xacml:1.0:environment:current-dateTime", DataType.DateTime, Temporal.DateTimeOf(now));
        if (needed.Wso2) Wso2Vocabulary.Add(builder, facts, now);
        return builder.Build();
    }
}
