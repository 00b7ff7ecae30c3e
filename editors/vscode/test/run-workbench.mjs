// Drives the installed .vsix in the real workbench as a person would, and takes the pictures of the README.
//
//   run-workbench.mjs CACHE VSIX [--pictures]
//
// Pictures go to CACHE/pictures; with --pictures also to media/.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { browse, sleep, start } from './code-server.mjs';

const [cache, vsix] = process.argv.slice(2);
const pictures = path.join(cache, 'pictures');
const media = path.resolve(import.meta.dirname, '../media');
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });

const code = await start(path.join(cache, 'code-server'), { vsix });
const { browser, page } = await browse({ width: 1240, height: 780 });
page.setDefaultTimeout(90_000);

const picture = async (name) => {
  await page.mouse.move(620, 5);
  await sleep(400);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};
const open = async (name) => {
  const file = code.remote(path.join(code.folder, name));
  await page.goto(code.address([['openFile', file]]));
  await page.waitForSelector('.monaco-editor .view-line', { timeout: 90_000 });
};
const command = async (title) => {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(title);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
};
const goTo = async (line, column) => {
  await page.keyboard.press('Control+g');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
};
const texts = (selector) => page.locator(selector).allInnerTexts();
const shown = async () => (await texts('.monaco-editor .view-line')).join('\n').replaceAll('\u00a0', ' ');

let n_passed = 0;
const it = async (name, run) => {
  const begin = Date.now();
  try {
    await run();
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, 'failed.png') });
    console.log(`not ok - ${name} (see ${pictures}/failed.png)`);
    throw error;
  }
  n_passed += 1;
  console.log(`ok - ${name} (${Date.now() - begin} ms)`);
};

try {
  await it('underlines cut sentences and lists them', async () => {
    await open('union-district-page.md');
    await page.waitForSelector('.squiggly-warning');
    await page.keyboard.press('Control+Shift+KeyM');
    const rows = page.locator('.markers-panel .monaco-list-row[aria-label*="broken-paragraph"], .markers-panel .monaco-list-row');
    await rows.nth(5).waitFor();
    const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
    assert.ok(labels.some((label) => /at line 9 and character/.test(label)), labels.join('\n'));
    await picture('problems');
  });

  await it('offers repairs at the place', async () => {
    await page.keyboard.press('Control+Shift+KeyM');
    await page.locator('.monaco-editor .view-lines').first().click();
    await goTo(9, 100);
    await page.keyboard.press('Control+Period');
    await page.waitForSelector('.action-widget .monaco-list-row');
    assert.ok((await texts('.action-widget .monaco-list-row')).join('\n').length > 0);
    await picture('quick-fix');
    await page.keyboard.press('Escape');
  });

  await it('explains the organisation under the mouse', async () => {
    await goTo(7, 1);
    const line = page.locator('.monaco-editor .view-line', { hasText: '过去是师傅带徒弟' }).first();
    const box = await line.boundingBox();
    const found = await page.evaluate(([x, y]) => {
      // Where in the line the name is drawn: the editor draws text, and only the browser knows how wide it is.
      const root = document.elementFromPoint(x, y).closest('.view-line');
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('区总工会');
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at + 1);
        range.setEnd(node, at + 2);
        const { left, top, width, height } = range.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
      }
      return undefined;
    }, [box.x + 40, box.y + 8]);
    assert.ok(found, 'the name is on the screen');
    await page.mouse.move(...found);
    const hover = page.locator('.monaco-hover:visible', { hasText: '青塘区总工会' });
    await hover.waitFor();
    await sleep(500);
    await page.screenshot({ path: path.join(pictures, 'hover.png') });
    await page.keyboard.press('Escape');
    await page.mouse.move(620, 5);
  });

  await it('shows the articles in a view of its own', async () => {
    const pane = page.locator('.pane', { has: page.locator('.pane-header[aria-label*="Articles"]') });
    if ((await pane.locator('.pane-header').getAttribute('aria-expanded')) !== 'true') await pane.locator('.pane-header').click();
    await pane.locator('.monaco-list-row', { hasText: '让好手艺在班组之间流动起来' }).waitFor();
    await pane.locator('.monaco-list-row', { hasText: '区里搭台' }).click();
    await sleep(500);
    const outline = page.locator('.pane-header[aria-label*="Outline"]');
    if ((await outline.getAttribute('aria-expanded')) !== 'true') await outline.click();
    await sleep(1500);
    await picture('articles');
    await outline.click();
  });

  await it('repairs the page after showing the difference', async () => {
    await command('Article: Repair This Page');
    await page.waitForSelector('.diff-editor, .monaco-diff-editor');
    const toast = page.locator('.notification-list-item', { hasText: 'Repair union-district-page.md?' });
    await toast.waitFor();
    await sleep(1000);
    await picture('repair');
    await toast.getByRole('button', { name: 'Repair', exact: true }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('.monaco-editor .view-line')]
      .some((line) => line.textContent.replaceAll('\u00a0', ' ').includes('一起验收')));
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => ![...document.querySelectorAll('.monaco-editor .view-line')]
      .some((line) => line.textContent.includes('一起验收')));
  });

  await it('names the other half of a displaced sentence at both places', async () => {
    await open('party-building-interleaved.md');
    await page.waitForSelector('.squiggly-warning');
    await page.locator('.monaco-editor .view-lines').first().click();
    await goTo(11, 40);
    await command('Article: Go to the Other Half');
    await sleep(800);
    assert.ok((await shown()).includes('公，件件有回音'));
    const marks = await page.evaluate(() => [...document.querySelectorAll('.monaco-editor .view-line span')]
      .flatMap((span) => ['::before', '::after'].map((side) => getComputedStyle(span, side).content)).join('\n'));
    assert.ok(/line 11/.test(marks) || /line 29/.test(marks), marks);
    await picture('continuation');
  });

  await it('shows the state in the language status', async () => {
    await page.locator('.statusbar-item[aria-label*="Language Status"], .statusbar-item#status\\.languageStatus').first().click();
    await page.locator('.hover-language-status', { hasText: 'article-lsp' }).first().waitFor();
    await picture('status');
    await page.keyboard.press('Escape');
  });
} catch (error) {
  console.log(error.stack);
  process.exitCode = 1;
} finally {
  await browser.close();
  await code.stop();
}
console.log(`${n_passed} passed in the workbench`);
if (process.exitCode === undefined && process.argv.includes('--pictures')) {
  for (const name of ['problems', 'quick-fix', 'hover', 'articles', 'repair', 'continuation']) {
    copyFileSync(path.join(pictures, `${name}.png`), path.join(media, `${name}.png`));
    console.log(`${name}.png ${readFileSync(path.join(media, `${name}.png`)).length} bytes`);
  }
}
process.exit();
