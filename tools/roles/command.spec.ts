import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { addressesOf, passwordsIn } from './addresses';
import { run, usage, type World } from './command';
import { psqlScript } from './sql';
import { scramVerifier } from './verifier';

const administrator = 'postgres://admin:secret@db.example.com/cartage?sslmode=verify-full';

const worldWith = (more: Partial<World> = {}) => {
  const [written, sent]: [Map<string, string>, string[]] = [new Map(), []];
  let n = 0;
  const world: World = {
    ...{ services: [{ name: 'order', schema: 'orders' }], administrator, read: (file) => written.get(file) },
    write: (file, text) => void written.set(file, text),
    newPassword: () => `password-${(n += 1)}`,
    run: async (_, statements) => void sent.push(...statements),
    ...more,
  };
  return { world, written, sent };
};

describe('the command that makes the roles of Postgres', () => {
  it('prints what docker-compose.yml runs (else: npm run reference)', async () => {
    expect(readFileSync('deploy/compose/roles.sql', 'utf8')).toBe(psqlScript(services, 'cartage_'));
    expect(await run(['print'], { ...worldWith().world, services })).toBe(psqlScript(services, 'cartage_'));
  });

  it('gives each role a password of its own, which is in no statement, and keeps those that there are', async () => {
    const { world, written, sent } = worldWith();
    await run(['apply', '--addresses', 'databases.env'], world);
    const first = written.get('databases.env') ?? '';
    expect(first).toContain('order=postgres://cartage_order:password-1@db.example.com/cartage?sslmode=verify-full\n');
    expect(new URL(first.match(/^migrate-order=(.*)$/m)?.[1] ?? '').searchParams.get('options')).toBe('-c role=cartage_order');
    expect(sent.join()).toContain(`alter role "cartage_order" login password 'SCRAM-SHA-256$`);
    expect(sent.join()).not.toMatch(/password-\d/);
    await run(['apply', '--addresses', 'databases.env'], world);
    expect(written.get('databases.env')).toBe(first);
  });

  it('finds passwords again, whatever is in them', () => {
    const odd = new Map([['order', 'a/b@c:d?e=f%']]);
    expect(passwordsIn(addressesOf(administrator, [{ name: 'order', schema: 'orders' }], 'x_', odd)).get('order')).toBe('a/b@c:d?e=f%');
  });

  it('knows what Postgres keeps of a password (RFC 7677, its example)', () =>
    expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    ));

  it.each<[readonly string[], Partial<World>, string]>([
    [[], {}, usage],
    [['apply'], {}, '--addresses is missing'],
    [['apply', '--addresses', 'x'], { administrator: undefined }, 'DATABASE_URL is missing'],
    [['print', '--prefix', 'x"; drop'], {}, '--prefix x"; drop begins the names of roles'],
  ])('%j is answered with what to do', async (args, more, text) => expect(run(args, worldWith(more).world)).rejects.toThrow(text));
});
