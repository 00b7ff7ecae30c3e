// The workbench of VS Code in a browser, used as a person uses it: keys, the mouse, and what is on the screen.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { start } from './code-server.mjs';

/** Milliseconds until what was asked for must be on the screen: it takes one or two, on a loaded machine thirty. */
const WAIT = 60_000;
/** Milliseconds until the workbench itself must be. */
const LOAD = 90_000;

/** A browser with one page, of `scale` pixels for each of CSS. */
export async function browse(viewport, scale = 1) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever lies outside fails at once and is not waited for, so that a run is the same with a network and without.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const context = await browser.newContext({ viewport, deviceScaleFactor: scale });
  return { browser, page: await context.newPage() };
}

export class Workbench {
  #code;
  #browser;
  #pictures;

  /** On a fresh profile, with what `start` of code-server takes; pictures go into the folder `pictures`. */
  static async start(cache, release, pictures, options) {
    const workbench = new Workbench();
    workbench.#pictures = pictures;
    mkdirSync(pictures, { recursive: true });
    workbench.#code = await start(cache, release, options);
    const { browser, page } = await browse({ width: 1000, height: 640 }, 1.75);
    workbench.#browser = browser;
    workbench.page = page;
    page.setDefaultTimeout(WAIT);
    return workbench;
  }

  async stop() {
    await this.#browser.close();
    await this.#code.stop();
  }

  /** The folder that is open. */
  get folder() {
    return this.#code.folder;
  }

  async open(name) {
    const file = this.#code.remote(path.join(this.folder, name));
    await this.page.goto(this.#code.address([['openFile', file]]));
    await this.page
      .locator('.monaco-editor .view-line')
      .first()
      .waitFor({ timeout: LOAD })
      .catch(() => {
        throw new Error(`the workbench does not show ${name} within ${LOAD / 1000} s`);
      });
  }

  /** Waits until `locator` is on the screen; the first that is. */
  async see(what, locator) {
    const first = (typeof locator === 'string' ? this.page.locator(locator) : locator).first();
    await first.waitFor().catch(() => {
      throw new Error(`not on the screen within ${WAIT / 1000} s: ${what}`);
    });
    return first;
  }

  /** Waits until `get` gives something, and gives that. */
  async until(what, get) {
    for (const end = Date.now() + WAIT; Date.now() < end; await this.pause(100)) {
      const value = await get();
      if (value) return value;
    }
    throw new Error(`not within ${WAIT / 1000} s: ${what}`);
  }

  /** Waits for something that has no sign of its end, such as an animation. */
  pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** Runs the command called `title`, from the palette. */
  async command(title) {
    await this.press('F1');
    const input = await this.see('the command palette', '.quick-input-widget input');
    await input.fill(`>${title}`);
    await this.see(`the command ${title}`, this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }));
    await this.press('Enter');
  }

  /** The text of the editor, as far as it is on the screen. */
  text() {
    return this.page.evaluate(() => {
      const top = (element) => Math.round(element.getBoundingClientRect().top);
      const numbers = [...document.querySelectorAll('.editor-instance .line-numbers')].filter(
        ({ textContent }) => textContent,
      );
      // A wrapped line is several elements, of which the first has a number; and elements are used again out of order.
      const begins = new Set(numbers.map(top));
      return [...document.querySelectorAll('.editor-instance .view-line')]
        .sort((a, b) => top(a) - top(b))
        .map((line) => (begins.has(top(line)) ? '\n' : '') + line.textContent)
        .join('')
        .replaceAll('\u00a0', ' ');
    });
  }

  /** Waits until the editor shows `text`; the middle of its character number `at`, in pixels. */
  placeOf(text, at = 0) {
    return this.until(`the text “${text}” in the editor`, () =>
      this.page.evaluate(
        ([wanted, index]) => {
          for (const line of document.querySelectorAll('.editor-instance .view-line')) {
            const offset = line.textContent.indexOf(wanted);
            if (offset < 0) continue;
            // Which text node holds the character: names, findings and plain text are nodes of their own.
            const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            let rest = offset + index;
            let node = walker.nextNode();
            for (; rest >= node.data.length; node = walker.nextNode()) rest -= node.data.length;
            const range = document.createRange();
            range.setStart(node, rest);
            range.setEnd(node, rest + 1);
            const { left, top, width, height } = range.getBoundingClientRect();
            return [left + width / 2, top + height / 2];
          }
          return undefined;
        },
        [text, at],
      ),
    );
  }

  /** A section of the side bar by its title, opened; its rows. */
  async section(title) {
    const pane = this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
    const header = await this.see(`the section ${title}`, pane.locator('.pane-header'));
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    return pane.locator('.monaco-list-row');
  }

  /** The labels of `rows`, from the top, without the numbers beside them. */
  async labels(rows) {
    const found = await rows.evaluateAll((all) =>
      all
        .map((row) => [row.getBoundingClientRect().top, (row.querySelector('.label-name') ?? row).textContent])
        .sort(([a], [b]) => a - b)
        .map(([, label]) => label),
    );
    return found;
  }

  /** Settings of the folder, in place of those that it has. */
  settings(values) {
    mkdirSync(path.join(this.folder, '.vscode'), { recursive: true });
    writeFileSync(path.join(this.folder, '.vscode/settings.json'), JSON.stringify(values));
  }

  /** Takes a picture; `mouse` leaves the mouse where it is. */
  async picture(name, { mouse = false } = {}) {
    if (!mouse) await this.page.mouse.move(500, 5);
    // Until what fades in or out has done so.
    await this.pause(700);
    const file = path.join(this.#pictures, `${name}.png`);
    await this.page.screenshot({ path: file, caret: 'initial' });
  }
}
