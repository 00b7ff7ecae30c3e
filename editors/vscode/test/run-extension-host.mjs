// Runs extension-host.cjs inside the extension host of VS Code; ends with its result.
//
//   run-extension-host.mjs CACHE newest|oldest
import path from 'node:path';
import { start } from './code-server.mjs';
import { browse } from './workbench.mjs';

const [cache, release] = process.argv.slice(2);
const extension = path.resolve(import.meta.dirname, '..');
const code = await start(cache, release, { drivesTests: true });
const { browser, page } = await browse({ width: 1200, height: 800 });
try {
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (_, [line]) => {
    if (String(line).startsWith('[test] ')) console.log(line.slice('[test] '.length));
  });
  await page.goto(
    code.address([
      ['extensionDevelopmentPath', code.remote(extension)],
      ['extensionTestsPath', code.remote(path.join(extension, 'test/extension-host.cjs'))],
      ['skipWelcome', 'true'],
    ]),
  );
  const timeout = new Promise((resolve) => setTimeout(() => resolve('timeout'), 600_000));
  const result = await Promise.race([ended, timeout]);
  if (result !== 0) {
    console.log(`extension host: ${result}`);
    await page.screenshot({ path: path.join(cache, 'extension-host.png') });
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await code.stop();
}
process.exit();
