//! Features, each once through the whole server.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, file_uri, is_publish};

const URI: &str = "file:///稿/一版.md";

const TITLE: &str = "临河区图书馆延长开放时间";
const NEWS: &str =
    "本报讯 临河区总工会昨日宣布，从下周起职工书屋每天延长开放两个小时，方便下班的职工来借书还书，深受大家欢迎。";
const FACTS: &str = "区总工会有关负责人介绍，今年以来全区已新建职工书屋二十家，覆盖十二个街道，藏书超过三万册。";

/// A page with a paragraph that comes twice.
fn page() -> String {
    format!("# {TITLE}\n\n{NEWS}\n\n{FACTS}\n\n{NEWS}\n")
}

fn all_capabilities() -> Value {
    let mut all = capabilities();
    for feature in ["foldingRange", "selectionRange", "inlayHint", "codeLens"] {
        all["textDocument"][feature] = json!({});
    }
    all["textDocument"]["rename"] = json!({"prepareSupport": true});
    all["textDocument"]["semanticTokens"] =
        json!({"requests": {"full": true}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]});
    all
}

fn opened(capabilities: &Value) -> Client {
    let mut client = Client::initialized(capabilities);
    client.open(URI, &page());
    client
}

fn document() -> Value {
    json!({"uri": URI})
}

fn at(line: u64, character: u64) -> Value {
    json!({"textDocument": document(), "position": {"line": line, "character": character}})
}

/// The text after these edits, which come in any order and do not overlap. Positions count UTF-16, and the texts of
/// these tests have no character outside the basic plane.
fn apply(text: &str, edits: &Value) -> String {
    let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |position: &Value| {
        let number = |key: &str| usize::try_from(position[key].as_u64().expect("a number")).expect("small");
        let start = lines[number("line")];
        start + text[start..].char_indices().nth(number("character")).map_or(text.len() - start, |(at, _)| at)
    };
    let mut spans: Vec<_> = edits.as_array().expect("edits").iter().collect();
    spans.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut result = text.to_owned();
    for edit in spans {
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        result.replace_range(start..end, edit["newText"].as_str().expect("a text"));
    }
    result
}

