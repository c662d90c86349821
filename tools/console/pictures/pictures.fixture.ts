import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@cartage/testkit';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { format } from 'prettier';
import { deskOf, type Desk } from '../browser.fixture';
import type { Site } from '../site.fixture';
import { sorted, type Recorded } from './answers';
import { differenceOf, isTolerable, wordsFor } from './comparing';
import { drawings, looks, type Drawing, type Look } from './drawings.fixture';
import { pngOf } from './palette';
import { holdStill, lettersOfMachine, record, stillBrowser } from './still.fixture';

const STORED = join('tools', 'console', 'pictures', 'stored');
const ANSWERS = join('tools', 'console', 'pictures', 'answers');
/** What differs is put here; git takes no notice of it. */
const DIFFERENCES = join('dist', 'console-pictures');
/** Whatever else a page asks after it is there. Only when its answers are recorded is it waited for. */
const SETTLING_MS = 2_000;
/** Pages at once. */
const AT_ONCE = 3;

/** `draw`: pictures are stored anew. `record`: the answers are asked for anew before. */
const mode = process.env['CONSOLE_PICTURES'];

interface Taking {
  readonly site: Site;
  readonly desks: ReadonlyMap<Look, Desk>;
}

const answersFile = ({ name }: Drawing): string => join(ANSWERS, `${name}.json`);
const recordedFor = (drawing: Drawing): Recorded => JSON.parse(readFileSync(answersFile(drawing), 'utf8')) as Recorded;

const opened = async ({ desks }: Taking, look: Look, use: (page: Page) => Promise<void>): Promise<void> => {
  const desk = desks.get(look);
  if (!desk) throw new Error(`Nobody looks ${look}.`);
  const { page } = await desk.open();
  await use(page).finally(() => page.close());
};

const answersOf = async (taking: Taking, drawing: Drawing): Promise<void> =>
  opened(taking, 'light', async (page) => {
    const { cartage, url } = taking.site;
    const [at, path] = [new Date().toISOString(), await drawing.path(cartage())];
    const answers = await record(page, drawing.keeps ?? {});
    await page.goto(`${url()}/console${path}`);
    await drawing.ready(page);
    await page.waitForTimeout(SETTLING_MS);
    const recorded: Recorded = { at, path, answers: sorted(answers) };
    writeFileSync(answersFile(drawing), await format(JSON.stringify(recorded), { parser: 'json', printWidth: 140 }));
  });

/** What varies by itself says nothing. */
const blank = (page: Page, varies: string | undefined): Promise<unknown> =>
  page.evaluate(
    `document.querySelectorAll('[data-varies]${varies === undefined ? '' : `, ${varies}`}').forEach((each) => { each.textContent = '…'; })`,
  );

const shot = async (page: Page, { varies }: Drawing): Promise<Buffer> => {
  await blank(page, varies);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
};

const settled = (page: Page, drawing: Drawing): Promise<Buffer> =>
  eventually(async () => {
    const before = await shot(page, drawing);
    await page.waitForTimeout(500);
    const after = await shot(page, drawing);
    expect(after.equals(before)).toBe(true);
    return after;
  });

/** Everything that is written on the page. */
const LETTERS = `document.body.innerText + [...document.querySelectorAll('input')].map(({ value, placeholder }) => value + placeholder).join('')`;

const store = async (page: Page, drawing: Drawing, file: string): Promise<void> => {
  const taken = PNG.sync.read(await settled(page, drawing));
  expect({ file, lettersOfMachine: lettersOfMachine(await page.evaluate<string>(LETTERS)) }).toEqual({ file, lettersOfMachine: [] });
  writeFileSync(join(STORED, file), pngOf(taken));
};

/** Looks until what is there is what is stored; what is not in the end. */
const compared = async (page: Page, drawing: Drawing, file: string): Promise<string | undefined> => {
  if (!existsSync(join(STORED, file))) return `${file} is not stored`;
  const stored = PNG.sync.read(readFileSync(join(STORED, file)));
  let difference = differenceOf(stored, stored);
  const look = async (): Promise<void> => {
    difference = differenceOf(stored, PNG.sync.read(await shot(page, drawing)));
    expect(isTolerable(difference)).toBe(true);
  };
  try {
    await eventually(look, { withinMs: 10_000, everyMs: 100 });
    return undefined;
  } catch {
    mkdirSync(DIFFERENCES, { recursive: true });
    writeFileSync(join(DIFFERENCES, file), PNG.sync.write(difference.picture()));
    return `${wordsFor(file, difference)}; see ${join(DIFFERENCES, file)}`;
  }
};

const goTo = async ({ site }: Taking, page: Page, drawing: Drawing): Promise<readonly string[]> => {
  const recorded = drawing.varies === undefined ? recordedFor(drawing) : undefined;
  const unanswered = await holdStill(page, { recorded, keeps: drawing.keeps ?? {} });
  await page.goto(`${site.url()}${recorded ? `/console${recorded.path}` : await drawing.path(site.cartage())}`);
  await drawing.ready(page);
  return unanswered;
};

/** What is wrong with the picture of this page. */
const wrongWith = async (taking: Taking, drawing: Drawing, look: Look): Promise<readonly string[]> => {
  const file = `${drawing.name}-${look}.png`;
  const wrong: string[] = [];
  await opened(taking, look, async (page) => {
    const unanswered = await goTo(taking, page, drawing);
    const difference = mode === undefined ? await compared(page, drawing, file) : await store(page, drawing, file);
    if (difference !== undefined) wrong.push(difference);
    wrong.push(...unanswered.map((asked) => `${file}: no answer is recorded to ${asked}`));
  });
  return wrong;
};

/** So many at once, one after the other. */
const each = async <Item>(items: readonly Item[], does: (item: Item) => Promise<void>): Promise<void> => {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await does(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
};

const withDesks = async (site: Site, browser: Browser, use: (taking: Taking) => Promise<void>): Promise<void> => {
  const named = Object.entries(looks) as readonly [Look, (typeof looks)[Look]][];
  const desks = new Map(
    await Promise.all(named.map(async ([look, reading]) => [look, await deskOf(browser, { ...stillBrowser, ...reading })] as const)),
  );
  await use({ site, desks }).finally(() => Promise.all([...desks.values()].map((desk) => desk.close())));
};

/** Of every picture that is not as stored: which, and by how much. */
export const otherPictures = async (site: Site, browser: Browser): Promise<readonly string[]> => {
  const wrong: string[] = [];
  rmSync(DIFFERENCES, { recursive: true, force: true });
  await withDesks(site, browser, async (taking) => {
    const recordable = drawings.filter(({ varies }) => varies === undefined);
    if (mode === 'record') await each(recordable, (drawing) => answersOf(taking, drawing));
    const taken = async (look: Look): Promise<void> => {
      for (const drawing of drawings) if (drawing.looks.includes(look)) wrong.push(...(await wrongWith(taking, drawing, look)));
    };
    // Pages of one desk have one clock: one is set while no other page of it closes, or is looked at.
    await Promise.all([...taking.desks.keys()].map(taken));
  });
  return wrong.sort();
};
