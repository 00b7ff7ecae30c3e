/**
 * Where a cut sentence goes on: shown beside both halves when another text stands between them, and a command that
 * goes from one half to the other.
 */
import * as vscode from 'vscode';
import { SELECTOR } from './session';
import { findings } from './status';

/** The rules whose related place is the other half of a sentence. */
const SEAM_RULES = new Set(['broken-paragraph', 'displaced-continuation']);
/** How many characters of the other half are shown: enough to know it by, rarely more than the line has room for. */
const SHOWN = 8;

interface Seam {
  tail: vscode.Range;
  head: vscode.Range;
  isDisplaced: boolean;
}

export class Continuations implements vscode.Disposable {
  private readonly mark = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.warningForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  private readonly disposables: vscode.Disposable[];

  constructor() {
    this.disposables = [
      this.mark,
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const editor of vscode.window.visibleTextEditors) {
          if (uris.some((uri) => uri.toString() === editor.document.uri.toString())) this.show(editor);
        }
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => this.show(editor))),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('articleLsp.continuations')) {
          vscode.window.visibleTextEditors.forEach((editor) => this.show(editor));
        }
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** From the half at the cursor to the other. */
  async go(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const line = editor.selection.active.line;
    const seam = seams(editor.document).find(({ tail, head }) => tail.end.line === line || head.start.line === line);
    if (!seam) {
      await vscode.window.showInformationMessage(vscode.l10n.t('No sentence is cut in this line.'));
      return;
    }
    const target = seam.tail.end.line === line ? seam.head : seam.tail;
    editor.selection = new vscode.Selection(target.start, target.end);
    editor.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    const isOn = vscode.workspace.getConfiguration('articleLsp').get<boolean>('continuations.show', true);
    if (!isOn || !vscode.languages.match(SELECTOR, document)) {
      editor.setDecorations(this.mark, []);
      return;
    }
    // A half that stands next to the other needs no pointer: the eye is there already.
    const options = seams(document)
      .filter(({ isDisplaced }) => isDisplaced)
      .flatMap(({ tail, head }) => {
        const headText = document.lineAt(head.start.line).text.trim().slice(0, SHOWN);
        const tailText = document.lineAt(tail.end.line).text.trim().slice(-SHOWN);
        return [
          hint(tail.end, 'after', vscode.l10n.t('→ goes on in line {0}: {1}…', head.start.line + 1, headText)),
          pointBack(document, head.start, vscode.l10n.t('…{1} from line {0} ↓', tail.end.line + 1, tailText)),
        ];
      });
    editor.setDecorations(this.mark, options);
  }
}

function hint(at: vscode.Position, side: 'before' | 'after', contentText: string): vscode.DecorationOptions {
  const margin = side === 'after' ? '0 0 0 1ch' : '0 1ch 0 0';
  const color = new vscode.ThemeColor('editorCodeLens.foreground');
  return {
    range: new vscode.Range(at, at),
    renderOptions: { [side]: { contentText, color, fontStyle: 'italic', margin } },
  };
}

/** On the blank line above `head`, if there is one: what stands before a text pushes the end of its line away. */
function pointBack(
  document: vscode.TextDocument,
  head: vscode.Position,
  contentText: string,
): vscode.DecorationOptions {
  const above = head.line > 0 ? document.lineAt(head.line - 1) : undefined;
  return above?.isEmptyOrWhitespace ? hint(above.range.end, 'after', contentText) : hint(head, 'before', contentText);
}

/** The cut sentences of which both halves are in the document. */
function seams(document: vscode.TextDocument): Seam[] {
  return findings(document.uri).flatMap((finding) => {
    const code = typeof finding.code === 'object' ? finding.code.value : finding.code;
    const head = finding.relatedInformation?.[0]?.location;
    if (!head || !SEAM_RULES.has(String(code)) || head.uri.toString() !== document.uri.toString()) return [];
    return [{ tail: finding.range, head: head.range, isDisplaced: code === 'displaced-continuation' }];
  });
}
