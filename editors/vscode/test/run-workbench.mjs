// Installs the .vsix into a fresh VS Code and uses it as a person would; takes the pictures of the README on the way.
//
//   run-workbench.mjs CACHE VSIX [--pictures]
//
// Pictures go to CACHE/pictures; with --pictures, made small, also to media/.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Workbench } from './workbench.mjs';

const [cache, vsix] = process.argv.slice(2);
const only = process.env.ONLY;
const pictures = path.join(cache, 'pictures');
rmSync(pictures, { recursive: true, force: true });

let n_passed = 0;
/**
 * Runs the steps of one profile, each of which begins where the one before ended. A browser, a server of VS Code and
 * its extension host start side by side here, and once in many times one of them misses what another said: a profile
 * that fails is begun anew, once, and said so.
 */
async function using(what, options, steps) {
  if (only && !what.includes(only)) return;
  if (await succeeds(what, options, steps)) return;
  console.log(`again - ${what}`);
  if (!(await succeeds(what, options, steps))) process.exitCode = 1;
}

async function succeeds(what, options, steps) {
  const bench = await Workbench.start(cache, 'newest', pictures, { vsix, ...options });
  let n_here = 0;
  try {
    for (const [name, step] of Object.entries(steps)) {
      const begin = Date.now();
      try {
        await step(bench, bench.page);
      } catch (error) {
        await bench.picture('failed').catch(() => undefined);
        console.log(`not ok - ${what}: ${name} (see ${pictures}/failed.png)\n${error.stack}`);
        return false;
      }
      n_here += 1;
      console.log(`ok - ${what}: ${name} (${Date.now() - begin} ms)`);
    }
    n_passed += n_here;
    return true;
  } finally {
    await bench.stop();
  }
}

const MENU = '.action-widget .monaco-list-row';
const JOINED = '一起验收，奖金当月兑现';

await using(
  'a page',
  {},
  {
    'underlines cut sentences and lists them': async (bench, page) => {
      await bench.open('union-district-page.md');
      await bench.press('Control+b');
      await bench.see('a cut sentence underlined', '.editor-instance .squiggly-warning');
      await bench.press('Control+Shift+KeyM');
      const rows = page.locator('.markers-panel .monaco-list-row');
      await bench.see('the second finding', rows.filter({ hasText: '七名毕业生直接进' }));
      const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
      const first = labels.find((label) => label?.includes('工会和车间一起验'));
      assert.match(first ?? labels.join('\n'), /^Warning: .*at line 9 and character 90\b/);
      await bench.see(
        'the name of the rule',
        rows.filter({ hasText: '工会和车间一起验' }).filter({ hasText: 'broken-paragraph' }),
      );
      // The other half stands below the finding, and leads there.
      const other = rows.filter({ hasText: '[Ln 11, Col 1]' });
      await (await bench.see('where the sentence goes on', other)).click();
      await bench.see('the cursor in line 11', page.locator('.statusbar-item', { hasText: /^Ln 11,/ }));
      await page.mouse.click(...(await bench.placeOf('收，奖金当月兑现')));
      await bench.press('Control+Home');
      await bench.picture('problems');

      bench.settings({ 'articleLsp.lang': 'zh' });
      await bench.see('the findings in Chinese', rows.filter({ hasText: '句子' }));
      await bench.picture('problems.zh-cn');
      bench.settings({});
      await bench.see('the findings in English again', rows.filter({ hasText: 'the sentence is cut here' }));
      await bench.press('Control+j');
    },

    'says at the place what is wrong, with a link to the rule': async (bench, page) => {
      await page.mouse.move(...(await bench.placeOf('一起验', 1)));
      const hover = await bench.see(
        'the finding',
        page.locator('.monaco-hover', { hasText: 'the sentence is cut here' }),
      );
      await bench.see('the link to the rule', hover.locator('a', { hasText: 'broken-paragraph' }));
      await page.mouse.move(500, 5);
    },

    'offers repairs in the menu, and joins the sentence': async (bench, page) => {
      await page.mouse.click(...(await bench.placeOf('一起验', 1)));
      await bench.press('Control+Period');
      await bench.see('the join', page.locator(MENU, { hasText: 'Join: …工会和车间一起验|收，奖金当月兑现…' }));
      const menu = await page.locator(MENU).allInnerTexts();
      assert.ok(menu.includes('Go to the continuation'), menu.join('\n'));
      assert.ok(menu.includes('Ignore `broken-paragraph` here'), menu.join('\n'));
      await bench.picture('quick-fix');
      await bench.press('Enter');
      await bench.until('the sentence is joined', async () => (await bench.text()).includes(JOINED));
      await bench.press('Control+z');
      await bench.until('one undo takes it back', async () => !(await bench.text()).includes(JOINED));
    },

    'explains the organisation under the mouse': async (bench, page) => {
      await page.mouse.move(...(await bench.placeOf('区总工会会同', 1)));
      await bench.see('the full name', page.locator('.monaco-hover', { hasText: '青塘区总工会' }));
      await bench.picture('hover', { mouse: true });
      await page.mouse.move(500, 5);
    },

    'repairs the page after showing the difference': async (bench, page) => {
      await bench.command('Article: Repair This Page');
      const toast = page.locator('.notification-list-item', { hasText: 'Repair union-district-page.md?' });
      await bench.see('the question', toast);
      await bench.see('what goes', '.monaco-diff-editor .line-delete, .monaco-diff-editor .char-delete');
      await bench.see('what comes', '.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert');
      await bench.picture('repair');
      await toast.getByRole('button', { name: 'Repair', exact: true }).click();
      await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
      await bench.until('the page is repaired', async () => (await bench.text()).includes(JOINED));
      await bench.press('Control+z');
      await bench.until('one undo takes it back', async () => !(await bench.text()).includes(JOINED));
    },

    'shows the state in the language status': async (bench, page) => {
      await (await bench.see('the language status', '.statusbar-item[id="status.languageStatus"]')).click();
      const item = page.locator('.hover-language-status', { hasText: 'article-lsp' });
      assert.match(await (await bench.see('our item', item)).innerText(), /\d+ findings[\s\S]*article-lsp \d+\.\d+/);
      await bench.press('Escape');
    },

    'checks the whole workspace': async (bench, page) => {
      await bench.command('Article: Check the Whole Workspace');
      await bench.see('the summary', page.locator('.notification-list-item', { hasText: /11 pages, \d+ findings/ }));
      await bench.see(
        'a page that is not open',
        page.locator('.markers-panel .monaco-list-row', { hasText: 'half-width-punctuation.txt' }),
      );
    },
  },
);

