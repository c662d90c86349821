type Present<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], null | undefined> };

/** The fields that are there, so that the same facts are the same data: an absent field, not an empty one. */
export const present = <Fields extends object>(fields: Fields): Present<Fields> => {
  const there: { [Name in keyof Fields]?: unknown } = {};
  for (const name in fields) if (fields[name] !== undefined && fields[name] !== null) there[name] = fields[name];
  return there as Present<Fields>;
};
