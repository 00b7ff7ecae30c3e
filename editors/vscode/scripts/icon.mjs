// Draws media/icon.png from media/icon.svg with a headless Chromium.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const svg = readFileSync('media/icon.svg', 'utf8').replace('width="128" height="128"', 'width="256" height="256"');
await page.setContent(`<body style="margin:0">${svg}</body>`);
await page.screenshot({ path: 'media/icon.png', omitBackground: true });
await browser.close();
