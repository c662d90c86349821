import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Whom a name stands for: by the system's own resolver unless a test says otherwise. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

type Family = 'ipv4' | 'ipv6';
type Network = readonly [network: string, bits: number];

/** What is not reachable from everywhere (IANA's special-purpose registries): whoever has us ask there would ask in our name, behind our walls. */
const special: Readonly<Record<Family, readonly Network[]>> = {
  ipv4: [
    ...([
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
    ] as const),
    ...([
      ['192.0.0.0', 24],
      ['192.0.2.0', 24],
      ['192.88.99.0', 24],
      ['192.168.0.0', 16],
      ['198.18.0.0', 15],
    ] as const),
    ...([
      ['198.51.100.0', 24],
      ['203.0.113.0', 24],
      ['224.0.0.0', 4],
      ['240.0.0.0', 4],
    ] as const),
  ],
  // Those that carry an IPv4 address (mapped, NAT64, 6to4, Teredo) would be a way around the list above.
  ipv6: [
    ...([
      ['::', 96],
      ['::ffff:0:0', 96],
      ['64:ff9b::', 96],
      ['64:ff9b:1::', 48],
      ['100::', 64],
      ['2001::', 23],
    ] as const),
    ...([
      ['2001:db8::', 32],
      ['2002::', 16],
      ['3fff::', 20],
      ['5f00::', 16],
      ['fc00::', 7],
      ['fe80::', 10],
      ['fec0::', 10],
    ] as const),
    ...([['ff00::', 8]] as const),
  ],
};

type AddressLists = Readonly<Record<Family, BlockList>>;

const listOf = (networks: readonly Network[], family: Family): BlockList => {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
};

/** Apart: one list of both would take every IPv4 address for one that is mapped. */
const listsOf = ({ ipv4, ipv6 }: typeof special): AddressLists => ({ ipv4: listOf(ipv4, 'ipv4'), ipv6: listOf(ipv6, 'ipv6') });

const notPublic = listsOf(special);
const loopback = listsOf({ ipv4: [['127.0.0.0', 8]], ipv6: [['::1', 128]] });

const isIn = (lists: AddressLists, address: string): boolean => {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  return lists[family].check(address, family);
};

/** Where nobody is asked to ask: private, loopback, link-local and other addresses that are not everybody's. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor(readonly host: string) {
    super(`${host} is at a private, loopback, link-local or reserved address.`);
  }
}

export interface AddressGuardOptions {
  /** For development and tests: this machine itself may be asked, also without TLS. */
  readonly allowsLoopback: boolean;
  readonly resolve?: Resolve;
}

const bySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookUp(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** `[::1]` in an address is `::1` to everybody else. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** Keeps requests whose address a stranger has chosen away from what only we can reach. */
export class AddressGuard {
  private readonly resolve: Resolve;
  private readonly asking = new Map<string, ReturnType<Resolve>>();

  constructor(private readonly options: AddressGuardOptions) {
    this.resolve = options.resolve ?? bySystem;
  }

  /** What is wrong with the address itself, for a person; nothing where only its name may still lead somewhere else. */
  faultIn(text: string): string | undefined {
    if (!URL.canParse(text)) return 'It must be an address, such as https://example.org/hooks.';
    const url = new URL(text);
    if (url.protocol !== 'https:' && !this.isOwnMachine(url))
      return 'It must begin with https://, so that nobody on the way reads or changes what is sent.';
    if (url.username !== '' || url.password !== '') return 'It must not hold a user or a password: what is sent is signed instead.';
    return url.hash === '' ? undefined : 'Nothing behind a # is ever sent: leave it out.';
  }

  /** The addresses of a host, all of which are allowed. Throws `AddressRefused`, or what the resolver throws. Asked again each time: names move. */
  async addressesOf(host: string): Promise<readonly LookupAddress[]> {
    const family = isIP(host);
    const addresses = family === 0 ? await this.resolved(host) : [{ address: host, family }];
    if (addresses.length === 0 || !addresses.every(({ address }) => this.allows(address))) throw new AddressRefused(host);
    return addresses;
  }

  /** For a connection: it is made to an address that was looked at, and to no other. */
  readonly lookup: LookupFunction = (host, { all }, done) => {
    this.addressesOf(host).then(
      (addresses) => {
        const [first] = addresses;
        if (all === true || first === undefined) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: unknown) => done(error as NodeJS.ErrnoException, []),
    );
  };

  /** Asked once by all who wait for it: a process asks few at a time, and a name service that is slow about one name would keep it from asking for any other, its database's included. */
  private resolved(host: string): ReturnType<Resolve> {
    const known = this.asking.get(host);
    if (known) return known;
    const asked = this.resolve(host).finally(() => this.asking.delete(host));
    this.asking.set(host, asked);
    return asked;
  }

  private allows(address: string): boolean {
    return (this.options.allowsLoopback && isIn(loopback, address)) || !isIn(notPublic, address);
  }

  private isOwnMachine(url: URL): boolean {
    const host = hostOf(url);
    const isLocal = host === 'localhost' || (isIP(host) !== 0 && isIn(loopback, host));
    return this.options.allowsLoopback && url.protocol === 'http:' && isLocal;
  }
}
