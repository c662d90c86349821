export const views = ['text', 'difference', 'trial', 'draft'] as const;
export type View = (typeof views)[number];

/**
 * Which version of some rules is looked at (`version`: absent, the one that is in force), and how (`view`); of several sets, those that are about something (`about`).
 * As it stands in the address.
 */
export type RulesAddress = Readonly<Partial<Record<'version' | 'about', string> & Record<'view', View>>>;

const ABOUT = /^[a-z-]{1,64}$/;
const VERSION = /^[\w.@-]{1,64}$/;

/** Reads an address that anybody may have written. */
export const readRules = (search: Readonly<Record<string, unknown>>): RulesAddress => {
  const asked = search['version'];
  const version = typeof asked === 'number' ? String(asked) : asked;
  const about = search['about'];
  const view = views.find((each) => each === search['view']);
  return {
    ...(typeof version === 'string' && VERSION.test(version) ? { version } : {}),
    ...(view === undefined ? {} : { view }),
    ...(typeof about === 'string' && ABOUT.test(about) ? { about } : {}),
  };
};
