import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topics } from '@cartage/contracts';
import { newId, startAll, type Running } from '@cartage/service-kit';
import { eventually, sampleOf, testDatabase, type TestDatabase } from '@cartage/testkit';
import { simpleParser, type ParsedMail } from 'mailparser';
import { Pool } from 'pg';
import type { ShownMessage } from '../app/message-log';
import { notificationsService } from '../notifications.module';
import { voice } from './voice.fixture';

type Json = Readonly<Record<string, unknown>>;

const folder = mkdtempSync(join(tmpdir(), 'cartage-mail-'));
const [order, shipping, payment] = [voice('order', Topics.order), voice('shipping', Topics.shipping), voice('payment', Topics.payment)];
let database: TestDatabase;
let running: Running;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  running = await startAll([order.service, shipping.service, payment.service, notificationsService], {
    environment: {
      ...{ DATABASE_URL: database.url, MASTER_KEY_FILE: join(folder, 'master.key'), PORT: '0', LOG_LEVEL: 'silent' },
      ...{ MAIL_FOLDER: join(folder, 'mail'), TRACKING_URL: 'https://shop.example/track/{token}', MAIL_FROM: 'Acme <orders@acme.example>' },
    },
  });
  pool = new Pool({ connectionString: database.url, options: '-c search_path=notifications' });
});
afterAll(async () => {
  await running.close();
  await pool.end();
  await database.drop();
});

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  key = newId(),
): Promise<{ readonly status: number; readonly body: Json }> => {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), 'idempotency-key': key };
  const response = await fetch(`${running.url}${path}`, { method, headers, ...content });
  return { status: response.status, body: (await response.json()) as Json };
};
const logOf = async (orderId: string): Promise<readonly ShownMessage[]> =>
  (await ask('GET', `/notifications?orderId=${orderId}`)).body['items'] as readonly ShownMessage[];
const mailOf = ({ messageId }: Pick<ShownMessage, 'messageId'>): Promise<ParsedMail> =>
  simpleParser(readFileSync(join(folder, 'mail', `${messageId}.eml`)));
const addressed = (mail: ParsedMail): string =>
  [mail.to]
    .flat()
    .map((each) => each?.text ?? '')
    .join();

/** The gathering of a minute is over, as far as this order is concerned. */
const hurry = async (orderId: string): Promise<void> => {
  await pool.query(`update deadline set next_at = now() where stream = $1 and settled_at is null`, [`messages-${orderId}`]);
};
const ended = (orderId: string, count: number): Promise<readonly ShownMessage[]> =>
  eventually(
    async () => {
      await hurry(orderId);
      const log = await logOf(orderId);
      expect(log.filter(({ endedAt }) => endedAt !== null)).toHaveLength(count);
      return log;
    },
    { withinMs: 20_000 },
  );

const person = {
  name: 'Seán O’Brien-Ñuñez',
  email: 'ada+spring.sale@example.org',
  address: { lines: ['1 High Street'], city: 'Dublin', country: 'IE' },
};

const placed = async (more: Json = {}, who: object = person): Promise<{ readonly orderId: string; readonly customerId: string }> => {
  const [orderId, customerId] = [newId(), newId()];
  const personal = await order.seal(customerId, who);
  await order.say(orderId, { type: 'OrderPlaced', data: { ...sampleOf('OrderPlaced'), orderId, customerId, personal, ...more } });
  return { orderId, customerId };
};
const dispatched = (orderId: string, shipmentId: string, trackingNumber: string): Promise<void> => {
  const sample = sampleOf('ShipmentDispatched');
  const data = { ...sample, orderId, shipmentId, parcels: [{ parcelId: '1', trackingNumber, lines: sample.lines }] };
  return shipping.say(shipmentId, { type: 'ShipmentDispatched', data });
};

