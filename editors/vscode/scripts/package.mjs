// Builds the .vsix of this machine: the server in release mode, the bundle, one package for one platform.
//
// ARTICLE_LSP=path/to/program takes a server that is built already; --target names another platform for it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const here = path.resolve(import.meta.dirname, '..');
const argument = (name) => process.argv[process.argv.indexOf(name) + 1];
const host = `${process.platform}-${process.arch}`;
const target = process.argv.includes('--target') ? argument('--target') : host;
const exe = target.startsWith('win32') ? '.exe' : '';
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });

let server = process.env.ARTICLE_LSP;
if (!server) {
  run('cargo', 'build', '--release', '--locked', '--manifest-path', path.join(root, 'Cargo.toml'));
  server = path.join(root, 'target', 'release', `article-lsp${exe}`);
}
rmSync(path.join(here, 'bin'), { recursive: true, force: true });
mkdirSync(path.join(here, 'bin'));
const bundled = path.join(here, 'bin', `article-lsp${exe}`);
copyFileSync(server, bundled);
chmodSync(bundled, 0o755);
// What it holds for debuggers is four fifths of it. A machine without binutils keeps it.
if (!exe && target === host) {
  try {
    run('strip', bundled);
  } catch (error) {
    console.warn(`not stripped: ${error.message}`);
  }
}
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE'])
  copyFileSync(path.join(root, licence), path.join(here, licence));
if (!existsSync(path.join(here, 'node_modules'))) run('npm', 'ci', '--no-audit', '--no-fund');

const { version } = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));
const out = path.join(root, 'target', `article-lsp-${version}-${target}.vsix`);
run(
  'npx',
  'vsce',
  'package',
  '--target',
  target,
  '--no-dependencies',
  '--allow-missing-repository',
  '--skip-license',
  '--no-rewrite-relative-links',
  '--out',
  out,
);
console.log(out);
