import type { Browser, Page } from 'playwright-core';
import { readerOf, type Reader, type Reading } from './browser.fixture';
import type { Served } from './served.fixture';

/** The console as somebody opens it in a browser. */
export interface Site {
  cartage(): Served;
  url(): string;
  /** A page of the console, by its path behind `/console`. */
  open(path: string, reading?: Reading): Promise<Page>;
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
  /** Orders, goods and people that its tests need, beside those of the rooms before. */
  readonly furnish?: (cartage: Served) => Promise<void>;
  readonly walks: readonly Walk[];
  readonly tests: (site: Site) => void;
}

export const siteOf = (cartage: () => Served, browser: () => Browser): Site => {
  const readers: Reader[] = [];
  const reader = async (reading: Reading = {}): Promise<Reader> => {
    const opened = await readerOf(browser(), reading);
    readers.push(opened);
    return opened;
  };
  return {
    cartage,
    url: () => cartage().url,
    reader,
    open: async (path, reading) => {
      const { page } = await reader(reading);
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
