import { sep } from 'node:path';

/** What is loaded, by file, and which of it loaded which: `require.cache`. */
export type Loaded = Record<string, { readonly filename: string; children: { readonly filename: string }[] } | undefined>;

/**
 * Forgets the modules of a package that is needed no more, so that their memory is free for what comes; whoever imports it again loads it anew. Nobody may be at work with it: some modules
 * would be of the old load, others of the new one.
 */
export const unload = (name: string, loaded: Loaded = require.cache): void => {
  const folder = `${sep}node_modules${sep}${name}${sep}`;
  for (const [file, module] of Object.entries(loaded)) {
    if (file.includes(folder)) delete loaded[file];
    else if (module?.children.some(({ filename }) => filename.includes(folder)))
      module.children = module.children.filter(({ filename }) => !filename.includes(folder));
  }
};
