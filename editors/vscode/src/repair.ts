/**
 * “Repair this page”: what the safe repairs would make of the page is shown as a difference before it is done.
 */
import * as vscode from 'vscode';
import { CodeActionRequest, CodeActionTriggerKind, type TextEdit } from 'vscode-languageclient/node';
import type { Session } from './session';

const FIX_ALL = 'source.fixAll.article-lsp';
const SCHEME = 'article-lsp-repaired';

/** The repaired text, as a document that can be compared with the page and not edited. */
export class RepairPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** The address under which `text` can be shown as what `page` becomes. */
  of(page: vscode.Uri, text: string): vscode.Uri {
    const uri = page.with({ scheme: SCHEME, query: page.toString() });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

export async function repairPage(session: Session, preview: RepairPreview): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !session.client) return;
  const { uri, version } = document;
  const edits = await safeRepairs(session, document);
  if (edits.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is nothing on this page that is safe to repair.'));
    return;
  }

  const repaired = preview.of(uri, applied(document, edits));
  const name = uri.path.split('/').pop() ?? '';
  await vscode.commands.executeCommand('vscode.diff', uri, repaired, vscode.l10n.t('{0}: repairs', name), {
    preview: true,
  });
  const [apply, cancel] = [vscode.l10n.t('Repair'), vscode.l10n.t('Leave it')];
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Repair {0}? {1} changes, all of them safe.', name, edits.length),
    apply,
    cancel,
  );
  await closePreview(repaired);
  if (chosen !== apply) return;
  if (document.isClosed || document.version !== version) {
    await vscode.window.showWarningMessage(vscode.l10n.t('The page was changed meanwhile; nothing was repaired.'));
    return;
  }
  const change = new vscode.WorkspaceEdit();
  change.set(uri, edits);
  await vscode.workspace.applyEdit(change);
  await vscode.window.showTextDocument(document);
}

/** The safe repairs of the page, as edits of the version that it has now. */
export async function safeRepairs(session: Session, document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
  const { client } = session;
  if (!client) return [];
  const end = document.lineAt(document.lineCount - 1).range.end;
  const actions = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(new vscode.Range(0, 0, end.line, end.character)),
    context: { diagnostics: [], only: [FIX_ALL], triggerKind: CodeActionTriggerKind.Invoked },
  });
  const edit = actions?.flatMap((action) => ('edit' in action && action.edit ? [action.edit] : []))[0];
  const ours = client.code2ProtocolConverter.asUri(document.uri);
  const edits: TextEdit[] = [
    ...(edit?.changes?.[ours] ?? []),
    ...(edit?.documentChanges ?? []).flatMap((change) =>
      'textDocument' in change && change.textDocument.uri === ours ? (change.edits as TextEdit[]) : [],
    ),
  ];
  return client.protocol2CodeConverter.asTextEdits(edits);
}

/** The text of `document` after `edits`, which do not overlap. */
function applied(document: vscode.TextDocument, edits: vscode.TextEdit[]): string {
  let text = document.getText();
  const byPlace = edits
    .map(({ range, newText }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start);
  for (const { start, end, newText } of byPlace) text = text.slice(0, start) + newText + text.slice(end);
  return text;
}

async function closePreview(repaired: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === repaired.toString(),
  );
  await vscode.window.tabGroups.close(ours);
}
