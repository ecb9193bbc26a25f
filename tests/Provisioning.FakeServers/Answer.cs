using System.Text.Json.Nodes;

namespace Provisioning.FakeServers;

/// <summary>What a fake server says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The content, or null for none.</param>
/// <param name="Headers">Further headers.</param>
public sealed record Answer(int Status, JsonNode? Body = null, params (string Name, string Value)[] Headers);
