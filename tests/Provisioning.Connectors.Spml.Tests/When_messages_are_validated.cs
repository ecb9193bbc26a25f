using System.Xml.Linq;
using static Provisioning.Connectors.Spml.SpmlNames;

namespace Provisioning.Connectors.Spml.Tests;

/// <summary>The validation that all other tests lean on refuses what it should.</summary>
public sealed class When_messages_are_validated
{
    [Fact]
    public void Should_accept_a_good_request() => Assert.Empty(StrictSchemas.Problems(Lookup("r-1")));

    [Theory]
    [InlineData("6fa459ea-ee8a-3ca4-894e-db77e160355e")]
    [InlineData("0")]
    [InlineData("a b")]
    public void Should_refuse_a_requestID_that_is_no_ID(string id) => Assert.NotEmpty(StrictSchemas.Problems(Lookup(id)));

    [Fact]
    public void Should_refuse_elements_of_the_wrong_namespace()
    {
        var suspend = new XElement(Suspend + "suspendRequest", new XElement(Core + "psoID", new XAttribute("ID", "1")));
        Assert.NotEmpty(StrictSchemas.Problems(suspend));
    }

    [Fact]
    public void Should_refuse_what_is_no_message() => Assert.NotEmpty(StrictSchemas.Problems(new XElement(Core + "psoID")));

    [Fact]
    public void Should_look_into_the_data()
    {
        var unnamed = new XElement(Core + "addRequest", new XElement(Core + "data", new XElement(Dsml + "attr")));
        Assert.NotEmpty(StrictSchemas.Problems(unnamed));
        var person = new XElement(Core + "addRequest", new XElement(Core + "data", new XElement(XNamespace.Get("urn:ex:user") + "Person")));
        Assert.NotEmpty(StrictSchemas.Problems(person));
    }

    [Fact]
    public void Should_look_into_batches_and_responses()
    {
        Assert.NotEmpty(StrictSchemas.Problems(new XElement(Batch + "batchRequest", Lookup("1"))));
        var part = new XElement(Core + "lookupResponse");
        Assert.NotEmpty(StrictSchemas.Problems(new XElement(Batch + "batchResponse", new XAttribute("status", "success"), part)));
    }

    private static XElement Lookup(string id) => new(
        Core + "lookupRequest", new XAttribute("requestID", id), new XElement(Core + "psoID", new XAttribute("ID", "1")));
}
