// What the extension does, seen through the API of VS Code. Runs inside the extension host, on a copy of seeds/.
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const ours = (uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'article-lsp');
const codeOf = ({ code }) => (typeof code === 'object' ? code.value : code);
const broken = (uri) => ours(uri).filter((finding) => codeOf(finding) === 'broken-paragraph');

/** Asks again until the answer is something: other extensions are still registering, and a machine may be slow. */
async function until(what, get) {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await Promise.resolve()
      .then(get)
      .catch(() => undefined);
    if (value) return value;
    if (Date.now() > end) throw new Error(`timeout: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const uriOf = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

async function open(name) {
  const document = await vscode.workspace.openTextDocument(uriOf(name));
  const editor = await vscode.window.showTextDocument(document);
  return { document, editor, uri: document.uri };
}

async function revert() {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

const actions = (uri, range, kind) =>
  vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind);

/**
 * Answers what the extension asks of the person, while `run` runs: `choose` gets the message and the names of the
 * buttons. Returns the messages.
 */
async function answering(kind, choose, run) {
  const said = [];
  const original = vscode.window[kind];
  vscode.window[kind] = async (message, ...buttons) => {
    said.push({ message, buttons });
    return choose(message, buttons);
  };
  try {
    await run(said);
  } finally {
    vscode.window[kind] = original;
  }
  return said;
}

/** The driver prints these lines and drops what VS Code itself says. */
const report = (line) => console.log(`[test] ${line}`);

exports.run = async () => {
  const [names, failed] = [[], []];
  const only = process.env.ONLY;
  const it = async (name, run) => {
    if (only && !name.includes(only)) return;
    const begin = Date.now();
    try {
      await run();
    } catch (error) {
      failed.push(name);
      report(`not ok - ${name}\n${error.stack}`);
      return;
    }
    names.push(name);
    report(`ok - ${name} (${Date.now() - begin} ms)`);
  };
  const extension = vscode.extensions.getExtension('article-lsp.article-lsp');
  const session = async () => (await extension.activate()).session;

  await it('reports cut paragraphs, with a link, a source and the other half', async () => {
    const { document, uri } = await open('union-district-page.md');
    const found = await until('findings', () => broken(uri).length >= 6 && broken(uri));
    const [first] = found.sort((a, b) => a.range.start.line - b.range.start.line);
    assert.equal(first.range.start.line, 8);
    assert.equal(document.getText(first.range).slice(-3), '一起验');
    assert.match(first.code.target.toString(), /^https:.*broken.paragraph/);
    assert.equal(first.relatedInformation[0].location.range.start.line, 10);
    assert.ok(ours(uri).some((finding) => codeOf(finding) === 'duplicate-paragraph'));
  });

  await it('is silent about a clean page, English and other languages', async () => {
    const { uri } = await open('clean-page.md');
    const { uri: english } = await open('README.md');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(ours(uri), []);
    assert.deepEqual(ours(english), []);
  });

  await it('explains an organisation', async () => {
    const { document, uri } = await open('union-district-page.md');
    const at = document.positionAt(document.getText().indexOf('区总工会会同') + 1);
    const text = await until('hover', async () => {
      const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, at);
      const all = hovers.flatMap(({ contents }) => contents.map((part) => part.value ?? part)).join('\n');
      return all.includes('青塘区总工会') && all;
    });
    assert.match(text, /青塘区总工会/);
  });

  await it('outlines text files, and leaves the outline of Markdown to VS Code', async () => {
    const symbols = (uri) => vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);
    const { uri: text } = await open('indented-page.txt');
    const outline = await until('symbols', async () => {
      const found = await symbols(text);
      return found?.length > 0 && found;
    });
    assert.ok(JSON.stringify(outline).includes('把时间还给课堂'), JSON.stringify(outline));
    const { editor, uri: markdown } = await open('union-district-page.md');
    const titles = async () => ((await symbols(markdown)) ?? []).map(({ name }) => name);
    const once = await until('symbols of Markdown', async () => (await titles()).length > 0 && titles());
    assert.equal(once.filter((name) => name.includes('让好手艺')).length, 1, once.join());
    const configuration = vscode.workspace.getConfiguration('articleLsp');
    await configuration.update('outline.markdown', true, vscode.ConfigurationTarget.Global);
    // VS Code keeps an outline until the text changes.
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
    await until('both outlines', async () => (await titles()).filter((name) => name.includes('让好手艺')).length === 2);
    await configuration.update('outline.markdown', undefined, vscode.ConfigurationTarget.Global);
    await revert();
  });

  await it('joins a cut paragraph by quick fix, undone in one step', async () => {
    const { document, uri } = await open('union-district-page.md');
    const before = document.getText();
    const found = await until('findings', () => broken(uri).length >= 6 && broken(uri));
    const first = found.find(({ range }) => range.start.line === 8);
    const fix = await until('quick fix', async () =>
      (await actions(uri, first.range, 'quickfix')).find(({ edit, isPreferred }) => edit && isPreferred),
    );
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(document.getText().includes('一起验收，奖金当月兑现。'));
    await until('one finding less', () => broken(uri).length === found.length - 1);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  await it('repairs all that is safe on save when told to', async () => {
    const { document, editor, uri } = await open('half-width-punctuation.txt');
    await until('findings', () => broken(uri).length === 2);
    const configuration = vscode.workspace.getConfiguration('editor');
    await configuration.update('codeActionsOnSave', { 'source.fixAll': 'explicit' }, vscode.ConfigurationTarget.Global);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 1)));
    await document.save();
    await configuration.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    await until('repaired', () => document.getText().includes('半个月后,医药费'));
    await until('one finding less', () => broken(uri).every(({ range }) => range.start.line !== 12));
  });

  await it('renames an organisation everywhere', async () => {
    const { document, uri } = await open('union-district-page.md');
    const [old, name] = ['东屏街道总工会', '东屏街道工会联合会'];
    const count = (text, part) => text.split(part).length - 1;
    const n = count(document.getText(), old);
    assert.ok(n > 1);
    const at = document.positionAt(document.getText().indexOf(old) + 2);
    const edit = await until('rename', async () => {
      const found = await vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', uri, at, name);
      return found?.size > 0 && found;
    });
    await vscode.workspace.applyEdit(edit);
    assert.equal(count(document.getText(), name), n);
    assert.equal(count(document.getText(), old), 0);
    await revert();
  });

  await it('goes from one half of a displaced sentence to the other and back', async () => {
    const { document, editor, uri } = await open('party-building-interleaved.md');
    const finding = await until('displaced-continuation', () =>
      ours(uri).find((one) => codeOf(one) === 'displaced-continuation'),
    );
    assert.equal(finding.range.end.line, 10);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand('articleLsp.goToContinuation');
    assert.equal(editor.selection.start.line, 28);
    assert.ok(document.lineAt(28).text.startsWith(document.getText(editor.selection).slice(0, 2)));
    await vscode.commands.executeCommand('articleLsp.goToContinuation');
    assert.equal(editor.selection.end.line, 10);
  });

  await it('reads a page that was never saved', async () => {
    const content = fs.readFileSync(uriOf('reader-questions.md').fsPath, 'utf8');
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
    await until('findings', () => broken(document.uri).length === 2);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  await it('follows edits of characters beyond the basic plane', async () => {
    const { document, editor, uri } = await open('hard-wrapped-page.txt');
    await until('findings', () => ours(uri).length > 0);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '𠮷🏠\n\n'));
    const moved = await until(
      'moved findings',
      () => ours(uri).some(({ range }) => range.start.line === 6) && ours(uri),
    );
    for (const { range } of moved) assert.ok(document.validateRange(range).isEqual(range));
    await revert();
  });

  await it('follows article-lsp.toml', async () => {
    const { uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length > 0);
    const file = uriOf('article-lsp.toml').fsPath;
    fs.writeFileSync(file, '[rules]\nbroken-paragraph = "off"\n');
    try {
      await until('the rule is off', () => broken(uri).length === 0);
    } finally {
      fs.rmSync(file);
    }
    await until('the rule is on again', () => broken(uri).length > 0);
  });

  await it('follows the settings', async () => {
    const { uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length > 0);
    const configuration = vscode.workspace.getConfiguration('articleLsp');
    await configuration.update('rules', { 'broken-paragraph': 'off' }, vscode.ConfigurationTarget.Global);
    await until('the rule is off', () => broken(uri).length === 0);
    await configuration.update('rules', undefined, vscode.ConfigurationTarget.Global);
    await until('the rule is on again', () => broken(uri).length > 0);
    await configuration.update('leastConfidence', 100, vscode.ConfigurationTarget.Global);
    await until('nothing is that sure', () => broken(uri).length === 0);
    await configuration.update('leastConfidence', undefined, vscode.ConfigurationTarget.Global);
    await until('all that is likely', () => broken(uri).length > 0);
    const message = () => broken(uri)[0]?.message ?? '';
    await configuration.update('lang', 'zh', vscode.ConfigurationTarget.Global);
    await until('Chinese', () => /句/.test(message().slice(0, 8)));
    await configuration.update('lang', undefined, vscode.ConfigurationTarget.Global);
    await until('English', () => /^the sentence/.test(message()));
  });

  await it('repairs the page after showing what that makes of it', async () => {
    const { document, uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length >= 6);
    const before = document.getText();
    let shown;
    const question = async (answer) => {
      const said = await answering(
        'showInformationMessage',
        async (_, buttons) => {
          const { input } = vscode.window.tabGroups.activeTabGroup.activeTab;
          assert.ok(input instanceof vscode.TabInputTextDiff, 'the difference is shown');
          assert.equal(input.original.toString(), uri.toString());
          shown = (await vscode.workspace.openTextDocument(input.modified)).getText();
          return answer(buttons);
        },
        () => vscode.commands.executeCommand('articleLsp.repairPage'),
      );
      assert.equal(said.length, 1);
      assert.match(said[0].message, /^Repair union-district-page\.md\? \d+ changes/);
    };
    await question(([, leave]) => leave);
    assert.equal(document.getText(), before, 'left as it was');
    await question(() => undefined);
    assert.equal(document.getText(), before, 'nor is it changed when the question is closed');

    await question(([repair]) => repair);
    assert.notEqual(document.getText(), before);
    assert.equal(document.getText(), shown, 'what was shown is what was done');
    assert.equal(vscode.window.activeTextEditor.document, document, 'the difference is closed');
    await until('repaired', () => broken(uri).length < 6);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before, 'one undo');

    const warned = await answering(
      'showWarningMessage',
      () => undefined,
      () =>
        question(async ([repair]) => {
          const edit = new vscode.WorkspaceEdit();
          edit.insert(uri, new vscode.Position(0, 0), '甲');
          await vscode.workspace.applyEdit(edit);
          return repair;
        }),
    );
    assert.match(warned[0].message, /changed meanwhile/);
    assert.equal(document.getText(), `甲${before}`, 'what was typed is kept, and nothing else is done');
    await revert();
  });

  await it('checks the whole workspace', async () => {
    const page = uriOf('noisy-duplicate.md');
    assert.deepEqual(ours(page), [], 'nobody asked');
    const progress = [];
    const { withProgress } = vscode.window;
    vscode.window.withProgress = (options, task) => {
      progress.push(options);
      return withProgress.call(vscode.window, options, task);
    };
    let n;
    try {
      n = await vscode.commands.executeCommand('articleLsp.checkWorkspace');
    } finally {
      vscode.window.withProgress = withProgress;
    }
    assert.deepEqual(
      progress.map(({ location, cancellable }) => [location, cancellable]),
      [[vscode.ProgressLocation.Notification, true]],
    );
    assert.ok(n > 10, `${n} findings`);
    const lines = ours(page)
      .filter((found) => codeOf(found) === 'duplicate-paragraph')
      .map(({ range }) => range.start.line + 1);
    assert.deepEqual(lines, [13]);
    assert.ok(ours(page).every(({ code }) => code.target.toString().startsWith('https:')), 'each has a link');
    assert.deepEqual(ours(uriOf('clean-page.md')), []);
    await vscode.commands.executeCommand('articleLsp.clearWorkspace');
    assert.deepEqual(ours(page), []);
  });

  await it('comes back after the server is killed', async () => {
    const { uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length > 0);
    const running = await session();
    const pid = running.client._serverProcess.pid;
    process.kill(pid, 'SIGKILL');
    await until('another server', () => running.client?.isRunning() && running.client._serverProcess.pid !== pid);
    await until('findings again', () => broken(uri).length > 0);
    const { editor } = await open('union-district-page.md');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '新\n\n'));
    await until('edits arrive', () => broken(uri).some(({ range }) => range.start.line === 10));
    await revert();

    // One that dies again and again is given up.
    const said = await answering(
      'showErrorMessage',
      () => undefined,
      async (messages) => {
        for (let n = 2; n <= 5; n++) {
          const { client } = running;
          process.kill(client._serverProcess.pid, 'SIGKILL');
          await until('the next server, or a message', () =>
            n === 5 ? messages.length > 0 : running.client !== client && broken(uri).length > 0,
          );
        }
      },
    );
    assert.deepEqual(
      said.map(({ message }) => message),
      ['The article-lsp server does not start: it ended 5 times in 3 minutes'],
    );
    await vscode.commands.executeCommand('articleLsp.restart');
    await until('findings after a restart by hand', () => broken(uri).length > 0);
  });

  await it('starts a server that lost its mode', async () => {
    const server = path.join(extension.extensionPath, 'bin', 'article-lsp');
    await session();
    fs.chmodSync(server, 0o644);
    await vscode.commands.executeCommand('articleLsp.restart');
    assert.equal(fs.statSync(server).mode & 0o777, 0o755);
    const { uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length > 0);
  });

  await it('says why a server does not start, once, and tries again', async () => {
    const { uri } = await open('union-district-page.md');
    await until('findings', () => broken(uri).length > 0);
    const configuration = vscode.workspace.getConfiguration('articleLsp');
    const set = (value) => configuration.update('server.path', value, vscode.ConfigurationTarget.Global);
    const noServer = path.join(uriOf('.').fsPath, 'no-server');
    fs.writeFileSync(noServer, 'not a program');
    for (const [command, reason] of [
      [
        '/nowhere/article-lsp',
        /^The server that is set in articleLsp\.server\.path does not exist: \/nowhere\/article-lsp$/,
      ],
      ['/bin/false', /^The article-lsp server does not start: \S/],
      [noServer, /^The article-lsp server does not start: .*EACCES/],
    ]) {
      const said = await answering(
        'showErrorMessage',
        () => undefined,
        async (messages) => {
          await set(command);
          await until('a message', () => messages.length > 0);
          await until('no findings', () => ours(uri).length === 0);
          await new Promise((resolve) => setTimeout(resolve, 1000));
        },
      );
      assert.equal(said.length, 1, JSON.stringify(said));
      assert.match(said[0].message, reason);
      assert.deepEqual(said[0].buttons, ['Open settings', 'Show log', 'Try again']);
    }

    // “Try again” after what was wrong is put right.
    await answering(
      'showErrorMessage',
      async (_, buttons) => {
        fs.copyFileSync(path.join(extension.extensionPath, 'bin', 'article-lsp'), noServer);
        fs.chmodSync(noServer, 0o755);
        return buttons[2];
      },
      async () => {
        await vscode.commands.executeCommand('articleLsp.restart');
        await until('findings', () => broken(uri).length > 0);
      },
    );
    assert.equal((await session()).server.command, noServer);
    await set(undefined);
    await until('the bundled server', async () => (await session()).server.isBundled);
    fs.rmSync(noServer);
    await until('findings again', () => broken(uri).length > 0);
  });

  await it('ends the server with the session', async () => {
    const { client } = await session();
    const pid = client._serverProcess.pid;
    await (await session()).dispose();
    await until('the end of the process', () => {
      try {
        return /^State:\s+Z/m.test(execFileSync('cat', [`/proc/${pid}/status`]).toString());
      } catch {
        return true;
      }
    });
  });

  report(`${names.length} passed, ${failed.length} failed on VS Code ${vscode.version}`);
  if (failed.length > 0) throw new Error(failed.join('; '));
};
