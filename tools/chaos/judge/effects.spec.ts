import { repeatedEffects } from './effects';
import { brokenSequences } from './sequences';
import { withoutRepeats, type Message } from './messages';

let made = 0;
const message = (type: string, data: Message['data'], more: Partial<Message> = {}): Message => {
  const id = `e-${(made += 1)}`;
  const about = { subject: 'order-1', key: 'order-1', time: '2026-11-23T09:00:00.000Z' };
  return { topic: 'payment.events', id, type, ...about, sequence: made, data, whole: id, ...more };
};

const repeated = (messages: readonly Message[]) => repeatedEffects(messages).breaches;

describe('each effect', () => {
  const authorized = (authorizationId: string) => message('PaymentAuthorized', { orderId: 'o-1', authorizationId });
  const captured = (captureId: string, shipmentId: string) => message('PaymentCaptured', { orderId: 'o-1', captureId, shipmentId });
  const label = (labelId: string, trackingNumber: string, type = 'LabelPurchased') =>
    message(type, { shipmentId: 's-1', labelId, parcels: [{ trackingNumber }] });

  it('is fine where it happened once', () => {
    const messages = [
      authorized('a-1'),
      captured('c-1', 's-1'),
      captured('c-2', 's-2'),
      label('l-1', 'T1'),
      message('StockIssued', { shipmentId: 's-1' }),
      message('RefundIssued', { refundId: 'r-1', tender: 'original' }),
      message('RefundIssued', { refundId: 'r-1', tender: 'store-credit', balanceId: 'b-1' }),
    ];
    expect(repeated(messages)).toEqual([]);
  });

  it('is named where it happened twice', () => {
    expect(repeated([captured('c-1', 's-1'), captured('c-1', 's-1')])).toEqual([
      'capture c-1 happened 2 times',
      'capture of a shipment o-1 s-1 happened 2 times',
    ]);
    const issued = message('StockIssued', { shipmentId: 's-1' });
    expect(repeated([issued, issued])).toEqual(['issue of a shipment s-1 happened 2 times']);
    const refunded = message('RefundIssued', { refundId: 'r-1', tender: 'original' });
    expect(repeated([refunded, refunded])).toEqual(['refund r-1 original happened 2 times']);
  });

  it('is named where money is promised twice at once, but not where the first promise ended', () => {
    expect(repeated([authorized('a-1'), authorized('a-2')])).toEqual(['authorisations: order o-1 has 2 at once']);
    expect(repeated([authorized('a-1'), message('AuthorizationExpired', { orderId: 'o-1' }), authorized('a-2')])).toEqual([]);
  });

  it('is named where a shipment has two labels at once, or two have one number; one that was never bought takes nothing back', () => {
    expect(repeated([label('l-1', 'T1'), label('l-2', 'T2')])).toEqual(['labels: shipment s-1 has 2 at once']);
    expect(repeated([label('l-1', 'T1'), label('l-1', '', 'LabelVoided'), label('l-2', 'T2')])).toEqual([]);
    expect(repeated([label('l-0', '', 'LabelVoided'), label('l-1', 'T1'), label('l-2', 'T2')])).toHaveLength(1);
    expect(repeated([label('l-1', 'T1'), label('l-1', '', 'LabelVoided'), label('l-2', 'T1')])).toEqual([
      'tracking number T1 happened 2 times',
    ]);
  });
});

describe('sequences', () => {
  const counted = (subject: string, ...sequences: readonly number[]): readonly Message[] =>
    sequences.map((sequence) => message('StockReserved', {}, { subject, sequence }));

  it('hold where each subject is counted 1, 2, 3, however subjects are mixed', () => {
    const [a, b] = [counted('a', 1, 2, 3), counted('b', 1, 2)];
    expect(brokenSequences([...a.slice(0, 1), ...b, ...a.slice(1)])).toEqual([]);
  });

  it('are broken where one is missing, comes too late, or stands there twice', () => {
    expect(brokenSequences(counted('a', 1, 3))).toEqual(['payment.events a is counted 1, 3']);
    expect(brokenSequences(counted('a', 2, 1))).toEqual(['payment.events a is counted 2, 1']);
    const [one] = counted('a', 1);
    const twice = one ? [one, { ...one, type: 'StockReleased', whole: 'another' }] : [];
    expect(brokenSequences(withoutRepeats(twice))).toHaveLength(2);
  });

  it('hold where the very same was told again', () => {
    const told = counted('a', 1, 2);
    expect(brokenSequences(withoutRepeats([...told, ...told]))).toEqual([]);
  });
});
