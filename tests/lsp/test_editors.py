"""A session as an editor has it: open, edit, findings, symbols, hover, repairs, in each position encoding.

The client is pytest-lsp's. It checks every answer against the specification's types, and that the server does not
go beyond what the editor said that it can (`pytest.ini` makes an error of it).
"""

import os

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

URI = "file:///pages/one.md"
TITLE = "临河区图书馆延长开放时间"
NEWS = (
    "本报讯 临河区总工会昨日宣布，从下周起职工书屋每天延长开放两个小时，方便下班的职工来借书还书，深受大家欢迎。"
)
FACTS = "区总工会有关负责人介绍，今年以来全区已新建职工书屋二十家，覆盖十二个街道，藏书超过三万册。"
PAGE = f"# {TITLE}\n\n{NEWS}\n\n{FACTS}\n\n{NEWS}\n"

EDITORS = ["visual_studio_code", "neovim", "emacs"]
ENCODINGS = {
    t.PositionEncodingKind.Utf8: lambda text: len(text.encode()),
    t.PositionEncodingKind.Utf16: lambda text: len(text.encode("utf-16-le")) // 2,
    t.PositionEncodingKind.Utf32: len,
}


@pytest_lsp.fixture(
    params=[(editor, encoding) for editor in EDITORS for encoding in ENCODINGS],
    ids=lambda param: f"{param[0]}-{param[1].value}",
    config=ClientServerConfig(server_command=[os.environ["ARTICLE_LSP_BIN"], "serve", "--stdio"]),
)
async def client(request, lsp_client: LanguageClient):
    editor, encoding = request.param
    registered = []

    @lsp_client.feature(t.CLIENT_REGISTER_CAPABILITY)
    def register(params: t.RegistrationParams):
        # pytest-lsp says for its editors that they register, and leaves it to the test.
        registered.extend(registration.method for registration in params.registrations)

    capabilities = client_capabilities(editor)
    capabilities.general = capabilities.general or t.GeneralClientCapabilities()
    capabilities.general.position_encodings = [encoding]
    result = await lsp_client.initialize_session(
        t.InitializeParams(capabilities=capabilities, root_uri="file:///pages")
    )
    lsp_client.result = result
    lsp_client.pulls = bool(result.capabilities.diagnostic_provider)
    lsp_client.measure = ENCODINGS[encoding]
    assert (result.capabilities.position_encoding or t.PositionEncodingKind.Utf16) == encoding
    yield
    await lsp_client.shutdown_session()


def opened(client, text=PAGE):
    item = t.TextDocumentItem(uri=URI, language_id="markdown", version=1, text=text)
    client.text_document_did_open(t.DidOpenTextDocumentParams(item))


async def findings(client):
    """The findings of the newest version, as this editor gets them."""
    if client.pulls:
        params = t.DocumentDiagnosticParams(t.TextDocumentIdentifier(URI))
        return (await client.text_document_diagnostic_async(params)).items
    await client.wait_for_notification(t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[URI]


def changed(client, version, line, before, inserted):
    """Types `inserted` behind `before` on a line."""
    at = t.Position(line, client.measure(before))
    change = t.TextDocumentContentChangePartial(text=inserted, range=t.Range(at, at))
    client.text_document_did_change(
        t.DidChangeTextDocumentParams(t.VersionedTextDocumentIdentifier(version=version, uri=URI), [change])
    )


@pytest.mark.asyncio
async def test_findings_follow_the_text(client: LanguageClient):
    opened(client)
    (copy,) = await findings(client)
    assert (copy.code, copy.source, copy.range.start.line) == ("duplicate-paragraph", "article-lsp", 6)
    assert copy.range.end.character == client.measure(NEWS)
    half = len(NEWS) // 2
    changed(client, 2, 6, NEWS[:half], "𠮷")
    (copy,) = await findings(client)
    assert copy.range.end.character == client.measure(NEWS + "𠮷")


@pytest.mark.asyncio
async def test_outline(client: LanguageClient):
    opened(client)
    symbols = await client.text_document_document_symbol_async(
        t.DocumentSymbolParams(t.TextDocumentIdentifier(URI))
    )
    assert [symbol.name for symbol in symbols] == [TITLE]


@pytest.mark.asyncio
async def test_hover_and_definition_of_an_organisation(client: LanguageClient):
    opened(client)
    short_name = t.Position(4, client.measure("区"))
    document = t.TextDocumentIdentifier(URI)
    hover = await client.text_document_hover_async(t.HoverParams(document, short_name))
    assert "临河区总工会" in hover.contents.value
    definition = await client.text_document_definition_async(t.DefinitionParams(document, short_name))
    assert definition.range.start == t.Position(2, client.measure("本报讯 "))


@pytest.mark.asyncio
async def test_the_repair_deletes_the_copy(client: LanguageClient):
    opened(client)
    found = await findings(client)
    params = t.CodeActionParams(
        t.TextDocumentIdentifier(URI), found[0].range, t.CodeActionContext(diagnostics=found)
    )
    actions = await client.text_document_code_action_async(params)
    repair = next(action for action in actions if action.title.startswith("Delete"))
    changes = repair.edit.document_changes[0].edits if repair.edit.document_changes else repair.edit.changes[URI]
    (edit,) = changes
    assert edit.new_text == ""
    assert edit.range.start == t.Position(4, client.measure(FACTS))
    assert edit.range.end == t.Position(6, client.measure(NEWS))


@pytest.mark.asyncio
async def test_every_feature_that_is_offered_answers(client: LanguageClient):
    opened(client)
    offered = client.result.capabilities
    document = t.TextDocumentIdentifier(URI)
    name = t.Position(2, client.measure("本报讯 临"))
    whole = t.Range(t.Position(0, 0), t.Position(7, 0))
    options = t.FormattingOptions(tab_size=4, insert_spaces=True)
    assert await client.text_document_references_async(
        t.ReferenceParams(context=t.ReferenceContext(include_declaration=True), text_document=document, position=name)
    )
    assert await client.text_document_document_highlight_async(t.DocumentHighlightParams(document, name))
    assert await client.text_document_rename_async(
        t.RenameParams(text_document=document, position=name, new_name="临河总工会")
    )
    if getattr(offered.rename_provider, "prepare_provider", False):
        assert await client.text_document_prepare_rename_async(t.PrepareRenameParams(document, name))
    await client.text_document_completion_async(t.CompletionParams(document, name))
    await client.text_document_document_link_async(t.DocumentLinkParams(document))
    await client.text_document_formatting_async(t.DocumentFormattingParams(document, options))
    await client.text_document_range_formatting_async(t.DocumentRangeFormattingParams(document, whole, options))
    await client.workspace_symbol_async(t.WorkspaceSymbolParams("临河"))
    if offered.folding_range_provider:
        assert await client.text_document_folding_range_async(t.FoldingRangeParams(document))
    if offered.selection_range_provider:
        assert await client.text_document_selection_range_async(t.SelectionRangeParams(document, [name]))
    if offered.semantic_tokens_provider:
        tokens = await client.text_document_semantic_tokens_full_async(t.SemanticTokensParams(document))
        assert tokens.data
    if offered.code_lens_provider:
        assert await client.text_document_code_lens_async(t.CodeLensParams(document))
    if offered.inlay_hint_provider:
        await client.text_document_inlay_hint_async(t.InlayHintParams(document, whole))
