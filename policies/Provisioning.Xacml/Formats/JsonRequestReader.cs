using System.Text.Json;

namespace Provisioning.Xacml;

/// <summary>Reads a request of the JSON profile 1.1, in one go and without a document tree. Members may come in any order, none twice.</summary>
internal ref struct JsonRequestReader(ReadOnlySpan<byte> utf8, RequestAssembler assembler)
{
    private readonly ReadOnlySpan<byte> _document = utf8;
    private Utf8JsonReader _json = new(utf8, new JsonReaderOptions { MaxDepth = assembler.Limits.Depth });
    private List<string>? _seen;
    private int _categories;

    public XacmlRequestContext Read()
    {
        _json.Read();
        _json.Require(JsonTokenType.StartObject, "the document");
        XacmlRequestContext? request = null;
        while (_json.NextMember())
        {
            if (!_json.ValueTextEquals("Request"u8)) throw _json.Unknown("the document");
            if (request is not null) throw JsonReading.Twice("Request");
            _json.Read();
            request = ReadRequest();
        }

        // Nothing may stand behind the document.
        _json.Read();
        return request ?? throw new XacmlSyntaxException("the document lacks Request");
    }

    private XacmlRequestContext ReadRequest()
    {
        _json.Require(JsonTokenType.StartObject, "Request");
        bool? policies = null, combined = null;
        string? version = null;
        while (_json.NextMember())
        {
            var name = _json.Utf8Text();
            if (name.SequenceEqual("Category"u8)) ReadCategories(null);
            else if (name.SequenceEqual("ReturnPolicyIdList"u8)) _json.ReadFlag("ReturnPolicyIdList", ref policies);
            else if (name.SequenceEqual("CombinedDecision"u8)) _json.ReadFlag("CombinedDecision", ref combined);
            else if (name.SequenceEqual("XPathVersion"u8)) _json.ReadText("XPathVersion", ref version);
            else if (name.SequenceEqual("MultiRequests"u8)) ReadMultiRequests();
            else if (JsonCategories.Find(name) is { } category) ReadCategories(category);
            else throw _json.Unknown("Request");
        }

        if (version is not null && !XPathVersions.IsKnown(version)) throw new XacmlSyntaxException(XPathVersions.Unknown(version));
        if (_categories == 0) throw new XacmlSyntaxException("the request has no categories");
        return assembler.Build(policies ?? false, combined ?? false);
    }

    private void ReadCategories(string? shorthand)
    {
        Once(shorthand ?? "Category");
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            while (_json.NextItem()) ReadCategory(shorthand);
        }
        else
        {
            ReadCategory(shorthand);
        }
    }

    private void ReadCategory(string? shorthand)
    {
        _json.Require(JsonTokenType.StartObject, "a category");
        string? category = null, id = null, content = null;
        var hasAttributes = false;
        while (_json.NextMember())
        {
            var name = _json.Utf8Text();
            if (name.SequenceEqual("Attribute"u8)) ReadAttributes(ref hasAttributes);
            else if (name.SequenceEqual("CategoryId"u8)) ReadCategoryId(ref category);
            else if (name.SequenceEqual("Id"u8)) _json.ReadText("Id", ref id);
            else if (name.SequenceEqual("Content"u8)) _json.ReadText("Content", ref content);
            else throw _json.Unknown("a category");
        }

        if (content is not null) assembler.SetContent(XacmlContent.Parse(content, assembler.Limits));
        if (shorthand is not null && category is not null && category != shorthand)
            throw new XacmlSyntaxException($"CategoryId '{category}' contradicts its place");
        assembler.EndCategory(category ?? shorthand ?? throw new XacmlSyntaxException("a category lacks CategoryId"), id);
        _categories++;
    }

    private void ReadCategoryId(ref string? category)
    {
        ReadOnlySpan<byte> name = default;
        var isThere = category is not null;
        _json.ReadUtf8("CategoryId", ref name, ref isThere);
        category = JsonCategories.Find(name) ?? assembler.Vocabulary.Category(name);
    }

    private void ReadAttributes(ref bool isThere)
    {
        if (isThere) throw JsonReading.Twice("Attribute");
        isThere = true;
        _json.Read();
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            while (_json.NextItem()) JsonAttribute.Read(ref _json, _document, assembler);
        }
        else
        {
            JsonAttribute.Read(ref _json, _document, assembler);
        }
    }

    private void ReadMultiRequests()
    {
        Once("MultiRequests");
        _json.Read();
        _json.Require(JsonTokenType.StartObject, "MultiRequests");
        while (_json.NextMember())
        {
            if (!_json.ValueTextEquals("RequestReference"u8)) throw _json.Unknown("MultiRequests");
            Once("RequestReference");
            _json.Read();
            _json.Require(JsonTokenType.StartArray, "RequestReference");
            while (_json.NextItem()) ReadReference();
        }

        if (!assembler.HasReferences) throw new XacmlSyntaxException("MultiRequests has no RequestReference");
    }

    private void ReadReference()
    {
        _json.Require(JsonTokenType.StartObject, "a request reference");
        List<string>? ids = null;
        while (_json.NextMember())
        {
            if (!_json.ValueTextEquals("ReferenceId"u8)) throw _json.Unknown("a request reference");
            if (ids is not null) throw JsonReading.Twice("ReferenceId");
            _json.Read();
            _json.Require(JsonTokenType.StartArray, "ReferenceId");
            ids = [];
            while (_json.NextItem())
            {
                _json.Require(JsonTokenType.String, "a reference id");
                ids.Add(_json.GetString()!);
            }
        }

        if (ids is null || ids.Count == 0) throw new XacmlSyntaxException("a request reference lacks ReferenceId");
        assembler.AddReference(ids);
    }

    private void Once(string member)
    {
        _seen ??= [];
        if (_seen.Contains(member)) throw JsonReading.Twice(member);
        _seen.Add(member);
    }
}
