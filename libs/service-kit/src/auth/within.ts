import { Refused } from '@cartage/eventsourcing';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefused } from '../http/problem';
import type { Access, Belonging, FieldPath } from './access';
import { callerOf } from './caller';

/** Whose a thing is: one, or each of several, such as both ends of a transfer; nothing: there is no such thing, or nobody knows whose it is. */
export type OwnersOf = (id: string) => Promise<string | readonly string[] | undefined>;

/** Whose the things are that a parameter names, such as `orderId`. */
export interface Owner {
  readonly of: Readonly<Partial<Record<Belonging, OwnersOf>>>;
  /** What is said of one that there is not, and so of another's: nobody learns that it is there. */
  readonly unknown: (id: string) => Refused;
  /** It is somebody's only where it is theirs alone, such as what is told of several channels at once. */
  readonly isWhole?: boolean;
}

const ids = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What is no id, and what whoever is asked refuses as unknown, is nobody's. */
const orNobody =
  (ownersOf: OwnersOf): OwnersOf =>
  async (id) => {
    if (!ids.test(id)) return undefined;
    try {
      return await ownersOf(id);
    } catch (error) {
      if (error instanceof Refused && error.kind === 'unknown') return undefined;
      throw error;
    }
  };

/** A thing with an id that belongs to the channel that sold its order, or is at a location. Those who are asked may refuse one that there is not as unknown. */
export const ownedBy = ({ channel, location }: Owner['of'], unknown: Owner['unknown']): Owner => ({
  of: { ...(channel ? { channel: orNobody(channel) } : {}), ...(location ? { location: orNobody(location) } : {}) },
  unknown,
});

/** By the name of the parameter. */
export type Owners = Readonly<Record<string, Owner>>;
export type OwnersAt = (segment: string) => Owners;

/** A value that the request names, by its field; `fill` where it may be left out. */
interface NamedValue {
  readonly field: string;
  readonly value: unknown;
  readonly fill?: (value: string) => void;
}

interface Bound {
  readonly by: Belonging;
  readonly mine: ReadonlySet<string>;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const valueAt = (request: FastifyRequest, path: FieldPath): NamedValue => {
  const [part, field = '', ofItem] = path.split('.', 3);
  const fields = fieldsOf(part === 'query' ? request.query : request.body);
  if (ofItem !== undefined) return { field: ofItem, value: [fields?.[field] ?? []].flat().map((item) => fieldsOf(item)?.[ofItem]) };
  return { field, value: fields?.[field], fill: (value) => void (fields && (fields[field] = value)) };
};

const namedIn = (request: FastifyRequest, { within = [] }: Access): readonly NamedValue[] => [
  ...Object.entries(fieldsOf(request.params) ?? {}).map(([field, value]) => ({ field, value })),
  ...within.map((path) => valueAt(request, path)),
];

const notHere = (by: Belonging, value: unknown): Refused =>
  new Refused(by === 'channel' ? 'CHANNEL_UNKNOWN' : 'LOCATION_UNKNOWN', `There is no ${by} ${String(value)} here.`, 'unknown');

const bounded = (by: Belonging, mine: ReadonlySet<string>): HttpRefused =>
  new HttpRefused({
    status: 403,
    code: by === 'channel' ? 'CHANNEL_BOUND' : 'LOCATION_BOUND',
    detail: `This is not of one ${by}, and the token is for ${[...mine].join(', ') || 'none'} only. Where there is a field \`${by}\`, name it.`,
  });

/** The field itself says it. Whoever belongs to one only need not say which. */
const requireMine = ({ value, fill }: NamedValue, { by, mine }: Bound): boolean => {
  const [only, ...others] = mine;
  if (value === undefined && fill) {
    if (only === undefined || others.length > 0) return false;
    fill(only);
    return true;
  }
  if ([value].flat().every((each) => typeof each === 'string' && mine.has(each))) return true;
  throw notHere(by, value);
};

/** It is the caller's; or this says nothing of whose it is; or there is no such thing. */
type Said = boolean | Refused;

/** One that there is not, such as an order that was kept aside, may be said to be the caller's by something else that the request names. */
const requireOwned = async ({ of, unknown, isWhole = false }: Owner, id: string, { by, mine }: Bound): Promise<Said> => {
  const ownerOf = of[by];
  if (!ownerOf) return false;
  const whose = [(await ownerOf(id)) ?? []].flat();
  if (whose.length === 0) return unknown(id);
  const isMine = (each: string): boolean => mine.has(each);
  if (!(isWhole ? whose.every(isMine) : whose.some(isMine))) throw unknown(id);
  return true;
};

/** As many as a batch may have; nobody is made to look for more. */
const MOST_ITEMS = 1_000;
const areNames = (values: readonly unknown[]): values is readonly string[] => values.every((value) => typeof value === 'string');

const requireEach = async (owner: Owner, values: readonly unknown[], bound: Bound): Promise<Said> => {
  if (values.length === 0 || values.length > MOST_ITEMS || !areNames(values)) return false;
  const said = await Promise.all(values.map((id) => requireOwned(owner, id, bound)));
  return said.find((each) => each !== true) ?? true;
};

/** Whether the value has said whose the request is about; throws where it is another's. */
const hasSaid = async (named: NamedValue, bound: Bound, owners: Owners): Promise<Said> => {
  const { field, value } = named;
  if (field === bound.by) return requireMine(named, bound);
  const owner = Object.hasOwn(owners, field) ? owners[field] : undefined;
  return owner !== undefined && requireEach(owner, [value].flat(), bound);
};

const requireWithin = async (request: FastifyRequest, bound: Bound, ownersAt: OwnersAt): Promise<void> => {
  const { access } = request.routeOptions.config;
  if (!access || access.isShared === true || access.keeps?.includes(bound.by) === true) return;
  const owners = ownersAt(request.url.split(/[/?]/, 2)[1] ?? '');
  const said = await Promise.all(namedIn(request, access).map((named) => hasSaid(named, bound, owners)));
  if (!said.includes(true)) throw said.find((each) => each instanceof Refused) ?? bounded(bound.by, bound.mine);
};

const boundsOf = (request: FastifyRequest): readonly Bound[] => {
  const { channels, locations } = callerOf(request) ?? {};
  return [
    ...(channels ? [{ by: 'channel' as const, mine: channels }] : []),
    ...(locations ? [{ by: 'location' as const, mine: locations }] : []),
  ];
};

const requireAll = async (request: FastifyRequest, bounds: readonly Bound[], ownersAt: OwnersAt): Promise<void> => {
  for (const bound of bounds) await requireWithin(request, bound, ownersAt);
};

/** Keeps who belongs to a channel or a location within it. Everybody else passes at once. */
export const keepWithin = (server: FastifyInstance, ownersAt: OwnersAt): void => {
  server.addHook('preHandler', (request, _, done) => {
    const bounds = boundsOf(request);
    if (bounds.length === 0) return done();
    requireAll(request, bounds, ownersAt).then(() => done(), done);
  });
};
