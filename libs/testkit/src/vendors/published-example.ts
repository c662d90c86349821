import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This folder and all above it. */
const upwards = (folder: string): readonly string[] => (dirname(folder) === folder ? [folder] : [folder, ...upwards(dirname(folder))]);

/**
 * A vendor's own published example, such as `shopify/refund.json`: from the folder that `VENDOR_PAYLOADS` names, or from `shared/data/payloads` beside the workspace.
 * Nothing where there is none: they are not ours to hand on.
 */
export const publishedExample = (path: string): unknown => {
  const named = process.env['VENDOR_PAYLOADS'];
  const folders = named === undefined ? upwards(process.cwd()).map((folder) => join(folder, 'shared/data/payloads')) : [named];
  const file = folders.map((folder) => join(folder, path)).find(existsSync);
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as unknown);
};
