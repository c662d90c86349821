/** Our location code, or `*` for the whole network, to the channel's own name of a location. */
export type LocationNames = ReadonlyMap<string, string>;

/** Of `*` none: it is the whole network. */
export const placeOf = (location: string): { readonly location?: string } => (location === '*' ? {} : { location });
