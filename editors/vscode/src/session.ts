/**
 * The life of the server: started, watched, restarted; and the one place that talks to it.
 */
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
} from 'vscode-languageclient/node';
import { findServer, type Server, ServerMissing } from './server';

/** The documents that the server is asked about. */
export const SELECTOR = ['file', 'untitled'].flatMap((scheme) => [
  { scheme, language: 'markdown' },
  { scheme, language: 'plaintext' },
]);

/** The source of our diagnostics. */
export const SOURCE = 'article-lsp';

/** Keys of `articleLsp.*` that are the extension's own business and not the server's. */
const OWN_SETTINGS = new Set(['server', 'outline', 'continuations', 'trace']);

export class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Article LSP', { log: true });
  /** Fires when the server starts, runs or stops. */
  readonly onDidChangeState: vscode.Event<State>;
  client: LanguageClient | undefined;
  server: Server | undefined;

  private readonly stateChanged = new vscode.EventEmitter<State>();
  private readonly disposables: vscode.Disposable[];
  /** Starts and stops happen one after the other. */
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {
    this.onDidChangeState = this.stateChanged.event;
    this.disposables = [
      this.log,
      this.stateChanged,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('articleLsp.server')) void this.restart();
      }),
    ];
  }

  get state(): State {
    return this.client?.state ?? State.Stopped;
  }

  get version(): string | undefined {
    return this.client?.initializeResult?.serverInfo?.version;
  }

  start(): Promise<void> {
    return this.inTurn(() => this.startNow());
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  dispose(): Promise<void> {
    for (const disposable of this.disposables) disposable.dispose();
    return this.inTurn(() => this.stopNow());
  }

  private inTurn(run: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(run, run);
    return this.queue;
  }

  private async startNow(): Promise<void> {
    try {
      this.server = await findServer(this.context);
      this.log.info(`server: ${this.server.command}`);
      this.client = this.createClient(this.server);
      this.client.onDidChangeState(({ newState }) => this.stateChanged.fire(newState));
      await this.client.start();
    } catch (error) {
      this.stateChanged.fire(State.Stopped);
      void this.explain(error);
    }
  }

  private async stopNow(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    // A client that never came up cannot be stopped in order; what is left of it is its own.
    await client?.dispose().catch((error: unknown) => this.log.warn(String(error)));
    this.stateChanged.fire(State.Stopped);
  }

  private createClient(server: Server): LanguageClient {
    const serverOptions: ServerOptions = { command: server.command, args: ['serve', '--stdio'] };
    const options: LanguageClientOptions = {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      diagnosticCollectionName: SOURCE,
      synchronize: { configurationSection: 'articleLsp' },
      initializationOptions: () => serverSettings(),
      middleware: {
        // VS Code would ask for the findings of every file of the folder, unasked and again and again. Who wants them
        // has the command for it.
        provideWorkspaceDiagnostics: () => ({ items: [] }),
        // Markdown has an outline of VS Code's own already. Two providers make two trees in the Outline view, so ours
        // keeps out of it there, and has a view of its own.
        provideDocumentSymbols: (document, token, next) =>
          document.languageId === 'markdown' && !markdownOutline() ? [] : next(document, token),
        workspace: {
          // The server asks for its own section, by its own name; the settings are called `articleLsp.*` because
          // VS Code's are.
          configuration: (params, token, next) =>
            params.items.every(({ section }) => section === SOURCE)
              ? params.items.map(({ scopeUri }) => serverSettings(scopeUri))
              : next(params, token),
        },
      },
    };
    return new LanguageClient('articleLsp', 'Article LSP', serverOptions, options);
  }

  private async explain(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    this.log.error(reason);
    const [showLog, settings, again] = [
      vscode.l10n.t('Show log'),
      vscode.l10n.t('Open settings'),
      vscode.l10n.t('Try again'),
    ];
    const message =
      error instanceof ServerMissing ? reason : vscode.l10n.t('The article-lsp server does not start: {0}', reason);
    const chosen = await vscode.window.showErrorMessage(message, settings, showLog, again);
    if (chosen === showLog) this.log.show();
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'articleLsp.server.path');
    }
    if (chosen === again) await this.restart();
  }
}

function markdownOutline(): boolean {
  return vscode.workspace.getConfiguration('articleLsp').get<boolean>('outline.markdown', false);
}

/** What the user set of the server's settings; what is not set stays for `article-lsp.toml` to say. */
function serverSettings(scopeUri?: string): Record<string, unknown> {
  const scope = scopeUri ? vscode.Uri.parse(scopeUri) : undefined;
  const section = vscode.workspace.getConfiguration(undefined, scope).get<Record<string, unknown>>('articleLsp') ?? {};
  return Object.fromEntries(
    Object.entries(section).filter(([key, value]) => {
      if (OWN_SETTINGS.has(key)) return false;
      const isSet = vscode.workspace.getConfiguration('articleLsp', scope).inspect(key);
      return [isSet?.globalValue, isSet?.workspaceValue, isSet?.workspaceFolderValue].some((v) => v !== undefined)
        && value !== null;
    }),
  );
}