#[test]
fn findings_are_pushed_with_version_links_and_the_other_place() {
    let mut client = opened(&capabilities());
    let found = client.published(URI, 1);
    let copy = found.iter().find(|d| d["code"] == "duplicate-paragraph").expect("the copy");
    assert_eq!(copy["range"]["start"], json!({"line": 6, "character": 0}));
    assert_eq!(copy["source"], "article-lsp");
    assert!(copy["codeDescription"]["href"].as_str().expect("a link").ends_with("duplicate_paragraph.rs"));
    let related = &copy["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], URI, "in the client's own spelling");
    assert_eq!(related["range"]["start"]["line"], 2);
}

#[test]
fn a_simple_client_gets_findings_without_what_it_cannot_show() {
    let mut client = opened(&json!({}));
    for finding in client.published(URI, 1) {
        for member in ["relatedInformation", "codeDescription", "tags"] {
            assert!(finding.get(member).is_none(), "{finding}");
        }
    }
    let symbols = client.result("textDocument/documentSymbol", &json!({"textDocument": document()}));
    assert_eq!(symbols[0]["location"]["uri"], URI, "a flat list");
    let params =
        json!({"textDocument": document(), "range": symbols[0]["location"]["range"], "context": {"diagnostics": []}});
    assert_eq!(client.result("textDocument/codeAction", &params), json!([]));
}

#[test]
fn a_client_that_pulls_is_not_pushed_to() {
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let mut client = opened(&capabilities);
    let pull = |client: &mut Client, previous: &Value| {
        client.result("textDocument/diagnostic", &json!({"textDocument": document(), "previousResultId": previous}))
    };
    let first = pull(&mut client, &Value::Null);
    assert_eq!(first["kind"], "full");
    assert!(!first["items"].as_array().expect("items").is_empty());
    let again = pull(&mut client, &first["resultId"]);
    assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    client.change(URI, 2, &json!([{"text": ""}]));
    assert_eq!(pull(&mut client, &first["resultId"])["items"], json!([]));
    assert!(client.wait_for(std::time::Duration::ZERO, &|m| is_publish(m, URI)).is_none());
}

#[test]
fn actions_repair_lead_and_allow() {
    let mut client = opened(&capabilities());
    let found = client.published(URI, 1);
    let params = json!({"textDocument": document(), "range": found[0]["range"], "context": {"diagnostics": found}});
    let actions = client.result("textDocument/codeAction", &params);
    let by_title = |title: &str| {
        let fits = |action: &&Value| action["title"].as_str().is_some_and(|t| t.starts_with(title));
        actions.as_array().expect("actions").iter().find(fits).unwrap_or_else(|| panic!("{title}: {actions}")).clone()
    };
    let delete = by_title("Delete");
    let changes = &delete["edit"]["documentChanges"][0];
    assert_eq!(changes["textDocument"], json!({"uri": URI, "version": 1}));
    assert_eq!(apply(&page(), &changes["edits"]), format!("# {TITLE}\n\n{NEWS}\n\n{FACTS}\n"));

    let go = &by_title("Go to")["command"];
    client.result("workspace/executeCommand", &json!({"command": go["command"], "arguments": go["arguments"]}));
    let show = client.wait(|m| m["method"] == "window/showDocument");
    assert_eq!(show["params"]["uri"], URI);
    assert_eq!(show["params"]["selection"]["start"]["line"], 2);
    client.send(&json!({"jsonrpc": "2.0", "id": show["id"], "result": {"success": true}}));

    let allow = by_title("Ignore `duplicate-paragraph` here");
    let allowed = apply(&page(), &allow["edit"]["documentChanges"][0]["edits"]);
    client.change(URI, 2, &json!([{"text": allowed}]));
    assert_eq!(client.published(URI, 2), Vec::<Value>::new());
}

#[test]
fn names_lead_from_one_to_the_other() {
    let mut client = opened(&all_capabilities());
    let hover = client.result("textDocument/hover", &at(4, 1));
    assert!(hover["contents"]["value"].as_str().expect("a text").contains("临河区总工会"), "{hover}");
    let definition = client.result("textDocument/definition", &at(4, 1));
    assert_eq!((&definition["uri"], &definition["range"]["start"]["line"]), (&json!(URI), &json!(2)));
    let mut params = at(4, 1);
    params["context"] = json!({"includeDeclaration": true});
    assert_eq!(client.result("textDocument/references", &params).as_array().expect("places").len(), 3);
    params["context"] = json!({"includeDeclaration": false});
    assert_eq!(client.result("textDocument/references", &params).as_array().expect("places").len(), 2);
    assert_eq!(client.result("textDocument/documentHighlight", &at(4, 1)).as_array().expect("places").len(), 3);
    let prepared = client.result("textDocument/prepareRename", &at(2, 5));
    assert_eq!(prepared["placeholder"], "临河区总工会");
    let mut params = at(2, 5);
    params["newName"] = json!("临河总工会");
    let edit = client.result("textDocument/rename", &params);
    let renamed = apply(&page(), &edit["documentChanges"][0]["edits"]);
    assert_eq!(renamed, page().replace("临河区总工会", "临河总工会"));
    params["newName"] = json!(" ");
    assert_eq!(client.request("textDocument/rename", &params)["error"]["code"], -32602);
    assert_eq!(client.result("textDocument/prepareRename", &at(1, 0)), Value::Null);
}

#[test]
fn the_beginning_of_a_name_is_completed() {
    let mut client = opened(&all_capabilities());
    client.change(URI, 2, &json!([crate::client::insert(7, 0, "日前，区总")]));
    let list = client.result("textDocument/completion", &at(7, 5));
    let item = &list["items"][0];
    assert_eq!(item["label"], "区总工会", "{list}");
    assert_eq!(item["textEdit"]["range"]["start"], json!({"line": 7, "character": 3}));
}

#[test]
fn the_page_folds_selects_and_has_colours() {
    let mut client = opened(&all_capabilities());
    let document = json!({"textDocument": document()});
    let folds = client.result("textDocument/foldingRange", &document);
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(0), &json!(6)));
    let mut params = document.clone();
    params["positions"] = json!([{"line": 4, "character": 20}]);
    let mut selection = &client.result("textDocument/selectionRange", &params)[0];
    let mut sizes = Vec::new();
    while !selection.is_null() {
        sizes.push(
            selection["range"]["end"]["line"].as_u64().expect("a line")
                - selection["range"]["start"]["line"].as_u64().expect("a line"),
        );
        selection = &selection["parent"];
    }
    assert!(sizes.len() >= 3 && sizes.is_sorted(), "{sizes:?}");
    let tokens = client.result("textDocument/semanticTokens/full", &document);
    let data = tokens["data"].as_array().expect("numbers");
    assert!(!data.is_empty() && data.len().is_multiple_of(5));
    let symbols = client.result("workspace/symbol", &json!({"query": "临河图书"}));
    assert_eq!(symbols[0]["name"], TITLE, "{symbols}");
    let lenses = client.result("textDocument/codeLens", &document);
    assert_eq!(lenses.as_array().expect("lenses").len(), 2, "{lenses}");
}

