import type { Locator, Page } from 'playwright-core';

/** What of a queue is looked at. */
export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'What is looked at' });

/** Opens a deed of what is looked at, fills it in, and does it. */
export const deed = async (
  page: Page,
  name: string,
  fill: (dialog: Locator) => Promise<unknown> = async () => undefined,
): Promise<void> => {
  await panel(page).getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.getByRole('button', { name }).click();
  await page
    .getByRole('status')
    .filter({ hasText: `Done: ${name}` })
    .waitFor();
};
