/**
 * The life of the server: started, watched, restarted; and the one place that talks to it.
 */
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
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

/** The settings `articleLsp.*` that are the server's, by the names that it has for them. */
const SERVER_SETTINGS = {
  lang: 'lang',
  rules: 'rules',
  'least-confidence': 'leastConfidence',
  inlayHints: 'inlayHints',
};

/** A server that died this often … */
const MAX_DEATHS = 5;
/** … within so many minutes is not started again. */
const DEATHS_WITHIN = 3;
/** Milliseconds before a server that died is started again: its client has to take note first. */
const MOURNING = 200;

/** A client whose own troubles go to the log only. What a person has to know of them `Session` says, once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Session implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('Article LSP', { log: true });
  /** Fires when the server starts, runs or stops. */
  readonly onDidChangeState: vscode.Event<State>;
  client: LanguageClient | undefined;
  server: Server | undefined;

  private readonly stateChanged = new vscode.EventEmitter<State>();
  private readonly disposables: vscode.Disposable[];
  /** Whether the start of `client` came to its end, and nothing ended it since. */
  private isUp = false;
  /** When the server died, in milliseconds since 1970. */
  private deaths: number[] = [];
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
      this.isUp = true;
    } catch (error) {
      this.stateChanged.fire(State.Stopped);
      void this.explain(error);
    }
  }

  private async stopNow(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.isUp = false;
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
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          // One that dies before it is up would do so again; whoever starts it learns of it.
          if (this.isUp) this.died();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
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
    return new QuietClient('articleLsp', 'Article LSP', serverOptions, options);
  }

  private died(): void {
    this.isUp = false;
    const now = Date.now();
    this.deaths = [...this.deaths.filter((at) => now - at < DEATHS_WITHIN * 60_000), now];
    if (this.deaths.length < MAX_DEATHS) {
      setTimeout(() => void this.restart(), MOURNING);
    } else {
      void this.explain(
        new Error(vscode.l10n.t('it ended {0} times in {1} minutes', this.deaths.length, DEATHS_WITHIN)),
      );
    }
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
      // A path belongs to one machine, and the settings of the other machine stand on a page of their own.
      const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
      await vscode.commands.executeCommand(`workbench.action.${page}`, { query: 'articleLsp.server.path' });
    }
    if (chosen === again) await this.restart();
  }
}

function markdownOutline(): boolean {
  return vscode.workspace.getConfiguration('articleLsp').get<boolean>('outline.markdown', false);
}

/** What the user set of the server's settings; what is not set stays for `article-lsp.toml` to say. */
function serverSettings(scopeUri?: string): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration('articleLsp', scopeUri ? vscode.Uri.parse(scopeUri) : undefined);
  return Object.fromEntries(
    Object.entries(SERVER_SETTINGS).flatMap(([key, name]) => {
      const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect(name) ?? {};
      const isSet = [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined);
      const value: unknown = settings.get(name);
      return isSet && value !== null ? [[key, value]] : [];
    }),
  );
}