#[test]
fn formatting_changes_white_space_only() {
    let mut client = Client::initialized(&capabilities());
    let source = format!("# {TITLE}\n{NEWS}　\n\n\n\n{FACTS}  ");
    client.open(URI, &source);
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let edits = client.result("textDocument/formatting", &json!({"textDocument": document(), "options": options}));
    assert_eq!(apply(&source, &edits), format!("# {TITLE}\n\n{NEWS}\n\n{FACTS}\n"));
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}});
    let params = json!({"textDocument": document(), "options": options, "range": range});
    let edits = client.result("textDocument/rangeFormatting", &params);
    assert_eq!(apply(&source, &edits), format!("# {TITLE}\n\n{NEWS}　\n\n\n\n{FACTS}  "));
}

#[test]
fn a_name_over_a_line_break_is_coloured_up_to_it() {
    let row = "区总工会有关负责人介绍，今年以来全区已新建职工书屋二十家，覆盖十二个街道，藏书超过三万册，|甲|";
    let (mut client, _) = Client::initialized_with(&json!({"capabilities": all_capabilities()}));
    client.open(URI, &format!("\n{row}\n|{row}\n|-|\n甲-|\n"));
    let tokens = client.result("textDocument/semanticTokens/full", &json!({"textDocument": document()}));
    let lengths = tokens["data"].as_array().expect("tokens").iter().skip(2).step_by(5);
    assert!(lengths.clone().count() > 0 && lengths.clone().all(|n| n.as_u64() <= Some(60)), "{tokens}");
}

#[test]
fn what_a_client_cannot_use_is_not_offered() {
    let (_, bare) = Client::initialized_with(&json!({"capabilities": {}}));
    let (_, full) = Client::initialized_with(&json!({"capabilities": all_capabilities()}));
    for feature in ["foldingRange", "selectionRange", "inlayHint", "codeLens", "semanticTokens"] {
        let provider = format!("{feature}Provider");
        assert!(bare["capabilities"].get(&provider).is_none(), "{provider}");
        assert!(full["capabilities"].get(&provider).is_some(), "{provider}");
    }
    assert_eq!(bare["capabilities"]["renameProvider"], true);
    assert_eq!(full["capabilities"]["renameProvider"]["prepareProvider"], true);
}

