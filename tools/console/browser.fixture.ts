import { existsSync } from 'node:fs';
import type { Running, TestServer } from '@cartage/testkit';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = PLACES.find((place) => place !== undefined && existsSync(place));

/** Letters and colours are drawn as on any other machine, whatever its screen is like. */
const SAME_EVERYWHERE = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

export interface TestBrowser extends Running {
  readonly browser: Browser;
}

/** A real browser: Debian's chromium, or whichever CHROMIUM names. */
export const aBrowser: TestServer<TestBrowser> = {
  name: 'a Chromium',
  missing: () => (executable === undefined ? 'there is none here (apt-get install chromium, or name it in CHROMIUM)' : undefined),
  start: async () => {
    const args = ['--no-sandbox', '--disable-dev-shm-usage', ...SAME_EVERYWHERE];
    const browser = await chromium.launch({ executablePath: executable ?? '', args });
    return { browser, from: `Chromium ${browser.version()}`, stop: () => browser.close() };
  },
};

export interface Reading extends BrowserContextOptions {
  readonly theme?: 'light' | 'dark';
  readonly density?: 'comfortable' | 'compact';
  readonly language?: 'en' | 'de' | 'ar';
}

/** A page of somebody who reads so, and what went wrong on it that nobody sees. */
export interface Reader {
  readonly page: Page;
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

/** A browser of somebody who reads so: it keeps the program that it has loaded, from page to page. */
export interface Desk {
  open(): Promise<Reader>;
  close(): Promise<void>;
}

const USUAL_PATIENCE_MS = 30_000;

/** What a page did that nobody sees. */
const troublesOf = (page: Page): readonly string[] => {
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (said) => {
    if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) troubles.push(said.text());
  });
  return troubles;
};

export const deskOf = async (browser: Browser, { theme, density, language, ...options }: Reading = {}): Promise<Desk> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 860 },
    ...options,
  });
  context.setDefaultTimeout(USUAL_PATIENCE_MS);
  const kept = Object.entries({ theme, density, language }).filter(([, value]) => value !== undefined);
  const remembered = kept.map(([name, value]) => `localStorage.setItem('cartage.${name}', '${value}');`).join('');
  if (remembered !== '') await context.addInitScript({ content: remembered });
  const open = async (): Promise<Reader> => {
    const page = await context.newPage();
    // What one kept for next time is nothing to the next.
    const close = async (): Promise<void> => {
      if (page.url().startsWith('http')) await page.evaluate('localStorage.clear()');
      await page.close();
    };
    return { page, troubles: troublesOf(page), close };
  };
  return { open, close: () => context.close() };
};

/** Of somebody who was never here. */
export const readerOf = async (browser: Browser, reading: Reading = {}): Promise<Reader> => {
  const desk = await deskOf(browser, reading);
  return { ...(await desk.open()), close: desk.close };
};

/** The page's heading: it is shown once the page is. */
export const heading = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name: text }).waitFor();

/** The row of a table in which this stands. */
export const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

/** What people who see, hear or move otherwise would stumble over (WCAG 2.2 AA). */
export const obstaclesOn = async (page: Page): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  // A page here has no frames of others, for whose sake the other way gathers what it found in a page of its own.
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};
