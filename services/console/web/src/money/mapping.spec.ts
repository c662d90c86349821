import { columnNames, draftOf, fileTypeOf, sourceBody, unreadKinds, type Source } from './mapping';

const source: Source = {
  settlementSource: 'marketplace',
  overdueDays: 14,
  providers: [],
  channels: ['marketplace-de', 'marketplace-at'],
  carriers: [],
  mapping: {
    format: 'columns',
    columns: { kind: 'Typ', gross: 'Betrag' },
    kinds: { Bestellung: 'charge', 'Gebühr = Strafe': 'fee' },
    dateFormat: 'dd.MM.yyyy',
    zone: 'Europe/Berlin',
    decimalMark: ',',
    units: 'major',
    signs: 'signed',
    fees: 'below-zero',
    delimiter: ';',
  },
};

describe('a source that somebody changes', () => {
  it('is sent as it was where nothing is changed', () => {
    const { settlementSource, ...body } = source;
    const draft = draftOf(source);
    expect(draft.name).toBe(settlementSource);
    expect(sourceBody(draft)).toEqual(body);
  });

  it('says nothing where nothing was filled in', () => {
    const body = sourceBody({
      ...draftOf(undefined),
      name: 'courier',
      carriers: ' delhivery , ,bluedart',
      columns: { gross: 'Amount', fee: ' ' },
    });
    expect(body).toMatchObject({
      overdueDays: 7,
      providers: [],
      carriers: ['delhivery', 'bluedart'],
      mapping: { columns: { gross: 'Amount' }, kinds: {} },
    });
    expect(body.mapping).not.toHaveProperty('kind');
    expect(body.mapping).not.toHaveProperty('currency');
  });

  it('has its own currency and kind where they are said, and no mapping of columns where the format says all', () => {
    expect(sourceBody({ ...draftOf(undefined), currency: 'inr', kind: 'cod-remittance' }).mapping).toMatchObject({
      currency: 'INR',
      kind: 'cod-remittance',
    });
    expect(sourceBody({ ...draftOf(undefined), format: 'stripe' }).mapping).toEqual({ format: 'stripe' });
  });

  it('says which lines are no word and its kind', () =>
    expect(unreadKinds('Order = charge\n\nRefund: refund\nPay = salary')).toEqual(['Refund: refund', 'Pay = salary']));
});

describe('a file', () => {
  it('has columns, by their names', () => {
    expect(columnNames('\uFEFFAWB,"COD, Amount","a ""b"""\r\n1,2,3', ',')).toEqual(['AWB', 'COD, Amount', 'a "b"']);
    expect(columnNames('Typ;Betrag;;Datum', ';')).toEqual(['Typ', 'Betrag', 'Datum']);
    expect(columnNames('a|b', '|')).toEqual(['a', 'b']);
    expect(columnNames('a\tb', '\t')).toEqual(['a', 'b']);
  });

  it.each([
    ['payout.csv', 'text/csv'],
    ['po_1.NDJSON', 'application/x-ndjson'],
    ['po_1.jsonl', 'application/x-ndjson'],
  ])('%s is %s', (name, type) => expect(fileTypeOf(name)).toBe(type));
});
