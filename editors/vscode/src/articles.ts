/**
 * The articles of the page: a view in the explorer and a list to pick from. Both show the server's outline, for files
 * with and without Markdown marks.
 */
import * as vscode from 'vscode';
import { type DocumentSymbol, DocumentSymbolRequest } from 'vscode-languageclient/node';
import { SELECTOR, type Session } from './session';

/** Milliseconds without a keystroke before the view is read again; it is not looked at while somebody types. */
const PAUSE = 400;

interface Node {
  symbol: DocumentSymbol;
  uri: vscode.Uri;
  children: Node[];
  parent: Node | undefined;
}

export class Articles implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private readonly disposables: vscode.Disposable[];
  private roots: Node[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly session: Session) {
    this.view = vscode.window.createTreeView('articleLsp.articles', { treeDataProvider: this });
    this.disposables = [
      this.view,
      this.changed,
      session.onDidChangeState(() => this.later()),
      vscode.window.onDidChangeActiveTextEditor(() => this.later()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.later();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => void this.follow(textEditor)),
      this.view.onDidChangeVisibility(() => this.later()),
      vscode.commands.registerCommand('articleLsp.reveal', (node: Node) => this.reveal(node)),
    ];
    this.later();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  getChildren(node?: Node): Node[] {
    return node ? node.children : this.roots;
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { symbol, children } = node;
    const item = new vscode.TreeItem(
      symbol.name,
      children.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    item.description = String(symbol.selectionRange.start.line + 1);
    item.tooltip = symbol.detail ? `${symbol.name}\n${symbol.detail}` : symbol.name;
    item.command = { command: 'articleLsp.reveal', title: '', arguments: [node] };
    return item;
  }

  /** A list of the articles of the page to choose from. */
  async pick(): Promise<void> {
    await this.read();
    const items = flat(this.roots).map(({ node, depth }) => ({
      label: '\u2003'.repeat(depth) + node.symbol.name,
      description: node.symbol.detail ?? '',
      node,
    }));
    if (items.length === 0) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No articles were recognised on this page.'));
      return;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Articles of this page'),
      matchOnDescription: true,
    });
    if (chosen) await this.reveal(chosen.node);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.view.visible) void this.read();
    }, PAUSE);
  }

  private async read(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const { client } = this.session;
    if (!document || !client?.isRunning() || !vscode.languages.match(SELECTOR, document)) {
      this.roots = [];
    } else {
      const answer = await client
        .sendRequest(DocumentSymbolRequest.type, {
          textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
        })
        .catch(() => []);
      const symbols = (answer ?? []).filter((symbol): symbol is DocumentSymbol => 'selectionRange' in symbol);
      this.roots = nodes(symbols, document.uri, undefined);
    }
    this.view.message = this.roots.length === 0 ? vscode.l10n.t('No articles were recognised on this page.') : '';
    this.changed.fire();
  }

  /** Marks the article in which the cursor is. */
  private async follow(editor: vscode.TextEditor): Promise<void> {
    if (!this.view.visible || this.roots[0]?.uri.toString() !== editor.document.uri.toString()) return;
    const line = editor.selection.active.line;
    const around = flat(this.roots)
      .filter(({ node: { symbol } }) => symbol.range.start.line <= line && line <= symbol.range.end.line)
      .pop();
    // The tree may have been read again in between; then there is nothing to mark.
    if (around) await Promise.resolve(this.view.reveal(around.node, { select: true })).catch(() => undefined);
  }

  private async reveal(node: Node): Promise<void> {
    const { start, end } = node.symbol.selectionRange;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    await vscode.window.showTextDocument(node.uri, { selection });
  }
}

function nodes(symbols: DocumentSymbol[], uri: vscode.Uri, parent: Node | undefined): Node[] {
  return symbols.map((symbol) => {
    const node: Node = { symbol, uri, children: [], parent };
    node.children = nodes(symbol.children ?? [], uri, node);
    return node;
  });
}

function flat(list: Node[], depth = 0): { node: Node; depth: number }[] {
  return list.flatMap((node) => [{ node, depth }, ...flat(node.children, depth + 1)]);
}