#[test]
fn settings_are_pulled_and_pushed() {
    let off = json!({"rules": {"duplicate-paragraph": "off"}});
    let mut client = opened(&capabilities());
    assert!(!client.published(URI, 1).is_empty());
    client.notify("workspace/didChangeConfiguration", &json!({"settings": {"article-lsp": off}}));
    assert_eq!(client.published(URI, 1), Vec::<Value>::new());

    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::initialized(&capabilities);
    let register = client.wait(|m| m["method"] == "client/registerCapability");
    let watched =
        json!([{"globPattern": "**/*.toml"}, {"globPattern": "**/*.csv"}, {"globPattern": "**/.article-lsp-ignore"}]);
    let options = &register["params"]["registrations"][0]["registerOptions"];
    assert_eq!(options["watchers"], watched);
    let ask = client.wait(|m| m["method"] == "workspace/configuration");
    assert_eq!(ask["params"]["items"], json!([{"section": "article-lsp"}]));
    client.open(URI, &page());
    assert!(!client.published(URI, 1).is_empty());
    client.send(&json!({"jsonrpc": "2.0", "id": ask["id"], "result": [off]}));
    assert_eq!(client.published(URI, 1), Vec::<Value>::new());
}

#[test]
fn messages_are_in_the_clients_language() {
    let (mut client, _) = Client::initialized_with(&json!({"capabilities": {}, "locale": "zh-cn"}));
    client.open(URI, &page());
    let found = client.published(URI, 1);
    assert!(found[0]["message"].as_str().expect("a text").contains('段'), "{found:?}");
}