await using(
  'the outline',
  {},
  {
    'of Markdown is VS Code’s own, and ours a view beside it': async (bench, page) => {
      await bench.open('union-district-page.md');
      await bench.see('findings', '.editor-instance .squiggly-warning');
      const titles = [
        '让好手艺在班组之间流动起来',
        '区里搭台，专家进厂',
        '看得见的变化',
        '短讯',
        '东屏街道总工会送清凉到工地',
        '区总工会职工书屋增至六十家',
      ];
      const articles = await bench.section('Articles');
      await bench.see('the articles', articles);
      assert.deepEqual(await bench.labels(articles), titles);
      await articles.filter({ hasText: '区里搭台，专家进厂' }).click();
      await bench.see('the cursor in line 17', page.locator('.statusbar-item', { hasText: /^Ln 17,/ }));

      const outline = await bench.section('Outline');
      await bench.see('the outline', outline);
      // Markdown's own outline shows the blanks of 短 讯.
      const own = await bench.labels(outline);
      for (const title of titles) assert.equal(own.filter((label) => label.replaceAll(' ', '').includes(title)).length, 1, own.join('\n'));
      assert.equal(own[0], `# ${titles[0]}`);
      await bench.picture('articles');
    },
    'of Markdown holds both, one below the other, for who wants that': async (bench) => {
      bench.settings({ 'articleLsp.outline.markdown': true });
      await bench.open('union-district-page.md');
      const outline = await bench.section('Outline');
      const both = await bench.until('both outlines', async () => {
        const labels = await bench.labels(outline);
        return labels.length > 6 && labels;
      });
      await bench.picture('outline-both');
      assert.equal(both[0], 'Article LSP: Chinese newspaper pages');
      assert.equal(both[1], '让好手艺在班组之间流动起来');
      assert.ok(both.includes('Markdown Language Features'), both.join('\n'));
      bench.settings({});
    },
    'of text is ours, with the articles': async (bench) => {
      await bench.open('indented-page.txt');
      const outline = await bench.section('Outline');
      await bench.see('the outline', outline.filter({ hasText: '把时间还给课堂' }));
      assert.deepEqual(await bench.labels(outline), ['把时间还给课堂', '减负不减责任']);
      await bench.picture('outline-text');
    },
    'leaves English alone': async (bench, page) => {
      await bench.open('README.md');
      await bench.pause(1500);
      assert.equal(await page.locator('.editor-instance [class*=squiggly-]').count(), 0);
    },
  },
);

