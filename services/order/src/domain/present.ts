/** The fields that are there, so that the same facts are the same data: an absent field, not an empty one. */
export const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;

type Present<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
