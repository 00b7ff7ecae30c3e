/**
 * The entry of the extension: what it offers, one line each. All knowledge of articles is in the server.
 */
import * as vscode from 'vscode';
import { Articles } from './articles';
import { Continuations } from './continuations';
import { repairPage, RepairPreview } from './repair';
import { Session } from './session';
import { Status } from './status';
import { WorkspaceCheck } from './workspaceCheck';

export async function activate(context: vscode.ExtensionContext): Promise<{ session: Session }> {
  const session = new Session(context);
  const preview = new RepairPreview();
  const articles = new Articles(session);
  const continuations = new Continuations();
  const workspaceCheck = new WorkspaceCheck(session);
  context.subscriptions.push(session, preview, articles, continuations, workspaceCheck, new Status(session));

  const commands: Record<string, () => unknown> = {
    repairPage: () => repairPage(session, preview),
    showArticles: () => articles.pick(),
    goToContinuation: () => continuations.go(),
    checkWorkspace: () => workspaceCheck.run(),
    clearWorkspace: () => workspaceCheck.clear(),
    showLog: () => session.log.show(),
    restart: () => session.restart(),
  };
  for (const [name, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(`articleLsp.${name}`, run));
  }

  await session.start();
  await vscode.commands.executeCommand('setContext', 'articleLsp.isActive', true);
  return { session };
}
