import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { updateKinds, type UpdateContent } from '../../app/channels/channel-update';
import { orderMessage, priceMessage, stockMessage } from '../../app/channels/outgoing-message';
import { messageSchemas } from './message-schemas';
import { webhookConnector } from './webhook/webhook-connector';

const guide = readFileSync(join(__dirname, '../../../../../docs/how-to/connect-a-channel.md'), 'utf8');
const shownAs = (name: string): object => {
  const [, written = '{}'] = new RegExp(`<!-- ${name} -->\\s*\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  return JSON.parse(written) as object;
};

const schemas = messageSchemas();
const ajv = addFormats(new Ajv2020({ strict: false }));
const faultsOf = (way: 'in' | 'out', message: unknown): unknown => {
  const check = ajv.compile({ ...schemas, $ref: `#/$defs/${way}` });
  return check(message) ? [] : (check.errors ?? []).map(({ instancePath, message: why }) => `${instancePath} ${why}`);
};

const lines = [{ lineId: '1', sku: 'LANTERN', quantity: 1 }];
const examples: Readonly<Record<UpdateContent['kind'], UpdateContent>> = {
  accepted: { kind: 'accepted' },
  rejected: {
    kind: 'rejected',
    code: 'MESSAGE_INVALID',
    faults: [{ field: 'order.lines.0.sku', code: 'MESSAGE_INVALID', message: 'is missing' }],
  },
  dispatched: { kind: 'dispatched', carrier: 'DHL', trackingNumber: 'T-1', lines, dispatchedAt: '2026-11-27T10:00:00.000Z' },
  'units-cancelled': { kind: 'units-cancelled', lines, reason: 'stock-short' },
  cancelled: { kind: 'cancelled', reason: 'fraud' },
  refunded: { kind: 'refunded', refundId: '0199a3c4-7b1e-7c3d-9f2a-000000000006', amount: 407, currency: 'GBP' },
  'return-approved': { kind: 'return-approved', channelReturnId: 'RT-3' },
  'return-declined': { kind: 'return-declined', channelReturnId: 'RT-3', reason: 'final-sale' },
  'return-closed': { kind: 'return-closed', channelReturnId: 'RT-3', how: 'closed' },
};

describe('the schemas of messages', () => {
  it('take a row of the file that the how-to shows', () => {
    const [, csv = ''] = /```csv\n([\s\S]*?)```/.exec(guide) ?? [];
    const [row] = parse(csv, { columns: true }) as readonly Record<string, string>[];
    const { messageId, lines: cell = '', ...rest } = row ?? {};
    expect(messageId).toBe('r-1');
    expect(faultsOf('in', { ...rest, lines: JSON.parse(cell) as unknown })).toEqual([]);
  });

  it.each(['message', 'refund', 'return'])('take the %s that the how-to shows, and so does the connector', (name) => {
    const message = shownAs(name);
    expect(faultsOf('in', message)).toEqual([]);
    const connector = webhookConnector([], () => new Date());
    const said = { topic: '', payload: message };
    expect(connector.about(said) === 'order' ? connector.orderIn(said) : connector.afterSaleIn(said)).toMatchObject({
      externalOrderId: 'MX-1001',
    });
  });

  it('take what may be absent as null, and refuse what is missing, of another type, or unknown', () => {
    const order = shownAs('message');
    expect(faultsOf('in', { ...order, payment: null, cancelled: null })).toEqual([]);
    const wrong = [
      { ...order, changedAt: undefined },
      { ...order, payment: 'maybe' },
      { ...order, order: { lines: 'none' } },
      { ...order, colour: 'red' },
    ];
    for (const message of [...wrong.map((each) => JSON.parse(JSON.stringify(each)) as unknown), {}, [], { type: 'refund' }])
      expect(faultsOf('in', message)).not.toEqual([]);
  });

  it.each(updateKinds)('have order.%s, and take it as it is told', (kind) => {
    const update = { updateId: 'u', channel: 'market', externalOrderId: 'MX-1001', content: examples[kind], attempts: 1, backInAll: 407 };
    const message = orderMessage(update);
    expect(faultsOf('out', message)).toEqual([]);
    expect(faultsOf('out', { ...message, type: 'order.lost' })).not.toEqual([]);
  });

  it('have prices, with their currency', () => {
    const message = priceMessage([{ sku: 'LANTERN', unitPrice: 1_999, currency: 'GBP', taxIncluded: true }]);
    expect(faultsOf('out', message)).toEqual([]);
    expect(faultsOf('out', { ...message, prices: [{ sku: 'LANTERN', unitPrice: 1_999 }] })).not.toEqual([]);
  });

  it('have stock, which is never below nothing over the network', () => {
    const message = stockMessage([{ sku: 'LANTERN', network: -2, locations: { LDN: -2 } }]);
    expect(message).toMatchObject({ levels: [{ atp: 0 }] });
    expect(faultsOf('out', message)).toEqual([]);
  });
});
