/**
 * “Check the whole workspace”: the same program, run over the folders as the command line runs it, with its findings
 * in the Problems panel. Pages that are open are left to the server, which knows what is typed and not yet saved.
 */
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { type Session, SOURCE } from './session';

/** What `check --format json` prints, as far as it is used here. Lines and columns are 1-based, columns count
 * Unicode scalars. */
interface Report {
  diagnostics: Found[];
  errors: { path: string; message: string }[];
  summary: { files: number; diagnostics: number };
}
interface Found {
  path: string;
  rule: string;
  url: string | null;
  severity: 'error' | 'warning' | 'information' | 'hint';
  message: string;
  range: Range;
  related?: { path: string; range: Range; message: string }[];
}
interface Range {
  start: { line: number; column: number };
  end: { line: number; column: number };
}

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export class WorkspaceCheck implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('article-lsp workspace');
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.disposables = [
      this.collection,
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        for (const uri of opened.flatMap(uriOf)) this.collection.delete(uri);
      }),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  clear(): void {
    this.collection.clear();
  }

  /** Checks every folder; the number of findings, or nothing when it was cancelled or failed. */
  async run(): Promise<number | undefined> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const { server } = this.session;
    if (folders.length === 0 || !server) return undefined;
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Checking the pages of the workspace'),
        cancellable: true,
      },
      (_, token) =>
        this.check(
          server.command,
          folders.map(({ uri }) => uri.fsPath),
          token,
        ),
    );
    if (!report) return undefined;
    await this.publish(report);
    for (const { path, message } of report.errors) this.session.log.warn(`${path}: ${message}`);
    const summary = vscode.l10n.t('{0} pages, {1} findings', report.summary.files, report.summary.diagnostics);
    const skipped = vscode.l10n.t('{0} files could not be read; see the log', report.errors.length);
    void vscode.window.showInformationMessage(report.errors.length > 0 ? `${summary}. ${skipped}.` : summary);
    if (report.diagnostics.length > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
    return report.summary.diagnostics;
  }

  private check(command: string, paths: string[], token: vscode.CancellationToken): Promise<Report | undefined> {
    return new Promise((resolve) => {
      const child = spawn(command, ['check', '--exit-zero', '--format', 'json', ...paths], {
        cwd: paths[0],
        env: { ...process.env, LANG: `${vscode.env.language.replace('-', '_')}.UTF-8`, LC_ALL: undefined },
      });
      token.onCancellationRequested(() => child.kill());
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      const fail = (reason: string): void => {
        if (!token.isCancellationRequested) {
          this.session.log.error(reason);
          void vscode.window.showErrorMessage(vscode.l10n.t('The workspace could not be checked: {0}', reason));
        }
        resolve(undefined);
      };
      child.on('error', (error) => fail(error.message));
      child.on('close', () => {
        try {
          resolve(JSON.parse(Buffer.concat(stdout).toString('utf8')) as Report);
        } catch {
          fail(Buffer.concat(stderr).toString('utf8').trim() || vscode.l10n.t('no report'));
        }
      });
    });
  }

  private async publish(report: Report): Promise<void> {
    this.collection.clear();
    // Not `workspace.textDocuments`: VS Code keeps documents for minutes after their last tab is closed, but shows
    // nothing of the server's for them.
    const open = new Set(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(uriOf)).map((uri) => uri.toString()),
    );
    const pages = new Map<string, Page>();
    const page = async (path: string): Promise<Page> => {
      const known = pages.get(path) ?? (await Page.read(path));
      pages.set(path, known);
      return known;
    };
    const byUri = new Map<vscode.Uri, vscode.Diagnostic[]>();
    for (const found of report.diagnostics) {
      const { uri, toRange } = await page(found.path);
      if (open.has(uri.toString())) continue;
      const diagnostic = new vscode.Diagnostic(toRange(found.range), found.message, SEVERITIES[found.severity]);
      diagnostic.source = SOURCE;
      diagnostic.code = found.url ? { value: found.rule, target: vscode.Uri.parse(found.url) } : found.rule;
      diagnostic.relatedInformation = await Promise.all(
        (found.related ?? []).map(async ({ path, range, message }) => {
          const other = await page(path);
          return new vscode.DiagnosticRelatedInformation(new vscode.Location(other.uri, other.toRange(range)), message);
        }),
      );
      byUri.set(uri, [...(byUri.get(uri) ?? []), diagnostic]);
    }
    this.collection.set([...byUri]);
  }
}

function uriOf({ input }: vscode.Tab): vscode.Uri[] {
  return input instanceof vscode.TabInputText ? [input.uri] : [];
}

/** A file that was checked: turns columns that count Unicode scalars into columns that count UTF-16 units. */
class Page {
  private constructor(
    readonly uri: vscode.Uri,
    private readonly lines: string[],
  ) {}

  static async read(path: string): Promise<Page> {
    const uri = vscode.Uri.file(path);
    // A file in another encoding decodes to the wrong characters, but then it has none beyond the basic plane.
    const bytes = await vscode.workspace.fs.readFile(uri).then(
      (found) => found,
      () => new Uint8Array(),
    );
    return new Page(uri, new TextDecoder().decode(bytes).split(/\r\n|\r|\n/));
  }

  readonly toRange = ({ start, end }: Range): vscode.Range =>
    new vscode.Range(start.line - 1, this.unit(start), end.line - 1, this.unit(end));

  private unit({ line, column }: { line: number; column: number }): number {
    const text = this.lines[line - 1] ?? '';
    if (!/[\uD800-\uDBFF]/.test(text)) return column - 1;
    return [...text].slice(0, column - 1).join('').length;
  }
}
