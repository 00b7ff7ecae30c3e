/**
 * Which program is the server, and whether it can run.
 */
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

export interface Server {
  command: string;
  isBundled: boolean;
}

/** Why there is no server; the message is for people. */
export class ServerMissing extends Error {}

/**
 * The program of the setting, or the one in the extension. A folder that is not trusted cannot name a program: there
 * only the user's own settings count, which VS Code sees to, and we do not even ask them.
 */
export async function findServer(context: vscode.ExtensionContext): Promise<Server> {
  const configured = vscode.workspace.isTrusted
    ? vscode.workspace.getConfiguration('articleLsp').get<string>('server.path', '').trim()
    : '';
  if (configured) {
    const command = configured.replace(/^~(?=[/\\])/, process.env['HOME'] ?? process.env['USERPROFILE'] ?? '~');
    const isPath = path.isAbsolute(command) || /[/\\]/.test(command);
    if (isPath && !(await isFile(command))) {
      throw new ServerMissing(
        vscode.l10n.t('The server that is set in articleLsp.server.path does not exist: {0}', command),
      );
    }
    return { command, isBundled: false };
  }
  const name = process.platform === 'win32' ? 'article-lsp.exe' : 'article-lsp';
  const command = context.asAbsolutePath(path.join('bin', name));
  if (!(await isFile(command))) {
    throw new ServerMissing(
      vscode.l10n.t(
        'This package of the extension has no server for {0}-{1}. Build it and set articleLsp.server.path.',
        process.platform,
        process.arch,
      ),
    );
  }
  await makeExecutable(command);
  return { command, isBundled: true };
}

async function isFile(file: string): Promise<boolean> {
  return fs.stat(file).then(
    (stat) => stat.isFile(),
    () => false,
  );
}

/** Some ways of unpacking an extension lose the mode of the file. */
async function makeExecutable(file: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await fs.access(file, constants.X_OK);
  } catch {
    await fs.chmod(file, 0o755).catch(() => undefined);
  }
}