await using(
  'columns out of order',
  {},
  {
    'name the other half of the sentence at both places': async (bench, page) => {
      // High enough for both halves.
      await page.setViewportSize({ width: 1040, height: 900 });
      await bench.open('party-building-interleaved.md');
      await bench.press('Control+b');
      await bench.see('a displaced sentence underlined', '.editor-instance .squiggly-warning');
      const marks = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.editor-instance .view-line span')]
            .flatMap((span) => ['::before', '::after'].map((side) => getComputedStyle(span, side).content))
            .join('\n'),
        );
      await bench.until('the half above says where the other is', async () =>
        /→ goes on in line 29/.test(await marks()),
      );
      await bench.picture('continuation');
      await page.mouse.click(...(await bench.placeOf('现场办', 1)));
      await bench.command('Article: Go to the Other Half');
      await bench.see('the cursor in line 29', page.locator('.statusbar-item', { hasText: /^Ln 29,/ }));
      await bench.until('the half below says so, too', async () => /from line 11/.test(await marks()));
    },
  },
);

/** A program that leaves a trace before it becomes the real server. */
const spy = (bench, server) => {
  const [program, trace] = ['spy.sh', 'trace'].map((name) => path.join(bench.folder, name));
  writeFileSync(program, `#!/bin/sh\n: > '${trace}'\nexec '${server}' "$@"\n`);
  chmodSync(program, 0o755);
  return { program, wasRun: () => existsSync(trace) };
};

await using(
  'a folder that is not trusted',
  {
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  },
  {
    'is served by the bundled server, whatever it asks for': async (bench, page) => {
      const { program, wasRun } = spy(bench, process.env.ARTICLE_LSP);
      bench.settings({ 'articleLsp.server.path': program });
      await bench.open('union-district-page.md');
      await bench.see('the restricted mode', page.locator('.statusbar-item', { hasText: 'Restricted Mode' }));
      await bench.see('findings', '.editor-instance .squiggly-warning');
      assert.equal(wasRun(), false, 'the program of the folder was run');
      await bench.picture('restricted');
    },
    'is served by the server that it asks for once it is trusted': async (bench, page) => {
      const { wasRun } = spy(bench, process.env.ARTICLE_LSP);
      await bench.command('Workspaces: Manage Workspace Trust');
      await (
        await bench.see('the button', page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ }))
      ).click();
      await bench.until('the program of the folder is run', wasRun);
    },
  },
);

await using(
  'a server that is not there',
  { settings: { 'articleLsp.server.path': '/nowhere/article-lsp' } },
  {
    'is reported once, with what can be done': async (bench, page) => {
      await bench.open('union-district-page.md');
      const toasts = page.locator('.notification-list-item');
      const toast = await bench.see('the message', toasts.filter({ hasText: '/nowhere/article-lsp' }));
      for (const name of ['Open settings', 'Show log', 'Try again'])
        await bench.see(name, toast.getByRole('button', { name }));
      await bench.picture('missing-server');
      assert.equal(await toasts.filter({ hasText: /Article LSP|article-lsp/ }).count(), 1);
      await toast.getByRole('button', { name: 'Open settings' }).click();
      await bench.see('the setting', page.locator('.settings-editor .setting-item-label', { hasText: 'Path' }));
    },
  },
);

await using(
  'the walkthrough',
  {},
  {
    'shows a picture for each step': async (bench, page) => {
      // On less room VS Code leaves the pictures out.
      await page.setViewportSize({ width: 1500, height: 900 });
      await bench.open('clean-page.md');
      await bench.command('Welcome: Open Walkthrough');
      const ours = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Clean up a Chinese newspaper page' });
      await (await bench.see('our walkthrough', ours)).click();
      for (const step of ['See where the page is broken', 'Repair what is sure', 'Ask who an organisation is']) {
        await (await bench.see(step, page.locator('.getting-started-step', { hasText: step }))).click();
        const media = await bench.see(`the picture of “${step}”`, page.locator('.getting-started-media img'));
        await bench.until('the picture is loaded', () => media.evaluate((image) => image.naturalWidth > 1000));
      }
      await bench.picture('walkthrough');
    },
  },
);

console.log(`${n_passed} passed in the workbench`);
if (process.exitCode === undefined && process.argv.includes('--pictures')) {
  const { default: sharp } = await import('sharp');
  for (const name of ['problems', 'problems.zh-cn', 'quick-fix', 'hover', 'articles', 'repair', 'continuation']) {
    const file = path.resolve(import.meta.dirname, `../media/${name}.png`);
    // Half the size of what came from the browser, and no difference that an eye sees.
    await sharp(path.join(pictures, `${name}.png`))
      .png({ palette: true, quality: 50, dither: 0, effort: 10 })
      .toFile(file);
    console.log(`${name}.png: ${Math.ceil(statSync(file).size / 1024)} KiB`);
  }
}
process.exit();