#[test]
fn the_configuration_file_counts_and_is_watched() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("article-lsp.toml");
    std::fs::write(&config, "[rules]\nduplicate-paragraph = \"off\"\n").expect("writes");
    let uri = file_uri(&folder.path().join("a.md"));
    let mut client = Client::initialized(&capabilities());
    client.open(&uri, &page());
    assert_eq!(client.published(&uri, 1), Vec::<Value>::new());
    std::fs::write(&config, "").expect("writes");
    let changed = json!({"changes": [{"uri": file_uri(&config), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert!(!client.published(&uri, 1).is_empty());
}

#[test]
fn a_dictionary_that_changed_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("article-lsp.toml"), "organisations = ['orgs.toml']\n").expect("writes");
    let dictionary = folder.path().join("orgs.toml");
    std::fs::write(&dictionary, "").expect("writes");
    let uri = file_uri(&folder.path().join("a.md"));
    let mut capabilities = capabilities();
    capabilities["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let mut client = Client::initialized(&capabilities);
    client.open(&uri, "入冬以后，老河湾豆腐坊每天凌晨四点开门，磨出头一锅豆浆，来买豆腐的多是街坊。\n");
    let at = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 6}});
    assert_eq!(client.result("textDocument/documentHighlight", &at), json!([]));
    std::fs::write(&dictionary, "[[organisation]]\nname = '老河湾豆腐坊'\n").expect("writes");
    let changed = json!({"changes": [{"uri": file_uri(&dictionary), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    settle(&mut client);
    let highlights = client.result("textDocument/documentHighlight", &at);
    assert_eq!(highlights.as_array().map(Vec::len), Some(1), "{highlights}");
}

#[test]
fn the_workspace_is_reported_in_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..40 {
        std::fs::write(folder.path().join(format!("报 {n}.md")), page()).expect("writes");
    }
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let root = file_uri(folder.path());
    let folders = json!([{"uri": root, "name": "报"}]);
    let (mut client, _) = Client::initialized_with(&json!({"capabilities": capabilities, "workspaceFolders": folders}));
    let whole = client.result("workspace/diagnostic", &json!({"previousResultIds": []}));
    let items = whole["items"].as_array().expect("items");
    assert_eq!(items.len(), 40);
    assert!(items.iter().all(|item| item["kind"] == "full" && item["items"][0]["code"] == "duplicate-paragraph"));

    let tokens = json!({"previousResultIds": [], "partialResultToken": "part", "workDoneToken": "work"});
    assert_eq!(client.result("workspace/diagnostic", &tokens)["items"], json!([]));
    let mut parts = 0;
    let mut kinds = Vec::new();
    while let Some(progress) = client.wait_for(std::time::Duration::ZERO, &|m| m["method"] == "$/progress") {
        match progress["params"]["token"].as_str() {
            Some("part") => parts += progress["params"]["value"]["items"].as_array().expect("items").len(),
            _ => kinds.push(progress["params"]["value"]["kind"].as_str().expect("a kind").to_owned()),
        }
    }
    assert_eq!((parts, kinds), (40, ["begin", "report", "end"].map(str::to_owned).to_vec()));

    let known: Vec<_> = items.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect();
    let again = client.result("workspace/diagnostic", &json!({"previousResultIds": known}));
    assert!(again["items"].as_array().expect("items").iter().all(|item| item["kind"] == "unchanged"));
}

#[test]
fn a_comment_about_the_encoding_is_judged_where_the_encoding_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "<!-- article-lsp allow-file not-utf8 -->\n\n\
        入冬以后，镇上的豆腐坊每天凌晨四点开门，老板娘挑来后山的泉水，磨出头一锅豆浆。\n";
    std::fs::write(folder.path().join("国标.md"), encoding_rs::GB18030.encode(text).0).expect("writes");
    std::fs::write(folder.path().join("通用.md"), text).expect("writes");
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let root = file_uri(folder.path());
    let folders = json!([{"uri": root, "name": "报"}]);
    let (mut client, _) = Client::initialized_with(&json!({"capabilities": capabilities, "workspaceFolders": folders}));
    let mut n_findings = || {
        let all = client.result("workspace/diagnostic", &json!({"previousResultIds": []}));
        let items = all["items"].as_array().expect("items").iter();
        items.map(|item| item["items"].as_array().expect("findings").len()).collect::<Vec<_>>()
    };
    assert_eq!(n_findings(), [0, 1]);
    let uri = file_uri(&folder.path().join("通用.md"));
    client.open(&uri, text);
    let report = client.result("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(report["items"], json!([]), "the client may have decoded anything");
}

/// Waits until the server has taken up new settings, which takes no part in the order of requests.
fn settle(client: &mut Client) {
    let ask = client.wait(|m| m["method"] == "workspace/inlayHint/refresh");
    client.send(&json!({"jsonrpc": "2.0", "id": ask["id"], "result": null}));
}

/// A client that asks for the findings of a folder, and the folder with a page in it.
fn of_a_folder() -> (Client, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.md"), page()).expect("writes");
    let mut all =
        json!({"capabilities": capabilities(), "workspaceFolders": [{"uri": file_uri(folder.path()), "name": "报"}]});
    all["capabilities"]["textDocument"]["diagnostic"] = json!({});
    all["capabilities"]["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    (Client::initialized_with(&all).0, folder)
}

#[test]
fn findings_of_closed_files_change_their_language() {
    let (mut client, _folder) = of_a_folder();
    let mut message = |lang| {
        client.notify("workspace/didChangeConfiguration", &json!({"settings": {"article-lsp": {"lang": lang}}}));
        settle(&mut client);
        let all = client.result("workspace/diagnostic", &json!({"previousResultIds": []}));
        all["items"][0]["items"][0]["message"].as_str().expect("a text").to_owned()
    };
    assert!(message("en").is_ascii());
    assert!(message("zh").contains('段'));
}

#[test]
fn a_file_that_is_gone_is_reported_empty_once() {
    let (mut client, folder) = of_a_folder();
    let all = client.result("workspace/diagnostic", &json!({"previousResultIds": []}));
    let known = json!([{"uri": all["items"][0]["uri"], "value": all["items"][0]["resultId"]}]);
    std::fs::remove_file(folder.path().join("a.md")).expect("there");
    let after = client.result("workspace/diagnostic", &json!({"previousResultIds": known}));
    let gone = json!([{"kind": "full", "uri": known[0]["uri"], "version": null, "items": []}]);
    assert_eq!(after["items"], gone);

    // Where the configuration is wrong nothing is known of what is there.
    std::fs::write(folder.path().join("a.md"), page()).expect("writes");
    std::fs::write(folder.path().join("article-lsp.toml"), "exclude = 1").expect("writes");
    client.notify("workspace/didChangeWatchedFiles", &json!({"changes": []}));
    settle(&mut client);
    let wrong = client.result("workspace/diagnostic", &json!({"previousResultIds": known}));
    assert_eq!(wrong["items"], json!([]));
}
