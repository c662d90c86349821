import { isAway } from '@cartage/eventsourcing';
import type { Outgoing, Sender } from '../../app/sender';

/** What a receiver has got, as far as every way of sending can carry it. */
export interface Received {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  readonly text: string;
}

export interface SenderOnTrial {
  readonly sender: Sender;
  readonly addresses: { readonly good: string; readonly refused: string };
  readonly received: () => Promise<readonly Received[]>;
  /** The same sender while nobody is at the other end; nothing where there is no other end. */
  readonly lonely?: () => Sender;
}

const message = (address: string, more: Partial<Outgoing> = {}): Outgoing => ({
  messageId: '0199a3c4-7b1e-7c3d-9f2a-000000000071',
  kind: 'dispatched',
  from: 'Bücher & Söhne <orders@acme.example>',
  to: { name: 'Seán O’Brien-Ñuñez "Jr."', address },
  locale: 'de',
  subject: 'Ihre Bestellung 7 ist unterwegs – 北京',
  html: '<p>Grüße</p>',
  text: 'Grüße, und मुंबई, und مرحبا\n',
  ...more,
});

/** What every way of sending promises. Run it in a spec of each adapter. */
export const senderContract = (name: string, onTrial: () => SenderOnTrial): void => {
  describe(`messages by ${name}`, () => {
    it('reach whoever they are addressed to, letter by letter, under their id', async () => {
      const { sender, addresses, received } = onTrial();
      const sent = message(addresses.good);
      expect(await sender.send(sent)).toMatchObject({ status: 'accepted' });
      const { messageId: id, to, text } = sent;
      expect(await received()).toEqual([{ id, ...to, text }]);
    });

    it('have the same id when they are sent again, so that a receiver can tell', async () => {
      const { sender, addresses, received } = onTrial();
      for (const _ of [1, 2]) await sender.send(message(addresses.good));
      expect(new Set((await received()).map(({ id }) => id)).size).toBe(1);
    });

    it('are refused as a value, with a reason that has no address in it', async () => {
      const { sender, addresses, received } = onTrial();
      const outcome = await sender.send(message(addresses.refused));
      expect(outcome).toMatchObject({ status: 'refused', reason: { code: expect.stringMatching(/\S/) as string, by: 'provider' } });
      expect(JSON.stringify(outcome)).not.toContain(addresses.refused);
      expect(await received()).toEqual([]);
    });

    it('go out side by side', async () => {
      const { sender, addresses, received } = onTrial();
      const ids = Array.from({ length: 30 }, (_, n) => `0199a3c4-7b1e-7c3d-9f2a-0000000001${String(n).padStart(2, '0')}`);
      await Promise.all(ids.map((messageId) => sender.send(message(addresses.good, { messageId }))));
      expect((await received()).map(({ id }) => id).toSorted()).toEqual(ids);
    });

    it('wait while nobody is there', async () => {
      const { lonely, addresses } = onTrial();
      if (!lonely) return;
      const sender = lonely();
      const failure: unknown = await sender.send(message(addresses.good)).catch((error: unknown) => error);
      await sender.close();
      expect(isAway(failure)).toBe(true);
    });
  });
};
