import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { settingsPage } from './settings-page';

const REGENERATE = 'else: npm run reference';

describe('the settings reference', () => {
  it(`is up to date (${REGENERATE})`, () => expect(readFileSync('docs/reference/settings.md', 'utf8')).toBe(settingsPage()));

  it.each(services.flatMap(({ settings }) => Object.keys(settings)))('names %s', (name) =>
    expect(settingsPage()).toContain(`| \`${name}\` |`),
  );
});
