/**
 * The item in the language status: whether the server runs, which one, and how many findings the page has.
 */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { SELECTOR, type Session, SOURCE } from './session';

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('articleLsp.status', SELECTOR);
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.item.name = 'Article LSP';
    this.disposables = [
      this.item,
      session.onDidChangeState(() => this.show()),
      vscode.languages.onDidChangeDiagnostics(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    ];
    this.show();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const { state, version } = this.session;
    this.item.busy = state === State.Starting;
    if (state === State.Running) {
      const n = findings(vscode.window.activeTextEditor?.document.uri).length;
      this.item.text =
        n === 0
          ? vscode.l10n.t('No findings')
          : n === 1
            ? vscode.l10n.t('1 finding')
            : vscode.l10n.t('{0} findings', n);
      this.item.detail = `article-lsp ${version ?? ''}`;
      this.item.severity = vscode.LanguageStatusSeverity.Information;
      this.item.command = { command: 'workbench.actions.view.problems', title: vscode.l10n.t('Show') };
    } else if (state === State.Starting) {
      this.item.text = vscode.l10n.t('article-lsp is starting');
      this.item.detail = '';
      this.item.severity = vscode.LanguageStatusSeverity.Information;
      this.item.command = { command: 'articleLsp.showLog', title: vscode.l10n.t('Show log') };
    } else {
      this.item.text = vscode.l10n.t('article-lsp does not run');
      this.item.detail = '';
      this.item.severity = vscode.LanguageStatusSeverity.Error;
      this.item.command = { command: 'articleLsp.restart', title: vscode.l10n.t('Restart') };
    }
  }
}

/** Our findings in the document. */
export function findings(uri: vscode.Uri | undefined): vscode.Diagnostic[] {
  return uri ? vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE) : [];
}