describe('messages to customers', () => {
  it('confirm an order within seconds, to its customer, in his language, and keep neither address nor words', async () => {
    const { orderId } = await placed({ locale: 'en-IE', externalOrderId: 'W-77' });
    const [message] = await eventually(async () => {
      const log = await logOf(orderId);
      expect(log).toMatchObject([
        { kind: 'order-confirmation', medium: 'email', status: 'sent', locale: 'en', templateVersion: 1, sender: 'file' },
      ]);
      return log as readonly [ShownMessage];
    });
    const mail = await mailOf(message);
    expect(mail).toMatchObject({ subject: 'Your order W-77', messageId: `<${message.messageId}@acme.example>` });
    expect([mail.from?.text, addressed(mail)]).toEqual(['"Acme" <orders@acme.example>', expect.stringContaining(person.email)]);
    expect(mail.text).toContain('Hello Seán O’Brien-Ñuñez,');
    expect(mail.html).toContain('lang="en"');
    const { rows } = await pool.query<{ readonly row: string }>('select message::text as row from message');
    expect(rows.filter(({ row }) => /example\.org|Brien|W-77/.test(row))).toEqual([]);
    expect((await pool.query('select box_key from message where message_id = $1', [message.messageId])).rows).toEqual([
      { box_key: expect.any(String) as string },
    ]);
  });

  it('tell of two parcels that leave within a minute at once, with a link to each', async () => {
    const { orderId } = await placed();
    const shipments = [newId(), newId()];
    for (const shipmentId of shipments) {
      const label = { ...sampleOf('LabelPurchased'), orderId, shipmentId, trackingToken: `token-of-${shipmentId}` };
      await shipping.say(shipmentId, { type: 'LabelPurchased', data: label });
      await dispatched(orderId, shipmentId, `TN-${shipmentId}`);
    }
    await eventually(async () => expect(await logOf(orderId)).toHaveLength(3));
    const log = await ended(orderId, 3);
    const parcels = log.filter(({ kind }) => kind === 'dispatched');
    expect(parcels.map(({ status }) => status).toSorted()).toEqual(['merged', 'sent']);
    const lead = parcels.find(({ status }) => status === 'sent');
    expect(parcels.find(({ status }) => status === 'merged')?.mergedInto).toBe(lead?.messageId);
    const { html = '' } = await mailOf(lead ?? { messageId: '' });
    for (const shipmentId of shipments) expect(html).toContain(`https://shop.example/track/token-of-${shipmentId}`);
    expect(html).toContain('2 parcels');
  });

  it('wait for an order that is heard of after its own news', async () => {
    const [orderId, shipmentId, customerId] = [newId(), newId(), newId()];
    await dispatched(orderId, shipmentId, 'EARLY');
    await eventually(async () => {
      await hurry(orderId);
      expect(await logOf(orderId)).toMatchObject([{ kind: 'dispatched', status: 'waiting', attempts: expect.any(Number) as number }]);
    });
    const personal = await order.seal(customerId, person);
    await order.say(orderId, { type: 'OrderPlaced', data: { ...sampleOf('OrderPlaced'), orderId, personal } });
    expect((await ended(orderId, 2)).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  it('do not go to whoever was erased, and note that', async () => {
    const { orderId } = await placed({ personal: { key: 'erased.abc', box: 'AAAA' } });
    await eventually(async () => expect(await logOf(orderId)).toMatchObject([{ status: 'suppressed', reason: 'person-erased' }]));
  });

  it('list an address that nothing can be sent to, and tell others', async () => {
    const { orderId } = await placed({}, { ...person, email: 'nobody' });
    await eventually(async () => expect(await logOf(orderId)).toMatchObject([{ status: 'failed', reason: 'address-invalid' }]));
    const { body } = await ask('GET', '/notifications?status=failed');
    expect(body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ orderId })]));
    const { rows } = await pool.query('select type from events where stream = $1', [`notices-${orderId}`]);
    expect(rows).toEqual([{ type: 'NotificationFailed' }]);
  });

  it('leave out what a customer does without, and nothing that has to be told', async () => {
    const customerId = newId();
    const path = `/notifications/preferences/${customerId}`;
    expect((await ask('PUT', path, { optOut: ['order-cancelled'] })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'optOut[0]', code: 'KIND_REQUIRED' }],
    });
    expect((await ask('PUT', path, { optOut: ['delivered'] })).body).toMatchObject({ optOut: ['delivered'] });
    const { orderId } = await placed({ customerId });
    const delivered = { ...sampleOf('ShipmentDelivered'), orderId };
    await shipping.say(newId(), { type: 'ShipmentDelivered', data: delivered });
    await eventually(async () => expect(await logOf(orderId)).toHaveLength(2));
    expect((await ended(orderId, 2)).map(({ kind, status }) => [kind, status])).toEqual(
      expect.arrayContaining([
        ['order-confirmation', 'sent'],
        ['delivered', 'suppressed'],
      ]),
    );
  });

  it('are sent once more on request, as often as the request comes', async () => {
    const { orderId } = await placed();
    const [first] = await ended(orderId, 1);
    const key = newId();
    const path = `/notifications/${first?.messageId}/resend`;
    const again = await ask('POST', path, undefined, key);
    expect([again.status, again.body['repeats']]).toEqual([201, first?.messageId]);
    expect((await ask('POST', path, undefined, key)).body['messageId']).toBe(again.body['messageId']);
    expect(await ended(orderId, 2)).toHaveLength(2);
    expect((await mailOf({ messageId: String(again.body['messageId']) })).subject).toBe(
      (await mailOf({ messageId: first?.messageId ?? '' })).subject,
    );
  });

  it('remind of a payment, and not of one that has its answer, is over, or whose order is cancelled', async () => {
    const details = await payment.seal(newId(), { url: 'https://bank.example/3ds/the-secret', reference: 'CART-1' });
    const action = { kind: 'redirect', details };
    const remind = (orderId: string, authorizationId: string, expiresAt = new Date(Date.now() + 3_600_000).toISOString()) =>
      payment.say(orderId, {
        type: 'PaymentReminderDue',
        data: { ...sampleOf('PaymentReminderDue'), orderId, authorizationId, expiresAt, action },
      });
    const reminderOf = async (orderId: string) => (await ended(orderId, 2)).find(({ kind }) => kind === 'payment-reminder');
    const { orderId } = await placed({ locale: 'de' });
    await remind(orderId, newId());
    const reminder = await reminderOf(orderId);
    expect(reminder).toMatchObject({ status: 'sent', locale: 'de' });
    expect((await mailOf(reminder ?? { messageId: '' })).text).toContain('https://bank.example/3ds/the-secret');
    const { rows } = await pool.query<{ kept: string }>('select string_agg(content::text, $1) as kept from message', [' ']);
    expect(rows[0]?.kept).not.toContain('bank.example');

    const { orderId: late } = await placed();
    await remind(late, newId(), '2026-01-01T10:00:00.000Z');
    expect(await reminderOf(late)).toMatchObject({ status: 'suppressed', reason: 'too-late' });

    const { orderId: cancelled } = await placed();
    await order.say(cancelled, { type: 'OrderCancelled', data: { ...sampleOf('OrderCancelled'), orderId: cancelled } });
    await eventually(async () =>
      expect(
        (await pool.query(`select 1 from order_card where order_id = $1 and card->>'cancelled' = 'true'`, [cancelled])).rows,
      ).toHaveLength(1),
    );
    await remind(cancelled, newId());
    expect((await ended(cancelled, 2)).find(({ kind }) => kind === 'payment-reminder')).toMatchObject({ reason: 'order-cancelled' });

    // Its order is heard of last: until then the reminder waits, and is answered meanwhile.
    const [early, authorizationId] = [newId(), newId()];
    await remind(early, authorizationId);
    await payment.say(early, { type: 'PaymentAuthorized', data: { ...sampleOf('PaymentAuthorized'), orderId: early, authorizationId } });
    await eventually(async () =>
      expect((await pool.query('select 1 from message where order_id = $1 and withdrawn', [early])).rows).toHaveLength(1),
    );
    const personal = await order.seal(newId(), person);
    await order.say(early, { type: 'OrderPlaced', data: { ...sampleOf('OrderPlaced'), orderId: early, personal } });
    expect(await reminderOf(early)).toMatchObject({ status: 'suppressed', reason: 'answered' });
  }, 60_000);

  it('bring a link to pay by, that is kept sealed until then', async () => {
    const { orderId, customerId } = await placed();
    const link = await payment.seal(customerId, { url: 'https://shop.example/pay/the-secret' });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await payment.say(orderId, { type: 'PayLinkOffered', data: { ...sampleOf('PayLinkOffered'), orderId, link, expiresAt } });
    const message = (await ended(orderId, 2)).find(({ kind }) => kind === 'pay-link');
    expect(message).toMatchObject({ status: 'sent' });
    expect((await mailOf({ messageId: message?.messageId ?? '' })).text).toContain('https://shop.example/pay/the-secret');
  });

  it('go by the words that are active, and by the earlier ones when those are taken back', async () => {
    const name = 'order-confirmation.email.pt';
    const subject = (which: string) => ({ subject: `[[${which} {number}]]`, mjml: '<mjml><mj-body></mj-body></mjml>', text: '[[{name}]]' });
    const path = `/notifications/templates/${name}`;
    expect((await ask('POST', `${path}/versions`, { ...subject('x'), text: '[[{nothing}]]' })).body).toMatchObject({
      code: 'TEMPLATE_BROKEN',
    });
    expect((await ask('POST', `${path}/versions`, { ...subject('x'), mjml: '<mjml><mj-foo/></mjml>' })).body).toMatchObject({
      code: 'TEMPLATE_BROKEN',
    });
    expect((await ask('POST', `${path}/versions`, subject('Pedido'))).body).toMatchObject({ active: 1, versions: 2 });
    expect((await ask('GET', `${path}/versions/2/preview`)).body).toMatchObject({ subject: 'Pedido W-1001', text: 'Ada Miller\n' });
    const inGerman = { subject: '[[{date, date, long}]]', mjml: '<mjml><mj-body></mj-body></mjml>', text: '[[{name}]]', locale: 'de' };
    expect((await ask('POST', `${path}/preview`, inGerman)).body).toMatchObject({ subject: '23. November 2026', text: 'Ada Miller\n' });
    expect((await ask('POST', `${path}/preview`, { ...inGerman, subject: '[[{oops]]', locale: 'de_DE' })).body).toMatchObject({
      errors: [{ field: 'locale' }],
    });
    expect((await ask('POST', `${path}/preview`, { ...inGerman, subject: '[[{oops]]' })).body).toMatchObject({
      code: 'TEMPLATE_BROKEN',
      errors: [{ field: 'subject' }],
    });
    const subjectNow = async (): Promise<string> => {
      const { orderId } = await placed({ locale: 'pt-BR', externalOrderId: 'X' });
      const [message] = await ended(orderId, 1);
      return (await mailOf({ messageId: message?.messageId ?? '' })).subject ?? '';
    };
    expect((await ask('POST', `${path}/activation`, { version: 2 })).body).toMatchObject({ active: 2 });
    await eventually(async () => expect(await subjectNow()).toBe('Pedido X'), { withinMs: 20_000 });
    await ask('POST', `${path}/activation`, { version: 1 });
    await eventually(async () => expect(await subjectNow()).toBe('Your order X'), { withinMs: 20_000 });
    const told = await pool.query(`select sequence::int from events where type = 'TemplateActivated' order by position`);
    expect(told.rows).toEqual([{ sequence: 1 }, { sequence: 2 }]);
  }, 60_000);

  it('come from the brand that sold', async () => {
    const channel = `web-${newId()}`;
    expect(
      (await ask('PUT', '/notifications/brands/bolt', { name: 'Bolt', sender: 'nobody', locale: 'de_DE', channels: [channel] })).body,
    ).toMatchObject({
      errors: [{ field: 'sender' }, { field: 'locale' }],
    });
    await ask('PUT', '/notifications/brands/bolt', { name: 'Bolt', sender: 'Bolt <hi@bolt.example>', locale: 'en', channels: [channel] });
    await eventually(
      async () => {
        const { orderId } = await placed({ channel });
        const [message] = await ended(orderId, 1);
        const mail = await mailOf({ messageId: message?.messageId ?? '' });
        expect([message?.brand, mail.from?.text]).toEqual(['bolt', '"Bolt" <hi@bolt.example>']);
      },
      { withinMs: 20_000 },
    );
  }, 60_000);

  it('follow an order some days after it arrived, once', async () => {
    const { orderId, customerId } = await placed();
    for (const _ of [1, 2])
      await order.say(orderId, { type: 'OrderCompleted', data: { orderId, completedAt: '2026-01-01T10:00:00.000Z' } });
    const log = await ended(orderId, 2);
    expect(log.map(({ kind }) => kind)).toEqual(['order-confirmation', 'review-request']);
    const { rows } = await pool.query('select type, data::jsonb as data from events where stream = $1', [`notices-${orderId}`]);
    expect(rows).toEqual([
      { type: 'FollowUpDue', data: expect.objectContaining({ orderId, customerId, dueAt: '2026-01-08T10:00:00.000Z' }) as object },
    ]);
  });
});
