using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Provisioning.Host.Tests;

/// <summary>When somebody whom a service provider names for the first time is a person whom the host knows.</summary>
public sealed class When_somebody_is_known_already : IAsyncLifetime
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private InboundRig _rig = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await InboundRig.StartAsync(
            ("hr", "\"authority\": \"trusted\", \"precedence\": 10"), ("shop", "\"match\": \"none\""), ("visitors", "\"match\": \"verified\""), ("blog", "\"match\": \"userName\""));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Should_be_one_person_by_the_name_in_whatever_case()
    {
        var at = await CreateAsync("portal", "ann", "");
        Assert.Equal(at, await CreateAsync("blog", "ANN", ""));
        Assert.Equal(at, await CreateAsync("hr", "Ann", ""));
        Assert.Equal(["portal", "blog", "hr"], (await PersonAsync(at)).Registrations.Select(x => x.ServiceProvider));
        Assert.Equal("Ann", (await PersonAsync(at)).UserName);
    }

    [Fact]
    public async Task Should_keep_apart_the_people_of_whoever_matches_nobody()
    {
        var employee = await CreateAsync("portal", "j.smith", "");
        var customer = await CreateAsync("shop", "j.smith", "");
        Assert.NotEqual(employee, customer);
        Assert.Equal(employee, await CreateAsync("blog", "j.smith", ""));

        // Whoever shops first is not found by those who work here either.
        customer = await CreateAsync("shop", "k.jones", "");
        Assert.NotEqual(customer, await CreateAsync("portal", "k.jones", ""));
    }

    [Fact]
    public async Task Should_take_a_visitor_for_the_person_of_whom_a_trusted_one_says_the_same_address_or_number()
    {
        var ann = await CreateAsync("hr", "ann", $"\"emails\": [ {{ \"value\": \"Ann@Corp\" }} ], \"{Enterprise}\": {{ \"employeeNumber\": \"E-7\" }}");
        Assert.Equal(ann, await CreateAsync("visitors", "a1", "\"emails\": [ { \"value\": \"ann@corp\" } ]"));
        Assert.NotEqual(ann, await CreateAsync("visitors", "ann", ""));
        await CreateAsync("portal", "bob", "\"emails\": [ { \"value\": \"bob@corp\" } ]");
        var stranger = await CreateAsync("visitors", "b1", "\"emails\": [ { \"value\": \"bob@corp\" } ]");
        Assert.Equal(["visitors"], (await PersonAsync(stranger)).Registrations.Select(x => x.ServiceProvider));

        var cid = await CreateAsync("hr", "cid", $"\"{Enterprise}\": {{ \"employeeNumber\": \"E-9\" }}");
        Assert.Equal(cid, await CreateAsync("visitors", "c1", $"\"{Enterprise}\": {{ \"employeeNumber\": \"e-9\" }}"));
    }

    [Fact]
    public async Task Should_let_others_follow_when_a_trusted_one_renames_so_that_the_next_of_the_name_inherits_nothing()
    {
        var first = await CreateAsync("hr", "ann", "\"title\": \"Boss\"");
        Assert.Equal(first, await CreateAsync("portal", "ann", ""));
        await SendAsync("hr", "PATCH", $"/scim/v2/Users/{first}", """{ "Operations": [ { "op": "replace", "path": "userName", "value": "ann.berg" } ] }""", HttpStatusCode.OK);
        Assert.Equal(["ann.berg", "ann.berg"], (await PersonAsync(first)).Registrations.Select(x => x.UserName));
        var second = await CreateAsync("hr", "ann", "\"title\": \"Clerk\"");
        Assert.NotEqual(first, second);
        Assert.Equal(second, await CreateAsync("portal", "ann", ""));
    }

    [Fact]
    public async Task Should_rename_nobody_else_when_another_one_renames_its_user()
    {
        var ann = await CreateAsync("portal", "ann", "");
        Assert.Equal(ann, await CreateAsync("blog", "ann", ""));
        await SendAsync("blog", "PATCH", $"/scim/v2/Users/{ann}", """{ "Operations": [ { "op": "replace", "path": "userName", "value": "boss" } ] }""", HttpStatusCode.OK);
        Assert.Equal(["ann", "boss"], (await PersonAsync(ann)).Registrations.Select(x => x.UserName));
        Assert.Equal("ann", (await PersonAsync(ann)).UserName);
        Assert.NotEqual(ann, await CreateAsync("portal", "boss", ""));
    }

    [Fact]
    public async Task Should_find_users_by_an_address_and_by_what_goes_with_it()
    {
        await CreateAsync("portal", "ann", "\"emails\": [ { \"value\": \"ann@x\", \"type\": \"work\" }, { \"value\": \"both@x\", \"type\": \"home\" } ]");
        await CreateAsync("portal", "bob", "\"emails\": [ { \"value\": \"both@x\", \"type\": \"work\" } ], \"active\": false");
        await CreateAsync("blog", "cid", "\"emails\": [ { \"value\": \"ann@x\" } ]");
        foreach (var (filter, expected) in ((string, string)[])
            [
                ("emails.value eq \"ANN@x\"", "ann"), ("emails eq \"both@x\"", "ann,bob"), ("emails[type eq \"work\" and value eq \"both@x\"]", "bob"),
                ("emails[type eq \"work\"].value eq \"ann@x\"", "ann"), ("emails.value eq \"both@x\" and active eq true", "ann"), ("emails.value eq \"none@x\"", ""),
                ("userName eq \"bob\" and active eq false", "bob"), ("userName eq \"bob\" and active eq true", ""), ("not (emails.value eq \"ann@x\")", "bob"),
            ])
            Assert.Equal(expected, string.Join(',', (await GetAsync("portal", $"/scim/v2/Users?filter={Uri.EscapeDataString(filter)}"))["Resources"]!.AsArray().Select(x => x!["userName"]!.ToString())));

        // Who changes the address is found by the new one alone.
        var ann = (await GetAsync("portal", "/scim/v2/Users?filter=userName eq \"ann\""))["Resources"]![0]!["id"];
        await SendAsync("portal", "PUT", $"/scim/v2/Users/{ann}", """{ "userName": "ann", "emails": [ { "value": "new@x" } ] }""", HttpStatusCode.OK);
        Assert.Equal(0, (await GetAsync("portal", "/scim/v2/Users?filter=emails.value eq \"ann@x\""))["totalResults"]!.GetValue<int>());
        Assert.Equal(1, (await GetAsync("portal", "/scim/v2/Users?filter=emails.value eq \"new@x\""))["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Should_go_with_the_last_registration()
    {
        var ann = await CreateAsync("portal", "ann", "");
        await CreateAsync("blog", "ann", "");
        var group = JsonNode.Parse(await SendAsync("blog", "POST", "/scim/v2/Groups", $$"""{ "displayName": "readers", "members": [ { "value": "{{ann}}" } ] }""", HttpStatusCode.Created))!["id"];
        await SendAsync("blog", "DELETE", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NoContent);
        await SendAsync("blog", "GET", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NotFound);
        Assert.Empty((await GetAsync("blog", $"/scim/v2/Groups/{group}"))["members"]!.AsArray());
        Assert.Equal("ann", (await GetAsync("portal", $"/scim/v2/Users/{ann}"))["userName"]!.ToString());
        await SendAsync("portal", "DELETE", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NoContent);
        Assert.Null(await _rig.Storage.Users.FindUserAsync(ann, CancellationToken.None));
    }

    [Fact]
    public async Task Should_not_be_moved_under_another_name_by_one_application_of_several()
    {
        var ann = await CreateAsync("portal", "u7", "");
        Assert.Equal(ann, await CreateAsync("blog", "u7", ""));
        await SendAsync("portal", "PATCH", $"/scim/v2/Users/{ann}", """{ "Operations": [ { "op": "replace", "path": "userName", "value": "ceo" } ] }""", HttpStatusCode.OK);
        Assert.NotEqual(ann, await CreateAsync("hr", "ceo", "\"roles\": [ { \"value\": \"finance\" } ]"));
        Assert.Equal(ann, await CreateAsync("hr", "u7", "\"active\": false"));
    }

    [Fact]
    public async Task Should_stay_apart_when_the_host_itself_says_something_of_two_of_one_name()
    {
        var (customer, employee) = (await CreateAsync("shop", "u5", ""), await CreateAsync("portal", "u5", ""));
        foreach (var id in (string[])[customer, employee])
            await SendAsync("resident", "PATCH", $"/scim/v2/Users/{id}", """{ "Operations": [ { "op": "replace", "path": "active", "value": false } ] }""", HttpStatusCode.OK);
        Assert.Equal(employee, await CreateAsync("blog", "u5", ""));

        // The name stays that of whoever gave it.
        await SendAsync("portal", "PATCH", $"/scim/v2/Users/{employee}", """{ "Operations": [ { "op": "replace", "path": "userName", "value": "u5new" } ] }""", HttpStatusCode.OK);
        Assert.Equal("u5new", (await GetAsync("portal", $"/scim/v2/Users/{employee}"))["userName"]!.ToString());
        Assert.Equal("", (await PersonAsync(employee)).RegistrationAt("resident")!.UserName);
    }

    [Fact]
    public async Task Should_keep_every_word_of_a_trusted_one_whoever_said_the_same_before()
    {
        const string Leave = """{ "Operations": [ { "op": "replace", "path": "active", "value": false } ] }""";
        var ann = await CreateAsync("portal", "ann", "\"active\": false, \"title\": \"Clerk\", \"name\": { \"givenName\": \"Evil\" }");
        await SendAsync("resident", "PATCH", $"/scim/v2/Users/{ann}", Leave, HttpStatusCode.OK);
        await SendAsync("portal", "PATCH", $"/scim/v2/Users/{ann}", Leave.Replace("false", "true", StringComparison.Ordinal), HttpStatusCode.OK);
        Assert.False((await GetAsync("resident", $"/scim/v2/Users/{ann}"))["active"]!.GetValue<bool>());

        // A value that others said, too, is its own word; what it did not say is none.
        Assert.Equal(ann, await CreateAsync("hr", "ann", "\"roles\": []"));
        await SendAsync("hr", "PATCH", $"/scim/v2/Users/{ann}", """{ "Operations": [ { "op": "replace", "path": "title", "value": "Clerk" }, { "op": "replace", "path": "name.familyName", "value": "Berg" } ] }""", HttpStatusCode.OK);
        await SendAsync("portal", "PATCH", $"/scim/v2/Users/{ann}", """{ "Operations": [ { "op": "replace", "path": "title", "value": "Boss" } ] }""", HttpStatusCode.OK);
        Assert.Equal("Clerk", (await GetAsync("hr", $"/scim/v2/Users/{ann}"))["title"]!.ToString());
        var said = (await PersonAsync(ann)).RegistrationAt("hr")!.Attributes;
        Assert.Equal(("""{"familyName":"Berg"}""", "[]"), (said["name"]!.ToJsonString(), said["roles"]!.ToJsonString()));
    }

    [Fact]
    public async Task Should_show_a_trusted_one_what_counts_and_find_its_own_numbers_first()
    {
        var ann = await CreateAsync("portal", "ann", "\"active\": false, \"externalId\": \"42\"");
        await CreateAsync("blog", "ann", "");
        await CreateAsync("hr", "ann", "\"externalId\": \"77\"");
        Assert.True((await GetAsync("hr", $"/scim/v2/Users/{ann}"))["active"]!.GetValue<bool>());
        var bob = await CreateAsync("hr", "bob", "\"externalId\": \"42\"");
        var found = await GetAsync("hr", "/scim/v2/Users?filter=externalId eq \"42\"");
        Assert.Equal(bob, Assert.Single(found["Resources"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task Should_stay_inactive_when_a_trusted_one_forgets_a_leaver()
    {
        var ann = await CreateAsync("portal", "ann", "");
        await CreateAsync("hr", "ann", "\"active\": false");
        await SendAsync("hr", "DELETE", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NoContent);
        Assert.False((await GetAsync("hr", $"/scim/v2/Users/{ann}"))["active"]!.GetValue<bool>());

        // Who is hired again is active again, and is the same person.
        Assert.Equal(ann, await CreateAsync("hr", "ann", ""));
        Assert.True((await GetAsync("hr", $"/scim/v2/Users/{ann}"))["active"]!.GetValue<bool>());
        await SendAsync("hr", "PATCH", $"/scim/v2/Users/{ann}", """{ "Operations": [ { "op": "replace", "path": "active", "value": false } ] }""", HttpStatusCode.OK);
        await SendAsync("hr", "DELETE", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NoContent);
        await SendAsync("portal", "DELETE", $"/scim/v2/Users/{ann}", "", HttpStatusCode.NoContent);
        Assert.Null(await _rig.Storage.Users.FindUserAsync(ann, CancellationToken.None));
    }

    private async Task<Provisioning.Core.Users.User> PersonAsync(string id) => (await _rig.Storage.Users.FindUserAsync(id, CancellationToken.None))!;

    private async Task<string> CreateAsync(string serviceProvider, string name, string more) => JsonNode.Parse(await SendAsync(
        serviceProvider, "POST", "/scim/v2/Users", $$"""{ "userName": "{{name}}"{{(more.Length == 0 ? "" : ", " + more)}} }""", HttpStatusCode.Created))!["id"]!.ToString();

    private async Task<JsonNode> GetAsync(string serviceProvider, string path)
    {
        using var client = _rig.Client(serviceProvider == "resident" ? _rig.ResidentToken : InboundRig.TokenOf(serviceProvider));
        return JsonNode.Parse(await client.GetStringAsync(path))!;
    }

    private async Task<string> SendAsync(string serviceProvider, string method, string path, string body, HttpStatusCode expected)
    {
        using var client = _rig.Client(serviceProvider == "resident" ? _rig.ResidentToken : InboundRig.TokenOf(serviceProvider));
        var (status, answer) = await InboundRig.SendAsync(client, method, path, Encoding.UTF8.GetBytes(body));
        Assert.True(status == expected, $"{method} {path} {body}: {status} {answer}");
        return answer;
    }
}
