import type { Browser, Page } from 'playwright-core';
import { deskOf, readerOf, type Desk, type Reader, type Reading } from './browser.fixture';
import type { Served } from './served.fixture';

/** The console as somebody opens it in a browser. */
export interface Site {
  cartage(): Served;
  url(): string;
  /** A page of the console, by its path behind `/console`. */
  open(path: string, reading?: Reading): Promise<Page>;
  /** Of somebody who was never here: everything is loaded anew. */
  reader(reading?: Reading): Promise<Reader>;
  /** Closes what was opened, and fails where something went wrong on it that nobody saw. */
  leave(): Promise<void>;
}

/** A page that everybody must be able to use, and how it is known to be there whole. In whatever language: nothing is looked for by its words. */
export interface Walk {
  readonly path: string;
  ready(page: Page): Promise<unknown>;
}

/** The pages of a room, as they are tested. */
export interface Pages {
  readonly name: string;
  /** Orders, goods and people that its tests need, beside those of the first room: the others are furnished at the same time. */
  readonly furnish?: (cartage: Served) => Promise<void>;
  readonly walks: readonly Walk[];
  readonly tests: (site: Site) => void;
}

export const siteOf = (cartage: () => Served, browser: () => Browser): Site => {
  const desks = new Map<string, Promise<Desk>>();
  const readers: Reader[] = [];
  const leaving = (reader: Reader): Reader => {
    readers.push(reader);
    return reader;
  };
  const deskFor = (reading: Reading): Promise<Desk> => {
    const name = JSON.stringify(reading);
    const desk = desks.get(name) ?? deskOf(browser(), reading);
    desks.set(name, desk);
    return desk;
  };
  return {
    cartage,
    url: () => cartage().url,
    reader: async (reading) => leaving(await readerOf(browser(), reading)),
    open: async (path, reading = {}) => {
      const { page } = leaving(await (await deskFor(reading)).open());
      await page.goto(`${cartage().url}/console${path}`);
      return page;
    },
    leave: async () => {
      const troubles = readers.flatMap((each) => each.troubles);
      await Promise.all(readers.splice(0).map((each) => each.close()));
      expect(troubles).toEqual([]);
    },
  };
};
