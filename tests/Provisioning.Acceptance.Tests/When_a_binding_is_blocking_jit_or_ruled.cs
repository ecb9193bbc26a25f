using System.Net;
using System.Text.Json.Nodes;

namespace Provisioning.Acceptance.Tests;

/// <summary>The three switches of a binding in every combination: one identity provider for each, named after what it has on.</summary>
public sealed class When_a_binding_is_blocking_jit_or_ruled(When_a_binding_is_blocking_jit_or_ruled.Setting setting)
    : IClassFixture<When_a_binding_is_blocking_jit_or_ruled.Setting>
{
    public static TheoryData<bool, bool, bool> Combinations
    {
        get
        {
            var all = new TheoryData<bool, bool, bool>();
            for (var i = 0; i < 8; i++)
                all.Add((i & 4) != 0, (i & 2) != 0, (i & 1) != 0);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Should_provision_a_registration_and_wait_for_it_only_if_blocking(bool blocking, bool jit, bool rules)
    {
        var name = Setting.Name(blocking, jit, rules);
        var user = $"new-{name}";
        using var portal = setting.Host.Client("portal");
        Assert.Equal(HttpStatusCode.Created, (await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(user))).StatusCode);
        if (blocking)
            Assert.Contains(user, setting.Accounts(name));
        await setting.UntilAsync(() => setting.Accounts(name).Contains(user));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Should_ask_the_policies_only_if_ruled(bool blocking, bool jit, bool rules)
    {
        var name = Setting.Name(blocking, jit, rules);
        var user = $"denied-{name}";
        using var portal = setting.Host.Client("portal");
        Assert.Equal(HttpStatusCode.Created, (await portal.PostAsync("/scim/v2/Users", ScratchConfig.User(user, "\"title\": \"denied\""))).StatusCode);
        await setting.UntilAsync(() => Setting.All.Where(x => !x.EndsWith("rules", StringComparison.Ordinal)).All(x => setting.Accounts(x).Contains(user)));
        Assert.Equal(!rules, setting.Accounts(name).Contains(user));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Should_give_an_account_at_a_sign_in_only_if_jit(bool blocking, bool jit, bool rules)
    {
        var name = Setting.Name(blocking, jit, rules);
        var user = $"guest-{name}";
        using var portal = setting.Host.Client("portal");
        var answer = JsonNode.Parse(await (await portal.PostAsync("/api/sign-ins", ScratchConfig.User(user))).Content.ReadAsStringAsync())!;
        var binding = answer["bindings"]!.AsArray().First(x => x!["identityProvider"]!.ToString() == name)!;
        Assert.Equal(
            (jit || !blocking, !jit ? "jitOff" : blocking ? "provisioned" : "notAwaited"), (binding["allowed"]!.GetValue<bool>(), binding["reason"]!.ToString()));
        var assignment = answer["assignments"]!.AsArray().FirstOrDefault(x => x!["identityProvider"]!.ToString() == name);
        Assert.Equal(jit, assignment is not null);
        if (!jit)
            return;
        Assert.Equal(blocking, assignment!["blocking"]!.GetValue<bool>());
        if (blocking)
            Assert.Contains(user, setting.Accounts(name));
        await setting.UntilAsync(() => setting.Accounts(name).Contains(user));
    }

    [Fact]
    public async Task Should_keep_updating_at_a_sign_in_what_a_binding_without_jit_gave_before()
    {
        using var portal = setting.Host.Client("portal");
        await portal.PostAsync("/scim/v2/Users", ScratchConfig.User("known"));
        var answer = JsonNode.Parse(await (await portal.PostAsync("/api/sign-ins", ScratchConfig.User("known"))).Content.ReadAsStringAsync())!;
        Assert.Equal(Setting.All.Order(), answer["assignments"]!.AsArray().Select(x => x!["identityProvider"]!.ToString()).Order());
    }

    public sealed class Setting : IAsyncLifetime
    {
        private const string Rules = """
            <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="all-but-denied" Version="1.0"
                    RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides">
              <Target/>
              <Rule RuleId="denied" Effect="Deny"><Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">denied</AttributeValue>
                <AttributeDesignator Category="urn:provisioning:user" AttributeId="urn:provisioning:user:title"
                  DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
              </Match></AllOf></AnyOf></Target></Rule>
              <Rule RuleId="others" Effect="Permit"/>
            </Policy>
            """;

        public static IReadOnlyList<string> All { get; } = [.. Combinations.Select(x => Name(x.Data.Item1, x.Data.Item2, x.Data.Item3))];

        internal HostProcess Host { get; private set; } = null!;

        public static string Name(bool blocking, bool jit, bool rules) =>
            $"{(blocking ? "blocking" : "background")}-{(jit ? "jit" : "registered")}-{(rules ? "rules" : "all")}";

        public async ValueTask InitializeAsync()
        {
            var config = new ScratchConfig();
            config.Policy("rules", Rules);
            foreach (var name in All)
                config.Csv(name);
            config.Portal([.. Combinations.Select(x => $$"""
                { "identityProvider": "{{Name(x.Data.Item1, x.Data.Item2, x.Data.Item3)}}",
                  "blocking": {{Json(x.Data.Item1)}}, "jit": {{Json(x.Data.Item2)}}, "rules": {{Json(x.Data.Item3)}} }
                """)]);
            Host = await new HostProcess(config.Root, config.Policies).StartAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        public IReadOnlyList<string> Accounts(string name)
        {
            var file = Path.Combine(Host.Data, "accounts", name + ".csv");
            return File.Exists(file) ? [.. File.ReadAllLines(file).SelectMany(x => x.Split(','))] : [];
        }

        public Task<JsonNode> UntilAsync(Func<bool> condition) =>
            HostProcess.EventuallyAsync(() => Task.FromResult<JsonNode?>(condition() ? JsonValue.Create(true) : null));

        private static string Json(bool value) => value ? "true" : "false";
    }
}
