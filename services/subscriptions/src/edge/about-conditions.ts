import type { About } from '../domain/about';

/** Where in an event each of these is named, however deep: a path of Postgres, with what is wanted. */
const paths: Readonly<Record<keyof About, string>> = {
  keys: '$ ? (@.key == $wanted[*] || @.subject == $wanted[*])',
  skus: '$.data.** ? (@.sku == $wanted[*])',
  locations: `$.data.** ? (@.location == $wanted[*] || @.locations == $wanted[*] || @.pickupLocation == $wanted[*]
    || @.receivingLocation == $wanted[*] || @.store == $wanted[*] || exists(@.sku) && (@.from == $wanted[*] || @.to == $wanted[*]))`,
  payments: '$.data.** ? (@.paymentId == $wanted[*])',
  customers: '$.data.** ? (@.customerId == $wanted[*] || @.customers == $wanted[*])',
};

const kinds = Object.keys(paths) as readonly (keyof About)[];

/**
 * What `holds` takes: a condition for each list. An envelope is kept as it was written, so that whatever it names stands in its text; only where it does is the envelope read, which costs a hundred
 * times as much.
 */
export const conditionsOf = (about: About): string | null => {
  const given = kinds.flatMap((kind) => {
    const wanted = about[kind];
    return wanted === undefined ? [] : [{ path: paths[kind], texts: wanted.map((text) => JSON.stringify(text)), wanted: { wanted } }];
  });
  return given.length === 0 ? null : JSON.stringify(given);
};

/** Whether an envelope fulfils every condition of that parameter. */
export const holds = (parameter: string): string => `
  (${parameter}::json is null or not exists (
    select from json_to_recordset(${parameter}::json) as c(path text, texts text[], wanted jsonb)
    where not case when exists (select from unnest(c.texts) as named(text) where strpos(envelope::text, named.text) > 0)
      then jsonb_path_exists(envelope::jsonb, c.path::jsonpath, c.wanted) else false end))`;
