import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { messageOf } from '@cartage/eventsourcing';
import type { ClientConfig } from 'pg';

/** How far a server is believed, as libpq calls it. `prefer` and `allow` are not among them: they go on in clear when somebody in between says so. */
const MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
type Mode = (typeof MODES)[number];

const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;
type FileOption = (typeof FILES)[number];

/** What we read ourselves, so that the driver has no say in it. */
const OURS: readonly string[] = ['options', 'ssl', 'sslmode', 'uselibpqcompat', ...FILES];

/** What libpq knows, and the driver would pass over without a word. */
const UNHEARD = ['sslcrl', 'sslcrldir', 'sslpassword', 'sslcompression'] as const;

/** The authorities that everybody knows, as libpq names them. */
const SYSTEM = 'system';

export type TlsFiles = { readonly [Name in FileOption]?: string | undefined };

/** What an address says of encryption. */
interface Asked {
  readonly mode: string | undefined;
  readonly files: TlsFiles;
}

const optionsOf = (url: string): URLSearchParams => new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

/** A certificate, or somebody to believe, is nothing without encryption: who names one means to be sure. */
const modeOf = (options: URLSearchParams, files: TlsFiles): string | undefined => {
  const mode = options.get('sslmode');
  if (mode !== null) return mode;
  if (options.has('ssl')) return ['true', '1'].includes(options.get('ssl') ?? '') ? 'verify-full' : 'disable';
  return Object.keys(files).length > 0 ? 'verify-full' : undefined;
};

const askedIn = (url: string): Asked => {
  const options = optionsOf(url);
  const files = Object.fromEntries(FILES.flatMap((name) => (options.get(name) ? [[name, options.get(name) ?? '']] : [])));
  return { mode: modeOf(options, files), files };
};

/** How connections to this address are encrypted; `undefined` where it says nothing of it. */
export const tlsModeOf = (url: string): string | undefined => askedIn(url).mode;

/** The address with these files in it, unless it says itself how connections are encrypted. */
export const withTlsFiles = (url: string, files: TlsFiles): string => {
  const given = Object.entries(files).filter((file): file is [string, string] => file[1] !== undefined);
  if (given.length === 0 || tlsModeOf(url) !== undefined) return url;
  const options = new URLSearchParams([['sslmode', 'verify-full'], ...given]);
  return `${url}${url.includes('?') ? '&' : '?'}${options.toString()}`;
};

const readers: Readonly<Record<FileOption, (text: string) => unknown>> = {
  sslrootcert: (ca) => new X509Certificate(ca),
  sslcert: (cert) => new X509Certificate(cert),
  sslkey: (key) => createSecureContext({ key }),
};

const troubleWithFile = (name: FileOption, file: string): readonly string[] => {
  try {
    readers[name](readFileSync(file, 'utf8'));
    return [];
  } catch (error) {
    return [`${name}=${file} cannot be used (${messageOf(error)}). Name a file that can be read, and holds what it should as PEM.`];
  }
};

const known = (mode: string): mode is Mode => MODES.some((each) => each === mode);

const alone = 'without an authority of one’s own believes every server that any authority knows';

/** What does not go together, and why. */
const contradictions: readonly (readonly [(mode: string, files: TlsFiles) => boolean, (mode: string) => string])[] = [
  [
    (mode) => !known(mode),
    (mode) => `sslmode=${mode} does not keep connections encrypted. Take verify-full, or another of ${MODES.join(', ')}.`,
  ],
  [
    (mode, files) => mode === 'disable' && FILES.some((name) => files[name] !== undefined),
    () => 'sslmode=disable leaves the certificates unused. Take verify-full, or leave them out.',
  ],
  [
    (mode, { sslrootcert = SYSTEM }) => mode === 'verify-ca' && sslrootcert === SYSTEM,
    () => `sslmode=verify-ca ${alone}. Name it in sslrootcert, or take verify-full.`,
  ],
  [(mode, { sslrootcert }) => mode === 'require' && sslrootcert === SYSTEM, () => 'sslrootcert=system goes with sslmode=verify-full only.'],
  [
    (_, { sslcert, sslkey }) => (sslcert === undefined) !== (sslkey === undefined),
    () => 'sslcert and sslkey are of no use without each other. Give both, or none.',
  ],
];

const troubleWithMode = (mode: string, files: TlsFiles): readonly string[] =>
  contradictions.filter(([holds]) => holds(mode, files)).map(([, why]) => why(mode));

/** What is wrong with what an address says of encryption, each with its fix; its files are read, too. */
export const tlsTroubles = (url: string): readonly string[] => {
  const options = optionsOf(url);
  const { mode, files } = askedIn(url);
  const unheard = UNHEARD.filter((name) => options.has(name)).map((name) => `${name} is not honoured here. Leave it out.`);
  const named = FILES.flatMap((name) => (files[name] === undefined || files[name] === SYSTEM ? [] : [[name, files[name]] as const]));
  return [...unheard, ...(mode === undefined ? [] : troubleWithMode(mode, files)), ...named.flatMap((file) => troubleWithFile(...file))];
};

/** What a file holds now; while it is being renewed and cannot be read, what it held before. The driver asks amid a handshake, where nothing may be thrown. */
const renewed = (file: string): (() => string) => {
  let last = readFileSync(file, 'utf8');
  return () => {
    try {
      last = readFileSync(file, 'utf8');
    } catch {
      // The server says whether what was there before still counts.
    }
    return last;
  };
};

/** Who is believed: nobody is asked for (`require`), whoever the authority knows, or who it knows by this name. */
const beliefOf = (mode: string, sslrootcert: string | undefined): object => {
  if (mode === 'verify-full') return {};
  // As libpq has it, an authority that is named is asked for even where only encryption was.
  return sslrootcert === undefined ? { rejectUnauthorized: false } : { checkServerIdentity: () => undefined };
};

/** The driver takes these for every connection anew, and so asks the getters: what was renewed meanwhile counts from the next connection on. */
const sslOf = (mode: string, { sslrootcert, sslcert, sslkey }: TlsFiles): NonNullable<ClientConfig['ssl']> => {
  const getters = { ca: sslrootcert === SYSTEM ? undefined : sslrootcert, cert: sslcert, key: sslkey };
  const properties = Object.entries(getters).flatMap(([name, file]) =>
    file === undefined ? [] : [[name, { get: renewed(file), enumerable: true, configurable: true }] as const],
  );
  return Object.defineProperties(beliefOf(mode, sslrootcert), Object.fromEntries(properties));
};

export interface Connection extends Pick<ClientConfig, 'ssl'> {
  readonly connectionString: string;
  readonly options: string;
}

/**
 * How to connect to this address: `sslmode`, `sslrootcert`, `sslcert` and `sslkey` mean what libpq says they do. The driver alone would take `require` and
 * `verify-ca` for `verify-full`, and read files once. What the address says in `options`, such as `-c role=…`, comes behind what we ask of the session, and not in its place.
 */
export const connectionTo = (url: string, session: string): Connection => {
  const { mode, files } = askedIn(url);
  const rest = optionsOf(url);
  const options = [session, rest.get('options') ?? ''].join(' ').trim();
  if (mode === undefined && !rest.has('options')) return { connectionString: url, options };
  for (const name of OURS) rest.delete(name);
  const place = url.slice(0, url.indexOf('?'));
  const connectionString = rest.size > 0 ? `${place}?${rest.toString()}` : place;
  return { connectionString, options, ...(mode === undefined ? {} : { ssl: mode === 'disable' ? false : sslOf(mode, files) }) };
};
